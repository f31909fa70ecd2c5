import type { Static } from 'typebox'
import * as Type from 'typebox'
import { defineContract, event, method } from '../ipc/contract.ts'
import { PageAnalysis, StageReport } from './ai.ts'
import { MessageTraffic } from './messages.ts'
import { ProcessTree } from './processes.ts'
import { roles } from './roles.ts'

const cli = roles('cli')
const url = Type.String({ maxLength: 65_536 })

/** Raised by a method of `control`; the command line turns each into an exit code. */
export const ControlErrorCode = Type.Union([
  Type.Literal('BAD_ADDRESS'),
  /** The browser is still starting; the same call will do in a moment. */
  Type.Literal('NOT_READY'),
  Type.Literal('PAGE_NOT_LOADED'),
  Type.Literal('PAGE_NOT_READABLE'),
  Type.Literal('PAGE_UNRESPONSIVE'),
  Type.Literal('AI_UNAVAILABLE'),
])
export type ControlErrorCode = Static<typeof ControlErrorCode>

/** What the command line may ask of a running browser over the control socket. Served by the controller. */
export const controlContract = defineContract('control', {
  methods: {
    /** Opens a tab; answers when the page has finished loading or failed. */
    open: method({
      args: Type.Object({ url }),
      result: Type.Object({ tabId: Type.String(), url, title: Type.String() }),
      callers: cli,
      deadlineMs: 60_000,
      idempotent: false,
      critical: true,
    }),
    /** Opens the page in a tab of its own, analyses it and closes the tab. */
    analyze: method({
      args: Type.Object({ url }),
      result: PageAnalysis,
      progress: StageReport,
      callers: cli,
      deadlineMs: 90_000,
      idempotent: true,
      critical: true,
    }),
    processes: method({
      args: Type.Object({}),
      result: ProcessTree,
      callers: cli,
      deadlineMs: 10_000,
      idempotent: true,
    }),
    /** Starts `processesSampled` for this connection, once a second, until it closes. */
    watchProcesses: method({
      args: Type.Object({}),
      result: Type.Object({}),
      callers: cli,
      deadlineMs: 5_000,
      idempotent: true,
    }),
    /** Who talks to whom, for `nexus ps --ipc`; asked again each second by `--watch`. */
    messages: method({
      args: Type.Object({}),
      result: MessageTraffic,
      callers: cli,
      deadlineMs: 10_000,
      idempotent: true,
    }),
    quit: method({
      args: Type.Object({}),
      result: Type.Object({}),
      callers: cli,
      deadlineMs: 10_000,
      idempotent: true,
      critical: true,
    }),
  },
  events: {
    processesSampled: event({ payload: ProcessTree, listeners: cli }),
  },
})
