import { assign, type ErrorActorEvent, fromCallback, setup } from 'xstate'
import type {
  PageAnalysis,
  PartialAnalysis,
  StageReport,
  StageResult,
} from '../../contracts/page-analysis.ts'

export interface AnalysisInput {
  readonly tabId: string
  readonly url: string
}

/** What the worker that really analyses tells the machine. */
export type AnalysisWorkerEvent =
  | { readonly type: 'stage'; readonly result: StageResult }
  | { readonly type: 'done'; readonly analysis: PageAnalysis }
  | { readonly type: 'failed'; readonly code: string; readonly message: string }

export interface AnalysisContext extends AnalysisInput {
  readonly finished: readonly StageReport[]
  /** What the finished stages found. */
  readonly found: PartialAnalysis
  readonly analysis: PageAnalysis | null
  readonly failure: { readonly code: string; readonly message: string } | null
}

/**
 * One analysis of one page. The worker is injected: it asks the AI service, which fetches the page's text from the tab.
 * Leaving this machine (the person left the page, or cancelled) stops the worker, which cancels the call. A worker that
 * stays silent is given up after `patience`.
 */
export const pageAnalysisMachine = setup({
  types: {
    input: {} as AnalysisInput,
    context: {} as AnalysisContext,
    events: {} as AnalysisWorkerEvent,
    output: {} as AnalysisContext,
  },
  actors: {
    analyze: fromCallback<AnalysisWorkerEvent, AnalysisInput>(() => {}),
  },
  actions: {
    /** Keeps a finished analysis, by content. */
    remember: () => {},
  },
  delays: { patience: 45_000 },
}).createMachine({
  id: 'pageAnalysis',
  context: ({ input }) => ({ ...input, finished: [], found: {}, analysis: null, failure: null }),
  output: ({ context }) => context,
  initial: 'working',
  states: {
    working: {
      invoke: {
        src: 'analyze',
        input: ({ context }) => ({ tabId: context.tabId, url: context.url }),
        onError: {
          target: 'failed',
          actions: assign(({ event }) => ({ failure: { code: 'HANDLER_ERROR', message: messageOf(event) } })),
        },
      },
      on: {
        stage: {
          actions: assign(({ context, event: { result } }) => ({
            finished: [...context.finished, { stage: result.stage, milliseconds: result.milliseconds }],
            found: { ...context.found, ...result.found },
          })),
        },
        done: {
          target: 'done',
          actions: [assign(({ event }) => ({ analysis: event.analysis })), 'remember'],
        },
        failed: {
          target: 'failed',
          actions: assign(({ event }) => ({ failure: { code: event.code, message: event.message } })),
        },
      },
      after: {
        patience: {
          target: 'failed',
          actions: assign({
            failure: {
              code: 'TIMEOUT',
              message: 'The page was not understood in time. Reload the page and try again.',
            },
          }),
        },
      },
    },
    done: { type: 'final' },
    failed: { type: 'final' },
  },
})

function messageOf(event: ErrorActorEvent): string {
  return event.error instanceof Error ? event.error.message : 'The analysis stopped unexpectedly.'
}
