import type { Static } from 'typebox'
import * as Type from 'typebox'
import { defineContract, event, method } from '../ipc/contract.ts'
import { ProcessTrace } from '../ipc/tracing/span-record.ts'
import { PageAnswer } from './ai.ts'
import { MemoryAnswer, MemoryQuery } from './memory.ts'
import { MessageTraffic } from './messages.ts'
import { PageAnalysis, StageReport } from './page-analysis.ts'
import { ProcessAction, ProcessTree } from './processes.ts'
import { roles } from './roles.ts'
import { CrashRecord, mostCrashes } from './storage-crashes.ts'

const cli = roles('cli')
const url = Type.String({ maxLength: 65_536, sensitive: true })

/** Raised by a method of `control`; the command line turns each into an exit code. */
export const ControlErrorCode = Type.Union([
  Type.Literal('BAD_ADDRESS'),
  /** The browser is still starting; the same call will do in a moment. */
  Type.Literal('NOT_READY'),
  Type.Literal('PAGE_NOT_LOADED'),
  Type.Literal('PAGE_NOT_READABLE'),
  Type.Literal('PAGE_UNRESPONSIVE'),
  Type.Literal('AI_UNAVAILABLE'),
  /** `act` named a process that is not there, or one that may not be ended, which it says. */
  Type.Literal('UNKNOWN_PROCESS'),
  Type.Literal('ACTION_NOT_POSSIBLE'),
  /** `replay` was asked of a browser that was not started for it. */
  Type.Literal('NOT_FOR_REPLAY'),
  /** `replay` was asked to make a call that cannot be made again. */
  Type.Literal('NOT_REPLAYABLE'),
])
export type ControlErrorCode = Static<typeof ControlErrorCode>

/** What the command line may ask of a running browser over the control socket. Served by the controller. */
export const controlContract = defineContract('control', {
  methods: {
    /** Opens a tab; answers when the page has finished loading or failed. */
    open: method({
      args: Type.Object({ url }),
      result: Type.Object({ tabId: Type.String(), url, title: Type.String({ sensitive: true }) }),
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
    /** Searches what was read and visited, by words and, where the AI process is there, by meaning. */
    search: method({
      args: MemoryQuery,
      result: MemoryAnswer,
      callers: cli,
      deadlineMs: 30_000,
      idempotent: true,
      critical: true,
      sensitive: true,
    }),
    /** Opens the page in a tab of its own, finds the passages that answer, and closes the tab. */
    ask: method({
      args: Type.Object({ url, question: Type.String({ minLength: 1, maxLength: 2_000, sensitive: true }) }),
      result: PageAnswer,
      callers: cli,
      deadlineMs: 90_000,
      idempotent: true,
      critical: true,
      sensitive: true,
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
    /** Does something with a process, named by its row. Fails with UNKNOWN_PROCESS, and ACTION_NOT_POSSIBLE, which says why. */
    act: method({
      args: Type.Object({ processId: Type.String({ maxLength: 100 }), action: ProcessAction }),
      result: Type.Object({}),
      callers: cli,
      deadlineMs: 10_000,
      idempotent: true,
      critical: true,
    }),
    /** What ended as it should not have, the latest first. */
    crashes: method({
      args: Type.Object({}),
      result: Type.Array(CrashRecord, { maxItems: mostCrashes }),
      callers: cli,
      deadlineMs: 10_000,
      idempotent: true,
      sensitive: true,
    }),
    clearCrashes: method({
      args: Type.Object({}),
      result: Type.Object({ cleared: Type.Integer({ minimum: 0 }) }),
      callers: cli,
      deadlineMs: 10_000,
      idempotent: true,
      critical: true,
    }),
    /** Who talks to whom, for `nexus ps --ipc`; asked again each second by `--watch`. */
    messages: method({
      args: Type.Object({}),
      result: MessageTraffic,
      callers: cli,
      deadlineMs: 10_000,
      idempotent: true,
    }),
    /** The calls that ended within the last `windowMs`, as main and its services saw them. */
    trace: method({
      args: Type.Object({ windowMs: Type.Number({ minimum: 0, maximum: 3_600_000 }) }),
      result: Type.Object({
        processes: Type.Array(ProcessTrace, { maxItems: 100 }),
        /** Services that run and did not tell. */
        unanswered: Type.Array(Type.String({ maxLength: 102 }), { maxItems: 100 }),
      }),
      callers: cli,
      deadlineMs: 10_000,
      idempotent: true,
    }),
    /**
     * Lines of a recording of all that main sends and receives, see ipc/recording/. The first call of a connection
     * begins it; each gives what came since the one before; `isLast` ends it, as the end of the connection does.
     */
    record: method({
      args: Type.Object({
        /** With what is sensitive. Counts when the recording begins. */
        isWhole: Type.Boolean(),
        isLast: Type.Boolean(),
      }),
      result: Type.Object({
        lines: Type.Array(Type.String(), { maxItems: 1_000_000 }),
        /** It has ended, because it was to or because it was full, and nothing more comes. */
        isOver: Type.Boolean(),
      }),
      callers: cli,
      deadlineMs: 10_000,
      idempotent: false,
      critical: true,
      sensitive: true,
    }),
    /**
     * Makes one recorded call at a service, in a browser that was started for this with a profile of its own. Errors:
     * NOT_FOR_REPLAY, NOT_REPLAYABLE; an error of the service is a result.
     */
    replay: method({
      args: Type.Object({
        service: Type.Union([Type.Literal('ai'), Type.Literal('storage')]),
        /** `contract.method`. */
        method: Type.String({ maxLength: 405 }),
        /** As `encodeValue` of ipc/recording writes it. */
        argsJson: Type.String(),
      }),
      result: Type.Union([
        Type.Object({ status: Type.Literal('ok'), resultJson: Type.String() }),
        Type.Object({
          status: Type.Literal('error'),
          code: Type.String({ maxLength: 64 }),
          message: Type.String(),
        }),
      ]),
      callers: cli,
      deadlineMs: 120_000,
      idempotent: false,
      critical: true,
      sensitive: true,
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
