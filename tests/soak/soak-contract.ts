import * as Type from 'typebox'
import { bytes, defineContract, event, method } from '../../ipc/contract.ts'
import type { Endpoint } from '../../ipc/endpoint.ts'

const callers = ['controller', 'worker', 'guest']
const declared = { callers, deadlineMs: 5_000, idempotent: true }

/** What everybody here serves and calls. */
export const soakContract = defineContract('soak', {
  methods: {
    add: method({
      ...declared,
      args: Type.Object({ left: Type.Number(), right: Type.Number() }),
      result: Type.Number(),
    }),
    reverse: method({
      ...declared,
      args: Type.Object({ data: bytes({ maxBytes: 1_000_000 }) }),
      result: bytes({ maxBytes: 1_000_000 }),
    }),
    numbers: method({
      ...declared,
      args: Type.Object({ upTo: Type.Integer({ minimum: 0 }) }),
      item: Type.Integer(),
      result: Type.Integer(),
    }),
    sum: method({ ...declared, args: Type.Object({}), input: Type.Number(), result: Type.Number() }),
    /** Answers late or, when it is cancelled before, not at all. */
    sleep: method({
      ...declared,
      args: Type.Object({ ms: Type.Integer({ minimum: 0, maximum: 10_000 }) }),
      result: Type.Null(),
      progress: Type.Integer(),
    }),
    note: method({
      ...declared,
      args: Type.Object({ text: Type.String() }),
      result: Type.Null(),
      oneWay: true,
    }),
  },
  events: {
    ticked: event({ payload: Type.Object({ count: Type.Integer() }), listeners: callers }),
  },
})

export function serveSoak(endpoint: Endpoint): Disposable {
  return endpoint.serve(soakContract, {
    add: ({ left, right }) => left + right,
    reverse: ({ data }) => data.toReversed(),
    async *numbers({ upTo }) {
      for (let number = 1; number <= upTo; number += 1) yield number
      return upTo
    },
    async sum(_args, { input }) {
      let sum = 0
      for await (const number of input) sum += number
      return sum
    },
    sleep: ({ ms }, call) =>
      new Promise((resolve, reject) => {
        call.progress(0)
        const timer = setTimeout(() => resolve(null), ms)
        call.signal.addEventListener('abort', () => {
          clearTimeout(timer)
          reject(call.signal.reason)
        })
      }),
    note: () => {},
  })
}
