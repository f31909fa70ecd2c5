import { assign, setup } from 'xstate'

/** What is done when a process ends without having been asked to. */
export type RestartPolicy =
  | { readonly kind: 'never' }
  | {
      readonly kind: 'backoff'
      /** Restarts allowed before giving up; counted anew once the process has run for `stableAfterMs`. */
      readonly attempts: number
      /** Before the first restart after a stable run; the person waits for nothing that may have gone wrong but once. */
      readonly firstDelayMs: number
      /** Before the second; doubled from then on. */
      readonly initialDelayMs: number
      readonly maximumDelayMs: number
      readonly stableAfterMs: number
    }

export interface ProcessInput {
  readonly name: string
  readonly restart: RestartPolicy
  /** A process without work for this long is ended, until somebody needs it again; null keeps it. */
  readonly idleOutMs: number | null
  /** Restarts that were counted before, where another took its place. */
  readonly restarts?: number
}

export interface ProcessContext extends ProcessInput {
  /** Restarts since the process was last stable. */
  readonly attempts: number
  /** Restarts since the browser was started. */
  readonly restarts: number
  readonly pid: number | null
  readonly startedAt: number | null
  readonly lastExit: ProcessExit | null
  /** Somebody needs the process while it is being ended in good order: it comes back at once. */
  readonly isNeeded: boolean
}

export interface ProcessExit {
  readonly reason: 'clean' | 'crashed' | 'killed' | 'outOfMemory' | 'launchFailed'
  readonly exitCode: number
}

export type ProcessEvent =
  | { readonly type: 'launch' }
  | { readonly type: 'spawned'; readonly pid: number; readonly at: number }
  /** The process speaks our messages, or has committed its first document. */
  | { readonly type: 'welcomed' }
  | { readonly type: 'busy' }
  | { readonly type: 'quiet' }
  | { readonly type: 'suspend' }
  | { readonly type: 'resume' }
  | { readonly type: 'exited'; readonly exit: ProcessExit }
  /** It is to end in good order, and to come back at once where it is wanted. */
  | { readonly type: 'end'; readonly isWanted: boolean }
  /** The person asks for another try after we gave up. */
  | { readonly type: 'retry' }
  | { readonly type: 'stop' }

/** Delay before the given restart, counted from 1: doubled each time from the second on, up to the maximum. */
export function restartDelayMs(policy: RestartPolicy, attempt: number): number {
  if (policy.kind === 'never') return 0
  if (attempt <= 1) return policy.firstDelayMs
  return Math.min(policy.initialDelayMs * 2 ** (attempt - 2), policy.maximumDelayMs)
}

/**
 * Lifecycle of one process: created → ready → active ⇄ idle → suspended → active, and from anywhere → crashed →
 * restarting (backoff) → created, or → failed after too many restarts, or → terminated. One that is idle for long enough,
 * or is asked to end, is retired: ended in good order, and created anew when it is needed. The names of the states are
 * those of the process tree. Policy only: launching, retiring, freezing and announcing are injected actions.
 */
export const processMachine = setup({
  types: {
    input: {} as ProcessInput,
    context: {} as ProcessContext,
    events: {} as ProcessEvent,
  },
  actions: {
    /** Starts the operating-system process; answers with `spawned` and `welcomed`, or `exited`. */
    launch: () => {},
    /** Ends the process politely; answers with `exited`. */
    retire: () => {},
    /** Takes the processor away from it; it keeps its memory. */
    freeze: () => {},
    thaw: () => {},
    /** Tells the person that the process died and what is done about it. */
    announceCrash: () => {},
    announceFailure: () => {},
    recordExit: assign((_, exit: ProcessExit) => ({ lastExit: exit, pid: null, startedAt: null })),
    countRestart: assign(({ context }) => ({
      attempts: context.attempts + 1,
      restarts: context.restarts + 1,
    })),
    countDeliberateRestart: assign(({ context }) => ({ restarts: context.restarts + 1 })),
  },
  guards: {
    neverRestarts: ({ context }) => context.restart.kind === 'never',
    hasAttemptsLeft: ({ context }) =>
      context.restart.kind === 'backoff' && context.attempts < context.restart.attempts,
    idlesOut: ({ context }) => context.idleOutMs !== null,
    isNeeded: ({ context }) => context.isNeeded,
  },
  delays: {
    restartDelay: ({ context }) => restartDelayMs(context.restart, context.attempts),
    stableAfter: ({ context }) =>
      context.restart.kind === 'backoff' ? context.restart.stableAfterMs : 60_000,
    idleOut: ({ context }) => context.idleOutMs ?? 0,
  },
}).createMachine({
  id: 'process',
  context: ({ input }) => ({
    ...input,
    attempts: 0,
    restarts: input.restarts ?? 0,
    pid: null,
    startedAt: null,
    lastExit: null,
    isNeeded: false,
  }),
  initial: 'created',
  on: {
    spawned: { actions: assign(({ event }) => ({ pid: event.pid, startedAt: event.at })) },
    exited: {
      target: '.crashed',
      actions: { type: 'recordExit', params: ({ event }) => event.exit },
    },
    stop: '.terminated',
  },
  states: {
    created: {
      on: { launch: { actions: 'launch' }, welcomed: 'running' },
    },
    running: {
      initial: 'ready',
      after: { stableAfter: { actions: assign({ attempts: 0 }) } },
      on: {
        end: {
          target: 'retiring',
          actions: assign(({ event }) => ({ isNeeded: event.isWanted })),
        },
      },
      states: {
        ready: { on: { busy: 'active', quiet: 'idle', suspend: 'suspended' } },
        active: { on: { quiet: 'idle', suspend: 'suspended' } },
        idle: {
          on: { busy: 'active', suspend: 'suspended' },
          after: {
            idleOut: {
              guard: 'idlesOut',
              target: '#process.retiring',
              actions: assign({ isNeeded: false }),
            },
          },
        },
        suspended: { entry: 'freeze', exit: 'thaw', on: { resume: 'active', busy: 'active' } },
      },
    },
    retiring: {
      entry: 'retire',
      on: {
        busy: { actions: assign({ isNeeded: true }) },
        exited: [
          {
            guard: 'isNeeded',
            target: 'created',
            actions: [
              { type: 'recordExit', params: ({ event }) => event.exit },
              'countDeliberateRestart',
              'launch',
            ],
          },
          { target: 'created', actions: { type: 'recordExit', params: ({ event }) => event.exit } },
        ],
      },
    },
    crashed: {
      always: [
        { guard: 'neverRestarts', target: 'awaitingPerson' },
        { guard: 'hasAttemptsLeft', target: 'restarting', actions: ['countRestart', 'announceCrash'] },
        { target: 'failed', actions: 'announceFailure' },
      ],
    },
    /** A tab that crashed stays so until the person reloads it. Shown as "crashed". */
    awaitingPerson: {
      on: {
        launch: 'created',
        spawned: {
          target: 'created',
          actions: assign(({ event }) => ({ pid: event.pid, startedAt: event.at })),
        },
      },
    },
    restarting: {
      on: { launch: { target: 'created', actions: 'launch' } },
      after: { restartDelay: { target: 'created', actions: 'launch' } },
    },
    failed: {
      on: {
        retry: { target: 'created', actions: [assign({ attempts: 0 }), 'launch'] },
        launch: { target: 'created', actions: [assign({ attempts: 0 }), 'launch'] },
      },
    },
    terminated: {
      type: 'final',
      entry: assign({ pid: null, startedAt: null }),
    },
  },
})

export type ProcessSnapshot = ReturnType<(typeof processMachine)['getInitialSnapshot']>
