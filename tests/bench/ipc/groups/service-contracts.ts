import * as Type from 'typebox'
import { defineContract, method } from '../../../../ipc/contract.ts'
import type { Numbers } from '../payload.ts'

const add = () =>
  method({
    args: Type.Object({ left: Type.Number(), right: Type.Number() }),
    result: Type.Number(),
    callers: ['controller'],
    deadlineMs: 5_000,
    idempotent: true,
  })

/** So many services have a contract of their own; those with higher numbers share them. */
const contracts = 50

const parts = Array.from({ length: contracts }, (_, number) => partsOf(number))

/** A contract with its handlers, made when the program was loaded, as programs do. */
export function serviceNumber(number: number) {
  const found = parts[number % contracts]
  if (found === undefined) throw new RangeError(`No service ${number}`)
  return found
}

/** Ten methods with schemas of their own. */
function partsOf(number: number) {
  const handle = ({ left, right }: Numbers): number => left + right
  return {
    contract: defineContract(`service${number}`, {
      methods: {
        add: add(),
        second: add(),
        third: add(),
        fourth: add(),
        fifth: add(),
        sixth: add(),
        seventh: add(),
        eighth: add(),
        ninth: add(),
        tenth: add(),
      },
    }),
    handlers: {
      add: handle,
      second: handle,
      third: handle,
      fourth: handle,
      fifth: handle,
      sixth: handle,
      seventh: handle,
      eighth: handle,
      ninth: handle,
      tenth: handle,
    },
  }
}
