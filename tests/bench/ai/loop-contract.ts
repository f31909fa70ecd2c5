import * as Type from 'typebox'
import { defineContract, method } from '../../../ipc/contract.ts'

const nothing = Type.Object({})

/** What the measured process tells of itself beside its own contract. */
export const loopContract = defineContract('loop', {
  methods: {
    /** Begins to measure anew. */
    reset: method({ args: nothing, result: nothing, callers: ['controller'], idempotent: true }),
    read: method({
      args: nothing,
      result: Type.Object({
        /** The longest time in which the event loop did not turn, since `reset`. */
        longestDelayMs: Type.Number(),
        /** The most processor time that passed between two turns: without what other programs took. */
        longestBusyMs: Type.Number(),
        /** Processor time since `reset`: the same however busy the machine is. */
        busyMs: Type.Number(),
        /** Processor time of the whole process since it was started. */
        processMs: Type.Number(),
        residentBytes: Type.Integer(),
      }),
      callers: ['controller'],
      idempotent: true,
    }),
  },
})
