import * as Type from 'typebox'
import { bytes, defineContract, method } from '../contract.ts'
import { IpcError } from '../errors.ts'
import type { Handlers } from '../served-contract.ts'

const callers = ['controller', 'guest']
const declared = { callers, deadlineMs: 5_000, idempotent: false }

/** A contract for what flows: items one way and the other, bytes, and words that nobody answers. */
export const streamContract = defineContract('flow', {
  methods: {
    /** Yields the numbers from 1, and returns how many; stops before the limit when it is told to. */
    numbers: method({
      ...declared,
      args: Type.Object({ upTo: Type.Integer(), failsAt: Type.Optional(Type.Integer()) }),
      item: Type.Integer(),
      result: Type.Integer(),
    }),
    /** Yields blocks of bytes, moved where the transport can. */
    blocks: method({
      ...declared,
      args: Type.Object({ count: Type.Integer(), bytes: Type.Integer() }),
      item: bytes({ maxBytes: 4_000_000 }),
      result: Type.Null(),
    }),
    /** Adds up what the caller sends along. */
    sum: method({
      ...declared,
      args: Type.Object({ atMost: Type.Optional(Type.Integer()) }),
      input: Type.Number(),
      result: Type.Number(),
    }),
    reverse: method({
      ...declared,
      args: Type.Object({ data: bytes({ maxBytes: 4_000_000 }) }),
      result: bytes({ maxBytes: 4_000_000 }),
    }),
    /** Nobody waits for it. */
    note: method({
      ...declared,
      args: Type.Object({ text: Type.String() }),
      result: Type.Null(),
      oneWay: true,
    }),
    read: method({ ...declared, args: Type.Object({}), result: Type.Array(Type.String()) }),
  },
})

/** What a test can see of the handlers at work. */
export interface FlowService extends Handlers<typeof streamContract> {
  /** The highest number that was made, by call. */
  made: number
  hasCleanedUp: boolean
}

export function createFlowService(): FlowService {
  const notes: string[] = []
  const service: FlowService = {
    made: 0,
    hasCleanedUp: false,
    async *numbers({ upTo, failsAt }) {
      try {
        for (let number = 1; number <= upTo; number += 1) {
          if (number === failsAt) throw new IpcError('RAN_OUT', 'No more numbers')
          service.made = number
          yield number
        }
        return upTo
      } finally {
        service.hasCleanedUp = true
      }
    },
    async *blocks({ count, bytes: length }) {
      for (let block = 0; block < count; block += 1) yield new Uint8Array(length).fill(block)
      return null
    },
    sum: async ({ atMost = Number.POSITIVE_INFINITY }, { input }) => {
      let sum = 0
      for await (const number of input) {
        sum += number
        if (sum >= atMost) break
      }
      return sum
    },
    reverse: ({ data }) => data.toReversed(),
    note: ({ text }) => void notes.push(text),
    read: () => [...notes],
  }
  return service
}
