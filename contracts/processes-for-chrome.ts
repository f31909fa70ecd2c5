import * as Type from 'typebox'
import { defineContract, event, method } from '../ipc/contract.ts'
import { LaunchStep, LifecycleEntry, ProcessAction, SandboxConfiguration } from './processes.ts'
import { roles } from './roles.ts'

const chrome = roles('chrome')
const processId = Type.String({ maxLength: 100 })
const nothing = Type.Object({})
/** What the table shows, as text or as JSON. */
const dump = Type.String({ maxLength: 8_000_000, sensitive: true })

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
    /** Puts what the table shows into the clipboard. */
    copy: method({
      args: Type.Object({ text: dump }),
      result: nothing,
      callers: chrome,
      deadlineMs: 2_000,
      idempotent: true,
      sensitive: true,
    }),
    /** Writes it to where the person says; null when no place was chosen. Fails with NOT_WRITTEN. */
    save: method({
      args: Type.Object({ text: dump, format: Type.Union([Type.Literal('txt'), Type.Literal('json')]) }),
      result: Type.Object({ fileName: Type.Union([Type.String({ maxLength: 1_000 }), Type.Null()]) }),
      callers: chrome,
      deadlineMs: 600_000,
      idempotent: false,
      sensitive: true,
    }),
  },
  events: {
    /** One more step, while somebody watches processes. */
    lifecycle: event({ payload: LifecycleEntry, listeners: chrome }),
  },
})
