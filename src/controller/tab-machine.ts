import { and, assign, fromPromise, setup, stateIn } from 'xstate'
import type { TabAnalysis } from '../../contracts/browser.ts'
import type { Judgement } from '../../contracts/judgement.ts'
import { type AnalysisContext, pageAnalysisMachine } from './page-analysis-machine.ts'
import type { SleepingPage } from './sleeping-page.ts'
import type { PageToJudge, ScrollPlace, TabContext, TabEvent, TabInput } from './tab-model.ts'

const top: ScrollPlace = { x: 0, y: 0 }

/** The progress of a page whose document has come. */
const committed = 0.4

/** Two losses of a page within this time count as a page that crashes in a loop. */
const repeatedLossMs = 10_000

/**
 * One tab: what fills its page area, and what may happen next. It knows neither views nor processes; loading, going
 * back and remembering are injected actions, and what the page's process does arrives as facts.
 */
export const tabMachine = setup({
  types: { input: {} as TabInput, context: {} as TabContext, events: {} as TabEvent },
  actors: {
    pageAnalysis: pageAnalysisMachine,
    /** Null where there is nothing to say, also because nobody is there to judge. */
    judge: fromPromise<Judgement | null, PageToJudge>(() => Promise.resolve(null)),
  },
  actions: {
    /** Where a page comes back that was there before, `scroll` says how far down, and `sleeping` the rest. */
    load: (_, _params: { url: string; scroll?: ScrollPlace; sleeping?: SleepingPage | null }) => {},
    goBack: () => {},
    goForward: () => {},
    reload: () => {},
    stopLoading: () => {},
    /** Ends the page and its view. */
    unload: () => {},
    endPage: () => {},
    freezePage: () => {},
    thawPage: () => {},
    /** Writes the tab into the open session. */
    remember: () => {},
    rememberScroll: () => {},
    recordVisit: (_, _params: { url: string }) => {},
    updateTitle: (_, _params: { url: string; title: string }) => {},
    startLoading: assign({
      isLoading: true,
      progress: 0.1,
      problem: null,
      gone: null,
      isReloadWanted: false,
    }),
    stopProgress: assign({ isLoading: false, progress: 1 }),
    forgetAnalysis: assign({ analysis: { kind: 'none' } }),
    forgetJudgement: assign({ judgement: null }),
    wake: assign({ isAsleep: false, sleeping: null }),
  },
  guards: {
    isShowing: and([stateIn({ page: 'page' }), ({ context }) => !context.isLoading]),
  },
  delays: {
    /** How long a person who chose to wait is left alone before the question comes again. */
    waitChosen: 10_000,
    /** A page that never stops loading is judged as it stands; one that changes all the time, so often. */
    judgementPatience: 2_500,
    /** So long a person who asked early waits for a page that is there and never stops loading. */
    analysisPatience: 5_000,
  },
}).createMachine({
  id: 'tab',
  type: 'parallel',
  context: ({ input }) => ({
    id: input.id,
    isEphemeral: input.isEphemeral,
    isPrivate: input.isPrivate,
    url: input.url ?? '',
    title: input.title,
    iconDataUrl: null,
    canGoBack: false,
    canGoForward: false,
    isLoading: false,
    progress: 0,
    problem: null,
    gone: null,
    lastGoneAt: null,
    isGoneRepeated: false,
    isHeldBack: input.isHeldBack === true,
    isReloadWanted: false,
    analysis: { kind: 'none' },
    judgement: null,
    scroll: input.scroll ?? top,
    isFrozen: false,
    isAsleep: false,
    isKeptAwake: false,
    sleeping: null,
  }),
  states: {
    page: {
      initial: 'deciding',
      on: {
        go: {
          target: '.page',
          actions: [
            assign(({ event }) => ({ url: event.url, title: '', iconDataUrl: null })),
            'startLoading',
            { type: 'load', params: ({ event }) => ({ url: event.url }) },
            'remember',
          ],
        },
        refuse: {
          target: '.problem',
          actions: assign(({ event }) => ({
            problem: event.problem,
            url: event.problem.url,
            isLoading: false,
          })),
        },
        'page.started': {
          target: '.page',
          actions: [assign(({ event }) => ({ url: event.url })), 'startLoading'],
        },
        'page.milestone': {
          actions: assign(({ context, event }) => ({ progress: Math.max(context.progress, event.progress) })),
        },
        'page.navigated': {
          target: '.page',
          actions: [
            assign(({ context, event }) => ({
              url: event.url,
              canGoBack: event.canGoBack,
              canGoForward: event.canGoForward,
              title: event.isSameDocument ? context.title : '',
              scroll: event.isSameDocument ? context.scroll : top,
              iconDataUrl: event.isSameDocument ? context.iconDataUrl : null,
              problem: null,
              gone: null,
            })),
            { type: 'recordVisit', params: ({ event }) => ({ url: event.url }) },
            'remember',
          ],
        },
        'page.finished': { actions: 'stopProgress' },
        'page.aborted': [
          {
            guard: ({ event }) => event.url === null,
            target: '.newTab',
            actions: [assign({ url: '', title: '' }), 'stopProgress', 'remember'],
          },
          { actions: [assign(({ event }) => ({ url: event.url ?? '' })), 'stopProgress', 'remember'] },
        ],
        'page.failed': {
          target: '.problem',
          actions: [
            assign(({ event }) => ({ problem: event.problem, url: event.problem.url })),
            'stopProgress',
            'remember',
          ],
        },
        'page.titled': {
          actions: [
            assign(({ event }) => ({ title: event.title })),
            {
              type: 'updateTitle',
              params: ({ context, event }) => ({ url: context.url, title: event.title }),
            },
            'remember',
          ],
        },
        'page.scrolled': {
          actions: [assign(({ event }) => ({ scroll: event.scroll })), 'rememberScroll'],
        },
        'page.icon': { actions: assign(({ event }) => ({ iconDataUrl: event.iconDataUrl })) },
        'page.gone': {
          target: '.gone',
          actions: [
            assign(({ context, event }) => ({
              isGoneRepeated:
                context.lastGoneAt !== null && event.gone.at - context.lastGoneAt < repeatedLossMs,
              lastGoneAt: event.gone.at,
              gone: event.gone,
            })),
            'stopProgress',
          ],
        },
        goBack: { actions: 'goBack' },
        goForward: { actions: 'goForward' },
        stop: { actions: ['stopLoading', 'stopProgress'] },
      },
      states: {
        deciding: {
          always: [
            { guard: ({ context }) => context.url === '', target: 'newTab' },
            { guard: ({ context }) => context.isHeldBack, target: 'gone' },
            { target: 'deferred' },
          ],
        },
        newTab: {},
        /** Has an address but no process yet; it loads when it is first shown. */
        deferred: {
          on: {
            show: {
              target: 'page',
              actions: [
                'startLoading',
                {
                  type: 'load',
                  params: ({ context: { url, scroll, sleeping } }) => ({ url, scroll, sleeping }),
                },
              ],
            },
            reload: {
              target: 'page',
              actions: ['startLoading', { type: 'load', params: ({ context }) => ({ url: context.url }) }],
            },
          },
        },
        page: {
          entry: 'wake',
          on: {
            reload: { actions: 'reload' },
            sleep: {
              target: 'deferred',
              actions: [
                'unload',
                'stopProgress',
                assign(({ event }) => ({ isAsleep: true, sleeping: event.sleeping ?? null })),
              ],
            },
            // One that stands still cannot answer, and need not.
            'page.unresponsive': { guard: ({ context }) => !context.isFrozen, target: 'unresponsive' },
          },
        },
        problem: {
          entry: 'wake',
          on: {
            reload: {
              target: 'page',
              actions: ['startLoading', { type: 'load', params: ({ context }) => ({ url: context.url }) }],
            },
          },
        },
        gone: {
          on: {
            reload: {
              target: 'page',
              actions: [
                'startLoading',
                { type: 'load', params: ({ context }) => ({ url: context.url, scroll: context.scroll }) },
              ],
            },
          },
        },
        unresponsive: {
          on: {
            'page.responsive': 'page',
            waitForPage: 'waiting',
            reload: { actions: [assign({ isReloadWanted: true }), 'endPage'] },
            'page.gone': {
              guard: ({ context }) => context.isReloadWanted,
              target: 'page',
              actions: ['startLoading', { type: 'load', params: ({ context }) => ({ url: context.url }) }],
            },
            endPage: { actions: 'endPage' },
          },
        },
        /** The person chose to wait: the page is shown as it stands. */
        waiting: {
          on: { 'page.responsive': 'page', endPage: { actions: 'endPage' } },
          after: { waitChosen: 'unresponsive' },
        },
      },
    },
    motion: {
      initial: 'running',
      on: {
        keepAwake: {
          target: '.running',
          actions: assign(({ event }) => ({ isKeptAwake: event.isKeptAwake })),
        },
      },
      states: {
        running: {
          on: {
            // What loads is not there yet, and a page that does not answer would not be found out.
            freeze: { guard: 'isShowing', target: 'frozen' },
          },
        },
        /** Whatever somebody wants of the page, or the page itself becomes, sets it going again first. */
        frozen: {
          entry: [assign({ isFrozen: true }), 'freezePage'],
          exit: ['thawPage', assign({ isFrozen: false })],
          on: {
            unfreeze: 'running',
            show: 'running',
            go: 'running',
            refuse: 'running',
            goBack: 'running',
            goForward: 'running',
            reload: 'running',
            analyze: 'running',
            sleep: 'running',
            'page.started': 'running',
            'page.failed': 'running',
            'page.gone': 'running',
          },
        },
      },
    },
    analysis: {
      initial: 'none',
      on: {
        'page.started': { target: '.none', actions: 'forgetAnalysis' },
        go: { target: '.none', actions: 'forgetAnalysis' },
        'page.gone': { target: '.none', actions: 'forgetAnalysis' },
        'page.failed': { target: '.none', actions: 'forgetAnalysis' },
      },
      states: {
        none: {
          on: {
            analyze: [
              { guard: ({ context }) => !context.isLoading, target: 'running' },
              { guard: ({ context }) => context.progress < committed, target: 'waiting' },
              { target: 'waiting.forContent' },
            ],
          },
        },
        /** It was asked for before the page was there. */
        waiting: {
          initial: 'forPage',
          entry: assign({ analysis: { kind: 'running', finished: [], found: {} } }),
          on: {
            // The page that is waited for begins.
            'page.started': {},
            'page.finished': 'running',
            'page.aborted': { target: 'none', actions: 'forgetAnalysis' },
            cancelAnalysis: { target: 'none', actions: 'forgetAnalysis' },
          },
          states: {
            forPage: { on: { 'page.navigated': 'forContent' } },
            forContent: { after: { analysisPatience: '#tab.analysis.running' } },
          },
        },
        running: {
          entry: assign({ analysis: { kind: 'running', finished: [], found: {} } }),
          invoke: {
            src: 'pageAnalysis',
            input: ({ context }) => ({ tabId: context.id, url: context.url }),
            onSnapshot: {
              actions: assign(({ event }) => ({ analysis: shownAnalysis(event.snapshot.context) })),
            },
            onDone: {
              target: 'settled',
              actions: assign(({ event }) => ({ analysis: shownAnalysis(event.output) })),
            },
            onError: 'settled',
          },
          on: { cancelAnalysis: { target: 'none', actions: 'forgetAnalysis' } },
        },
        settled: {
          on: { analyze: 'running', cancelAnalysis: { target: 'none', actions: 'forgetAnalysis' } },
        },
      },
    },
    judgement: {
      initial: 'none',
      on: {
        'page.started': { target: '.none', actions: 'forgetJudgement' },
        go: { target: '.none', actions: 'forgetJudgement' },
        'page.gone': { target: '.none', actions: 'forgetJudgement' },
        'page.failed': { target: '.none', actions: 'forgetJudgement' },
        trustSite: { target: '.none', actions: 'forgetJudgement' },
        'page.navigated': [
          { guard: ({ context }) => context.isEphemeral },
          // A page that rewrites itself may have become another; until that is known the warning stays.
          { guard: ({ event }) => event.isSameDocument, target: '.waiting' },
          { target: '.waiting', actions: 'forgetJudgement' },
        ],
        // What was shown before is shown still.
        'page.aborted': {
          guard: ({ context, event }) => event.url !== null && !context.isEphemeral,
          target: '.waiting',
        },
      },
      states: {
        none: {},
        waiting: { on: { 'page.finished': 'judging' }, after: { judgementPatience: 'judging' } },
        judging: {
          invoke: {
            src: 'judge',
            input: ({ context }) => ({ tabId: context.id, url: context.url }),
            onDone: { target: 'settled', actions: assign(({ event }) => ({ judgement: event.output })) },
            onError: 'settled',
          },
        },
        settled: {},
      },
    },
  },
})

export type TabSnapshot = ReturnType<(typeof tabMachine)['getInitialSnapshot']>

/** The analysis machine's state in the words of the contract. */
export function shownAnalysis(context: AnalysisContext): TabAnalysis {
  if (context.analysis !== null) return { kind: 'done', analysis: context.analysis }
  if (context.failure !== null) {
    return { kind: 'failed', ...context.failure, finished: [...context.finished] }
  }
  return { kind: 'running', finished: [...context.finished], found: context.found }
}
