import type { Static } from 'typebox'
import * as Type from 'typebox'
import { defineContract, event, method } from '../ipc/contract.ts'
import { OrganisedTabs, PageAnswer } from './ai.ts'
import { BrowserCommand, OmniboxReading } from './command.ts'
import { Judgement } from './judgement.ts'
import { SimilarLook } from './looks.ts'
import { chromeMemoryMethods } from './memory-for-chrome.ts'
import { MessageTraffic } from './messages.ts'
import { pageContract } from './page.ts'
import { PageAnalysis, PartialAnalysis, StageReport } from './page-analysis.ts'
import { ProcessTree } from './processes.ts'
import { roles } from './roles.ts'
import { CertificateReport, InsecureReason } from './site-security.ts'
import { HistoryEntry, Settings, Suggestion } from './storage.ts'

const TabId = Type.String({ maxLength: 100 })
const text = Type.String({ maxLength: 2_000 })
/** What may tell of the pages that a person visits. */
const privateText = Type.String({ maxLength: 2_000, sensitive: true })
/** An address or a search, as it was typed. */
const Input = Type.String({ maxLength: 65_536, sensitive: true })

/** Why a page could not be shown. `code` is stable (for example ERR_CONNECTION_REFUSED) and is for support. */
export const PageProblem = Type.Object({
  kind: Type.Union([
    Type.Literal('hostNotFound'),
    Type.Literal('refused'),
    Type.Literal('timedOut'),
    Type.Literal('offline'),
    Type.Literal('certificate'),
    Type.Literal('blocked'),
    Type.Literal('badAddress'),
    /** It was tried with encryption and is reached without it only, if at all. The address is the one without. */
    Type.Literal('insecureOnly'),
    /** A name of the public web that leads to this machine or its own network. */
    Type.Literal('privateAddress'),
    /** The resolver that was chosen does not answer. */
    Type.Literal('resolverFailed'),
    Type.Literal('unreachable'),
    Type.Literal('dropped'),
    Type.Literal('badResponse'),
    /** Nexus holds as many connections as it may. */
    Type.Literal('busy'),
    /** The network process is not there. */
    Type.Literal('networkStopped'),
    Type.Literal('other'),
  ]),
  code: text,
  url: Type.String({ maxLength: 65_536, sensitive: true }),
  host: privateText,
  /** For `certificate`. */
  certificate: Type.Optional(CertificateReport),
  /** For `insecureOnly`. */
  insecureReason: Type.Optional(InsecureReason),
})
export type PageProblem = Static<typeof PageProblem>

/** What is known of the end of a page's process, beyond what the engine says. */
export const PageEnd = Type.Object({
  /** Milliseconds since the epoch. */
  at: Type.Number({ minimum: 0 }),
  pid: Type.Union([Type.Integer({ minimum: 1 }), Type.Null()]),
  /** How long its process had run. */
  ranMs: Type.Union([Type.Number({ minimum: 0 }), Type.Null()]),
  /** The person ended it, in Nexus. */
  isByPerson: Type.Boolean(),
  /** For one that held more than it may. */
  memory: Type.Union([
    Type.Object({
      bytes: Type.Number({ minimum: 0 }),
      limitBytes: Type.Number({ minimum: 0 }),
      /** What it held before, oldest first; none where nobody measured. */
      samples: Type.Array(
        Type.Object({ at: Type.Number({ minimum: 0 }), bytes: Type.Number({ minimum: 0 }) }),
        { maxItems: 600 },
      ),
    }),
    Type.Null(),
  ]),
})
export type PageEnd = Static<typeof PageEnd>

/** What fills the page area of a tab. Only `page` is drawn by the page's own process. */
export const TabContent = Type.Union([
  Type.Object({ kind: Type.Literal('newTab') }),
  Type.Object({ kind: Type.Literal('page') }),
  Type.Object({ kind: Type.Literal('problem'), problem: PageProblem }),
  Type.Object({
    kind: Type.Literal('gone'),
    reason: Type.Union([
      Type.Literal('crashed'),
      Type.Literal('killed'),
      Type.Literal('outOfMemory'),
      Type.Literal('launchFailed'),
      /** It did not answer, and was ended. */
      Type.Literal('hung'),
      /** It was not loaded: twice, bringing it back ended with the loss of its process, or of the browser. */
      Type.Literal('heldBack'),
    ]),
    exitCode: Type.Integer(),
    /** True when it happened twice within ten seconds. */
    isRepeated: Type.Boolean(),
    end: Type.Union([PageEnd, Type.Null()]),
  }),
  /** The page's process does not answer; the person may wait or end it. */
  Type.Object({ kind: Type.Literal('unresponsive') }),
])
export type TabContent = Static<typeof TabContent>

export const TabAnalysis = Type.Union([
  Type.Object({ kind: Type.Literal('none') }),
  /** `found` grows with the stages that have finished. */
  Type.Object({
    kind: Type.Literal('running'),
    finished: Type.Array(StageReport),
    found: PartialAnalysis,
  }),
  Type.Object({ kind: Type.Literal('done'), analysis: PageAnalysis }),
  Type.Object({
    kind: Type.Literal('failed'),
    code: text,
    message: text,
    finished: Type.Array(StageReport),
  }),
])
export type TabAnalysis = Static<typeof TabAnalysis>

/** The name of a group of tabs; tabs of one group stand side by side. */
export const GroupName = Type.String({ minLength: 1, maxLength: 100, sensitive: true })

export const TabState = Type.Object({
  id: TabId,
  group: Type.Union([GroupName, Type.Null()]),
  /** Nothing of it is kept anywhere. */
  isPrivate: Type.Boolean(),
  /** It stands in front, narrow. */
  isPinned: Type.Boolean(),
  title: privateText,
  /** The full address, empty for the new-tab page. */
  url: Type.String({ maxLength: 65_536, sensitive: true }),
  /** Registrable domain or host; null where there is none. */
  site: Type.Union([privateText, Type.Null()]),
  connection: Type.Union([
    Type.Literal('internal'),
    Type.Literal('secure'),
    Type.Literal('local'),
    Type.Literal('notSecure'),
    Type.Literal('broken'),
  ]),
  /** A `data:` URL made by the controller, never a remote address. */
  iconDataUrl: Type.Union([Type.String({ maxLength: 400_000, sensitive: true }), Type.Null()]),
  isLoading: Type.Boolean(),
  /** 0 to 1 while loading; an estimate from loading milestones. */
  progress: Type.Number({ minimum: 0, maximum: 1 }),
  canGoBack: Type.Boolean(),
  canGoForward: Type.Boolean(),
  content: TabContent,
  analysis: TabAnalysis,
  /** Whether the page is likely to pretend to be another; null until that is known, and where it is not asked. */
  judgement: Type.Union([Judgement, Type.Null()]),
  /** Its page stands still, in its process. */
  isFrozen: Type.Boolean(),
  /** Its page gave its process back, and comes again when the tab is shown. */
  isAsleep: Type.Boolean(),
  /** The person wants it neither frozen nor asleep. */
  isKeptAwake: Type.Boolean(),
  pid: Type.Union([Type.Integer(), Type.Null()]),
})
export type TabState = Static<typeof TabState>

/** A small note about something that happened outside any page, such as a service that was restarted. */
export const Notice = Type.Object({
  id: text,
  tone: Type.Union([Type.Literal('info'), Type.Literal('warning'), Type.Literal('problem')]),
  /** May name a file that was not kept. */
  message: privateText,
})
export type Notice = Static<typeof Notice>

/** All that the chrome UI draws from, for one window. */
export const WindowState = Type.Object({
  tabs: Type.Array(TabState, { maxItems: 10_000 }),
  activeTabId: Type.Union([TabId, Type.Null()]),
  notices: Type.Array(Notice, { maxItems: 100 }),
  settings: Settings,
  isFullScreen: Type.Boolean(),
  /** Processes that run now, as far as it is known without measuring; absent when it is not. */
  processCount: Type.Optional(Type.Integer({ minimum: 0 })),
})
export type WindowState = Static<typeof WindowState>

/** A rectangle in CSS pixels of the window's content. */
export const Area = Type.Object({
  x: Type.Integer({ minimum: 0, maximum: 20_000 }),
  y: Type.Integer({ minimum: 0, maximum: 20_000 }),
  width: Type.Integer({ minimum: 0, maximum: 20_000 }),
  height: Type.Integer({ minimum: 0, maximum: 20_000 }),
})
export type Area = Static<typeof Area>

const nothing = Type.Object({})
const oneTab = Type.Object({ tabId: TabId })
const chrome = roles('chrome')
const intent = { result: nothing, callers: chrome, deadlineMs: 5_000, idempotent: false } as const

/**
 * What a person may ask of the browser through the chrome UI, and what the UI is told. Served by the controller.
 * Intents are answered as soon as they are accepted; what came of them shows in the state.
 */
export const browserContract = defineContract('browser', {
  methods: {
    /** The state now; later states arrive as `stateChanged`. */
    state: method({
      args: nothing,
      result: WindowState,
      callers: chrome,
      deadlineMs: 5_000,
      idempotent: true,
    }),
    newTab: method({
      ...intent,
      args: Type.Object({ input: Type.Union([Input, Type.Null()]) }),
    }),
    closeTab: method({ ...intent, args: oneTab }),
    activateTab: method({ ...intent, args: oneTab }),
    moveTab: method({
      ...intent,
      args: Type.Object({ tabId: TabId, position: Type.Integer({ minimum: 0 }) }),
    }),
    reopenTab: method({ ...intent, args: nothing }),
    /** What was typed into the omnibox: an address or a search; the controller's grammar decides. */
    go: method({ ...intent, args: Type.Object({ tabId: TabId, input: Input }) }),
    /** What words in the omnibox may mean besides a search. Asked while they are typed. */
    readInput: method({
      args: Type.Object({ input: Input }),
      result: OmniboxReading,
      callers: chrome,
      deadlineMs: 2_000,
      idempotent: true,
    }),
    /** Does what a row of the omnibox offers. */
    runCommand: method({ ...intent, args: Type.Object({ command: BrowserCommand }) }),
    goBack: method({ ...intent, args: oneTab }),
    goForward: method({ ...intent, args: oneTab }),
    reload: method({ ...intent, args: oneTab }),
    stop: method({ ...intent, args: oneTab }),
    /** For an unresponsive page: end its process, which shows the sad tab. */
    endPage: method({ ...intent, args: oneTab }),
    /** For an unresponsive page: ask again later. */
    waitForPage: method({ ...intent, args: oneTab }),
    /** Gives the process of a tab back that is not in view; its page comes again, as it was, when it is shown. */
    sleepTab: method({ ...intent, args: oneTab }),
    keepTabAwake: method({
      ...intent,
      args: Type.Object({ tabId: TabId, isKeptAwake: Type.Boolean() }),
      idempotent: true,
    }),
    analyze: method({ ...intent, args: oneTab }),
    cancelAnalysis: method({ ...intent, args: oneTab }),
    /** The person knows the site that the tab shows: it is not warned about any more, here and in later sessions. */
    trustSite: method({ ...intent, args: oneTab }),
    /** Marks passages on the page of a tab, see `page.mark`; none takes the marks away. */
    markPassages: method({
      args: Type.Object({ tabId: TabId, ...pageContract.methods.mark.args.properties }),
      result: pageContract.methods.mark.result,
      callers: chrome,
      deadlineMs: 6_000,
      idempotent: true,
    }),
    /** The passages of the page of a tab that answer a question. Errors as those of `ai.ask`; AI_UNAVAILABLE. */
    askPage: method({
      args: Type.Object({
        tabId: TabId,
        question: Type.String({ minLength: 1, maxLength: 2_000, sensitive: true }),
      }),
      result: PageAnswer,
      callers: chrome,
      deadlineMs: 35_000,
      idempotent: true,
    }),
    /** Puts tabs of each group side by side under its name, in place of all groups there were; none takes them away. */
    groupTabs: method({
      ...intent,
      args: Type.Object({
        groups: Type.Array(Type.Object({ name: GroupName, tabs: Type.Array(TabId, { maxItems: 1_000 }) }), {
          maxItems: 1_000,
        }),
      }),
      idempotent: true,
    }),
    /** Pages of other sites that look like the one that was shown at this address, most alike first. */
    looksLike: method({
      args: Type.Object({ url: Type.String({ maxLength: 65_536, sensitive: true }) }),
      result: Type.Array(SimilarLook, { maxItems: 50 }),
      callers: chrome,
      deadlineMs: 6_000,
      idempotent: true,
    }),
    /** How the open tabs could be grouped, and which show the same. Changes nothing. */
    organiseTabs: method({
      args: nothing,
      result: OrganisedTabs,
      callers: chrome,
      deadlineMs: 35_000,
      idempotent: true,
    }),
    /** Where the page is to be shown; null hides it (a panel covers it). Clamped to the window. */
    setPageArea: method({
      ...intent,
      args: Type.Object({ area: Type.Union([Area, Type.Null()]) }),
      idempotent: true,
    }),
    dismissNotice: method({ ...intent, args: Type.Object({ id: text }) }),
    saveSettings: method({ ...intent, args: Type.Partial(Settings) }),
    /** What may be meant by what was typed so far, best first, by how often and how lately pages were visited. */
    suggestPages: method({
      args: Type.Object({
        typed: Type.String({ maxLength: 1_000, sensitive: true }),
        limit: Type.Integer({ minimum: 1, maximum: 50 }),
      }),
      result: Type.Array(Suggestion, { maxItems: 50 }),
      callers: chrome,
      deadlineMs: 2_000,
      idempotent: true,
      sensitive: true,
    }),
    searchHistory: method({
      args: Type.Object({
        query: Type.String({ maxLength: 1_000, sensitive: true }),
        limit: Type.Integer({ minimum: 1, maximum: 100 }),
      }),
      result: Type.Array(HistoryEntry, { maxItems: 100 }),
      callers: chrome,
      deadlineMs: 5_000,
      idempotent: true,
    }),
    ...chromeMemoryMethods,
    /** Starts `processesSampled` once a second until `unwatchProcesses`; nothing is sampled otherwise. */
    watchProcesses: method({ ...intent, args: nothing, idempotent: true }),
    unwatchProcesses: method({ ...intent, args: nothing, idempotent: true }),
    /** Starts `messagesSampled` once a second until `unwatchMessages`; nothing is sampled otherwise. */
    watchMessages: method({ ...intent, args: nothing, idempotent: true }),
    unwatchMessages: method({ ...intent, args: nothing, idempotent: true }),
    /** Window controls, for a window without a frame. */
    windowControl: method({
      ...intent,
      args: Type.Object({
        action: Type.Union([Type.Literal('minimize'), Type.Literal('toggleMaximize'), Type.Literal('close')]),
      }),
    }),
  },
  events: {
    stateChanged: event({ payload: WindowState, listeners: chrome }),
    processesSampled: event({ payload: ProcessTree, listeners: chrome }),
    messagesSampled: event({ payload: MessageTraffic, listeners: chrome }),
    /** A shortcut pressed while the page had the focus, for the UI to act on. */
    shortcut: event({
      payload: Type.Union([
        Type.Literal('focusOmnibox'),
        Type.Literal('toggleProcesses'),
        Type.Literal('analyze'),
        Type.Literal('settings'),
        Type.Literal('history'),
        Type.Literal('downloads'),
        Type.Literal('bookmarks'),
        Type.Literal('keepPage'),
        Type.Literal('network'),
        Type.Literal('overview'),
        Type.Literal('map'),
        Type.Literal('reader'),
        Type.Literal('organise'),
        Type.Literal('closePanel'),
      ]),
      listeners: chrome,
    }),
  },
})
