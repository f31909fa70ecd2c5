import { type AreaContract, type AreaName, areaContracts } from '../../contracts/areas.ts'
import type { TabState, WindowState } from '../../contracts/browser.ts'
import type { OmniboxReading } from '../../contracts/command.ts'
import type { MessageTraffic } from '../../contracts/messages.ts'
import type { ProcessTree } from '../../contracts/processes.ts'
import type { HistoryEntry } from '../../contracts/storage.ts'
import type { Client } from '../../ipc/client.ts'
import type {
  BrowserArgs,
  BrowserLink,
  BrowserMethod,
  BrowserResult,
  LinkSnapshot,
  PageShortcut,
} from '../system/browser-link.ts'
import { controllerId, FixtureAreas } from './areas/fixture-areas.ts'
import { answerOf, essayRunning } from './fixtures/analyses.ts'
import { type Crowd, crowdAt } from './fixtures/crowds.ts'
import { historyAt } from './fixtures/history.ts'
import { FixtureMemory } from './fixtures/memory.ts'
import { organisationOf } from './fixtures/organisation.ts'
import { empty } from './fixtures/tabs.ts'

type Methods = { readonly [M in BrowserMethod]: (args: BrowserArgs<M>) => BrowserResult<M> }

/** A controller in memory that answers as the real one would, simply enough to look at and to test the UI on. */
export class FixtureLink implements BrowserLink {
  /** Everything that was asked for, oldest first. */
  readonly calls: { readonly method: BrowserMethod; readonly args: unknown }[] = []
  /** Calls of these methods are refused. */
  readonly refused = new Set<BrowserMethod>()
  #snapshot: LinkSnapshot
  #ticks = 0
  #timer: ReturnType<typeof setInterval> | null = null
  #messageTicks = 0
  #messageTimer: ReturnType<typeof setInterval> | null = null
  #tabCount = 100
  readonly #listeners = new Set<() => void>()
  readonly #shortcuts = new Set<(shortcut: PageShortcut) => void>()
  readonly #processes = new Set<(tree: ProcessTree) => void>()
  readonly #messages = new Set<(traffic: MessageTraffic) => void>()
  readonly #crowd: Crowd
  readonly #memory = new FixtureMemory()
  /** What the areas answer, and what they were asked. */
  readonly areas = new FixtureAreas()

  /** `crowd` says how many processes there are and how they talk. */
  constructor(state: WindowState, crowd: Crowd = 'few') {
    this.#crowd = crowd
    this.#snapshot = { kind: 'connected', state }
  }

  snapshot(): LinkSnapshot {
    return this.#snapshot
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  onShortcut(listener: (shortcut: PageShortcut) => void): () => void {
    this.#shortcuts.add(listener)
    return () => void this.#shortcuts.delete(listener)
  }

  area<A extends AreaName>(name: A): Client<AreaContract<A>> {
    return this.areas.connect().client(areaContracts[name], controllerId)
  }

  onProcesses(listener: (tree: ProcessTree) => void): () => void {
    this.#processes.add(listener)
    return () => void this.#processes.delete(listener)
  }

  onMessages(listener: (traffic: MessageTraffic) => void): () => void {
    this.#messages.add(listener)
    return () => void this.#messages.delete(listener)
  }

  async call<M extends BrowserMethod>(method: M, args: BrowserArgs<M>): Promise<BrowserResult<M>> {
    this.calls.push({ method, args })
    if (this.refused.has(method)) {
      throw Object.assign(new Error('The controller refused it.'), { code: 'HANDLER_ERROR' })
    }
    const methods: Methods = this.#methods
    return methods[method](args)
  }

  /** As if pressed in a page. */
  press(shortcut: PageShortcut): void {
    for (const listener of this.#shortcuts) listener(shortcut)
  }

  /** From now on the fixture is searched by words alone. */
  forgetMeaning(): void {
    this.#memory.isMeaningThere = false
  }

  /** As if the controller had ended. */
  lose(): void {
    this.#put({ kind: 'lost', reason: 'the fixture was asked to go' })
  }

  /** One second passes for the process panel. */
  sample(): void {
    this.#ticks += 1
    const { tree } = crowdAt(this.#crowd, this.#ticks)
    const rows = this.areas.processes.changed(tree.rows)
    for (const listener of this.#processes) listener({ ...tree, rows })
  }

  /** One second passes for the message view. */
  sampleMessages(): void {
    this.#messageTicks += 1
    const { traffic } = crowdAt(this.#crowd, this.#messageTicks)
    if (traffic === null) return
    for (const listener of this.#messages) listener(traffic)
  }

  changeTab(tabId: string, change: Partial<TabState>): void {
    const state = this.#state()
    this.#putState({
      ...state,
      tabs: state.tabs.map(tab => (tab.id === tabId ? { ...tab, ...change } : tab)),
    })
  }

  readonly #methods: Methods = {
    state: () => this.#state(),
    newTab: ({ input }) => {
      this.#tabCount += 1
      const tab: TabState = { ...empty, id: `tab:${this.#tabCount}` }
      const state = this.#state()
      this.#putState({ ...state, tabs: [...state.tabs, tab], activeTabId: tab.id })
      if (input !== null) this.#open(tab.id, input)
      return {}
    },
    closeTab: ({ tabId }) => {
      const state = this.#state()
      const position = state.tabs.findIndex(tab => tab.id === tabId)
      const tabs = state.tabs.filter(tab => tab.id !== tabId)
      const next = tabs[position] ?? tabs[position - 1]
      const activeTabId = state.activeTabId === tabId ? (next?.id ?? null) : state.activeTabId
      this.#putState({ ...state, tabs, activeTabId })
      return {}
    },
    activateTab: ({ tabId }) => {
      this.#putState({ ...this.#state(), activeTabId: tabId })
      return {}
    },
    moveTab: ({ tabId, position }) => {
      const state = this.#state()
      const moved = state.tabs.find(tab => tab.id === tabId)
      if (moved !== undefined) {
        const rest = state.tabs.filter(tab => tab.id !== tabId)
        this.#putState({ ...state, tabs: rest.toSpliced(position, 0, moved) })
      }
      return {}
    },
    reopenTab: () => ({}),
    go: ({ tabId, input }) => {
      this.#open(tabId, input)
      return {}
    },
    readInput: ({ input }) => readingOf(input),
    runCommand: () => ({}),
    goBack: () => ({}),
    goForward: () => ({}),
    sleepTab: ({ tabId }) => {
      this.changeTab(tabId, { isAsleep: true, pid: null })
      return {}
    },
    keepTabAwake: ({ tabId, isKeptAwake }) => {
      this.changeTab(tabId, { isKeptAwake })
      return {}
    },
    reload: ({ tabId }) => {
      this.changeTab(tabId, { isLoading: true, progress: 0.3 })
      return {}
    },
    stop: ({ tabId }) => {
      this.changeTab(tabId, { isLoading: false, progress: 0 })
      return {}
    },
    endPage: ({ tabId }) => {
      this.changeTab(tabId, {
        content: { kind: 'gone', reason: 'killed', exitCode: 9, isRepeated: false, end: null },
      })
      return {}
    },
    waitForPage: ({ tabId }) => {
      this.changeTab(tabId, { content: { kind: 'page' } })
      return {}
    },
    analyze: ({ tabId }) => {
      this.changeTab(tabId, { analysis: essayRunning })
      return {}
    },
    trustSite: ({ tabId }) => {
      this.changeTab(tabId, { judgement: null })
      return {}
    },
    cancelAnalysis: ({ tabId }) => {
      this.changeTab(tabId, { analysis: { kind: 'none' } })
      return {}
    },
    markPassages: ({ passages }) => ({ found: passages.map(() => true) }),
    askPage: ({ question }) => answerOf(question),
    groupTabs: ({ groups }) => {
      const state = this.#state()
      const groupOf = (id: string) => groups.find(group => group.tabs.includes(id))?.name ?? null
      this.#putState({ ...state, tabs: state.tabs.map(tab => ({ ...tab, group: groupOf(tab.id) })) })
      return {}
    },
    looksLike: () => [
      {
        url: 'https://tidewatch.example/',
        host: 'tidewatch.example',
        title: 'Tide watch',
        asksPassword: false,
        likeness: 0.91,
      },
    ],
    organiseTabs: () => organisationOf(this.#state().tabs),
    setPageArea: () => ({}),
    dismissNotice: ({ id }) => {
      const state = this.#state()
      this.#putState({ ...state, notices: state.notices.filter(notice => notice.id !== id) })
      return {}
    },
    saveSettings: change => {
      const state = this.#state()
      this.#putState({ ...state, settings: { ...state.settings, ...change } })
      return {}
    },
    suggestPages: ({ typed, limit }) =>
      found(historyAt(Date.now()), typed)
        .slice(0, limit)
        .map(entry => ({ ...entry, match: 'title' as const })),
    searchHistory: ({ query, limit }) => found(historyAt(Date.now()), query).slice(0, limit),
    ...this.#memory.methods,
    watchProcesses: () => {
      this.sample()
      this.#timer ??= setInterval(() => this.sample(), 1000)
      return {}
    },
    unwatchProcesses: () => {
      if (this.#timer !== null) clearInterval(this.#timer)
      this.#timer = null
      return {}
    },
    watchMessages: () => {
      this.sampleMessages()
      this.#messageTimer ??= setInterval(() => this.sampleMessages(), 1000)
      return {}
    },
    unwatchMessages: () => {
      if (this.#messageTimer !== null) clearInterval(this.#messageTimer)
      this.#messageTimer = null
      return {}
    },
    windowControl: () => ({}),
  }

  #open(tabId: string, input: string): void {
    const url = input.includes('://') ? input : `https://${input}`
    this.changeTab(tabId, { url, title: '', connection: 'secure', content: { kind: 'page' }, pid: 4200 })
  }

  #state(): WindowState {
    if (this.#snapshot.kind !== 'connected') throw new Error('The fixture has gone')
    return this.#snapshot.state
  }

  #putState(state: WindowState): void {
    this.#put({ kind: 'connected', state })
  }

  #put(snapshot: LinkSnapshot): void {
    this.#snapshot = snapshot
    for (const listener of this.#listeners) listener()
  }
}

function found(entries: readonly HistoryEntry[], query: string): HistoryEntry[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  return entries.filter(entry =>
    words.every(word => `${entry.title} ${entry.url}`.toLowerCase().includes(word)),
  )
}

/** One text of each kind that the omnibox can be given. */
function readingOf(input: string): OmniboxReading {
  const isQuestion = input.startsWith('why ')
  switch (input) {
    case 'zoom in':
      return {
        offer: { kind: 'ready', title: 'Zoom in', command: { kind: 'zoomIn' }, runsAtEnter: true },
        isQuestion,
      }
    case 'close other tabs':
      return {
        offer: {
          kind: 'ready',
          title: 'Close other tabs (2)',
          command: { kind: 'closeTabs', tabIds: ['tab:2', 'tab:3'] },
          runsAtEnter: false,
        },
        isQuestion,
      }
    case 'translate this page':
      return { offer: { kind: 'notYet', title: 'Translate this page' }, isQuestion }
    default:
      return { offer: null, isQuestion }
  }
}
