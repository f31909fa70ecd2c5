import type { Static } from 'typebox'
import * as Type from 'typebox'
import { defineContract, method } from '../ipc/contract.ts'
import { roles } from './roles.ts'

const cores = Type.Array(Type.Integer({ minimum: 0 }), { maxItems: 4_096 })

/** What this machine lets us do with the processors that processes run on. */
export const SchedulingFacts = Type.Object({
  /** Whether a priority that was lowered can be raised again; else only helpers are lowered, for good. */
  raisesAgain: Type.Boolean(),
  affinity: Type.Union([
    Type.Object({ kind: Type.Literal('available'), fast: cores, batch: cores }),
    /** Keeping a process from one of so few slows it down more than it helps the others. */
    Type.Object({ kind: Type.Literal('tooFewCores'), count: Type.Integer({ minimum: 0 }) }),
    /** `taskset` of util-linux is not installed. */
    Type.Object({ kind: Type.Literal('noProgram') }),
    /** No way to do it from here on this system. */
    Type.Object({ kind: Type.Literal('notOnThisSystem') }),
  ]),
})
export type SchedulingFacts = Static<typeof SchedulingFacts>

/** What the chrome UI may ask about priorities and cores. */
export const schedulingViewContract = defineContract('schedulingView', {
  methods: {
    facts: method({
      args: Type.Object({}),
      result: SchedulingFacts,
      callers: roles('chrome'),
      deadlineMs: 2_000,
      idempotent: true,
    }),
  },
  events: {},
})
