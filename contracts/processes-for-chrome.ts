import * as Type from 'typebox'
import { defineContract, event, method } from '../ipc/contract.ts'
import { LaunchStep, LifecycleEntry, ProcessAction, SandboxConfiguration } from './processes.ts'
import { roles } from './roles.ts'

const chrome = roles('chrome')
const processId = Type.String({ maxLength: 100 })
const nothing = Type.Object({})

/** What the chrome UI may ask about processes, beside the samples that `browser` announces. */
export const processesViewContract = defineContract('processesView', {
  methods: {
    /** Fails with UNKNOWN_PROCESS for a row that is gone, and ACTION_NOT_POSSIBLE, which says why. */
    act: method({
      args: Type.Object({ processId, action: ProcessAction }),
      result: nothing,
      callers: chrome,
      deadlineMs: 5_000,
      idempotent: true,
    }),
    /** The steps in the lives of all processes, oldest first. */
    timeline: method({
      args: nothing,
      result: Type.Array(LifecycleEntry, { maxItems: 1_000 }),
      callers: chrome,
      deadlineMs: 2_000,
      idempotent: true,
    }),
    /** How one process was launched, and what it may do. Fails with UNKNOWN_PROCESS. */
    details: method({
      args: Type.Object({ processId }),
      result: Type.Object({
        launch: Type.Array(LaunchStep, { maxItems: 5 }),
        sandbox: SandboxConfiguration,
      }),
      callers: chrome,
      deadlineMs: 2_000,
      idempotent: true,
    }),
  },
  events: {
    /** One more step, while somebody watches processes. */
    lifecycle: event({ payload: LifecycleEntry, listeners: chrome }),
  },
})
