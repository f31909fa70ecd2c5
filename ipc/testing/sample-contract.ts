import * as Type from 'typebox'
import { defineContract, event, method } from '../contract.ts'
import { IpcError } from '../errors.ts'
import type { Handlers } from '../served-contract.ts'

const callers = ['controller', 'guest']

/** A contract with one method for each thing that the framework promises. */
export const sampleContract = defineContract('sample', {
  methods: {
    add: method({
      args: Type.Object({ left: Type.Number(), right: Type.Number() }),
      result: Type.Number(),
      callers,
      deadlineMs: 5_000,
      idempotent: true,
    }),
    echo: method({
      args: Type.Object({ text: Type.String() }),
      result: Type.String(),
      callers,
      deadlineMs: 5_000,
      idempotent: true,
    }),
    /** Reports `upTo` times, then answers. */
    count: method({
      args: Type.Object({ upTo: Type.Integer({ minimum: 0 }) }),
      result: Type.Integer(),
      progress: Type.Object({ at: Type.Integer() }),
      callers,
      deadlineMs: 5_000,
      idempotent: true,
    }),
    /** Never answers by itself. */
    hang: method({
      args: Type.Object({}),
      result: Type.Null(),
      callers,
      deadlineMs: 5_000,
      idempotent: true,
    }),
    fail: method({
      args: Type.Object({
        how: Type.Union([
          Type.Literal('ownCode'),
          Type.Literal('anyError'),
          Type.Literal('wrongResult'),
          Type.Literal('uncopyable'),
          Type.Literal('tooLarge'),
        ]),
      }),
      result: Type.Null(),
      callers,
      deadlineMs: 5_000,
      idempotent: false,
    }),
    forControllerOnly: method({
      args: Type.Object({}),
      result: Type.Null(),
      callers: ['controller'],
      deadlineMs: 5_000,
      idempotent: true,
    }),
  },
  events: {
    ticked: event({ payload: Type.Object({ count: Type.Integer() }), listeners: ['controller', 'guest'] }),
    whispered: event({ payload: Type.Object({}), listeners: ['controller'] }),
  },
})

class NothingToReadError extends IpcError {
  constructor() {
    super('NOTHING_TO_READ', 'The page holds no text', { retryable: true })
  }
}

/** What a test can see of the handlers at work. */
export interface SampleService extends Handlers<typeof sampleContract> {
  /** Signals of the calls of `hang`, in order. */
  readonly hanging: readonly AbortSignal[]
  /** Resolves when the next call of `hang` has arrived, or one that nobody awaited yet. */
  nextHang(): Promise<AbortSignal>
}

export function createSampleService(): SampleService {
  const hanging: AbortSignal[] = []
  const waiting: ((signal: AbortSignal) => void)[] = []
  let taken = 0
  return {
    hanging,
    nextHang() {
      const ready = hanging[taken]
      taken += 1
      return ready === undefined ? new Promise(resolve => waiting.push(resolve)) : Promise.resolve(ready)
    },
    add: ({ left, right }) => left + right,
    echo: async ({ text }) => text,
    count: ({ upTo }, call) => {
      for (let at = 1; at <= upTo; at += 1) call.progress({ at })
      return upTo
    },
    hang: (_, call) => {
      hanging.push(call.signal)
      waiting.shift()?.(call.signal)
      return new Promise<null>((_resolve, reject) => {
        call.signal.addEventListener('abort', () => reject(call.signal.reason))
      })
    },
    fail: ({ how }) => {
      switch (how) {
        case 'ownCode':
          throw new NothingToReadError()
        case 'anyError':
          throw new Error('secret path /home/ada')
        case 'wrongResult':
          return 'not null' as unknown as null
        case 'tooLarge':
          return 'a'.repeat(10_000_001) as unknown as null
        case 'uncopyable':
          return (() => {}) as unknown as null
      }
    },
    forControllerOnly: () => null,
  }
}
