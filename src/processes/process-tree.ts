import type { ProcessAction, ProcessKind, ProcessRow, ProcessTree } from '../../contracts/processes.ts'
import type { KnownProcess } from './book/known-process.ts'

/** What was measured of one operating-system process. */
export interface EngineProcess {
  readonly pid: number
  readonly type: string
  /** "Network Service" and the like, where the engine has a name for it. */
  readonly name: string
  /** Of one core; null before the second sample. */
  readonly cpuPercent: number | null
  readonly memoryBytes: number
  readonly startedAt: number
}

export interface MessageCounts {
  readonly messagesIn: number
  readonly messagesOut: number
}

/** What a tab adds to what the book says of its process. */
export interface TabFacts {
  readonly tabId: string
  /** Of such a tab nothing is told but that it is there. */
  readonly isPrivate: boolean
  readonly title: string
  readonly site: string | null
  /** Its page was lost, or is not loaded after it was lost too often. */
  readonly isLost: boolean
  readonly messages: MessageCounts
  /** Of the network, within the last second; null where nobody counts them. */
  readonly networkBytesPerSecond: number | null
}

export interface TreeFacts {
  readonly sampledAt: number
  /** Everything in the book. */
  readonly processes: readonly KnownProcess[]
  /** In the order of the strip, with and without a process. */
  readonly tabs: readonly TabFacts[]
  readonly measured: readonly EngineProcess[]
  /** Messages of what is no page, by the id of its row. */
  readonly messages: ReadonlyMap<string, MessageCounts>
  /** What each service is for, by the id of its row. */
  readonly details: ReadonlyMap<string, string>
  readonly machine: ProcessTree['machine']
  /** How much a process may hold, in bytes; null where nothing is limited. */
  readonly limitOf: (process: Pick<KnownProcess, 'kind' | 'site'>) => number | null
  readonly actionsOf: (process: KnownProcess) => ProcessAction[]
}

const root = 'controller'
const none: MessageCounts = { messagesIn: 0, messagesOut: 0 }

/** In the order of the tree; what is equal keeps the order of the book. */
const places: Readonly<Record<ProcessKind, number>> = {
  controller: 0,
  chrome: 1,
  storage: 2,
  network: 2,
  ai: 2,
  audio: 2,
  compositor: 2,
  tab: 3,
  gpu: 4,
  engine: 4,
}

/**
 * The process tree from what is known at one moment: one row an operating-system process, parents first. A process that
 * serves several tabs is one row; a frame of another site stands below its tab; pages that wait for a tab come after the
 * tabs, and what the engine runs for itself last. A service that does not run keeps its row, and so does a tab without a
 * process, so that one sees that it exists. Each row tells of its own process alone: sums are for whoever shows them.
 */
export function buildProcessTree(facts: TreeFacts): ProcessTree {
  const measured = new Map(facts.measured.map(one => [one.pid, one]))
  const tabs = new Map(facts.tabs.map(tab => [tab.tabId, tab]))
  const frames = Map.groupBy(
    facts.processes.filter(({ id }) => parentOf(id) !== root),
    ({ id }) => parentOf(id),
  )
  const withProcess = new Set(facts.processes.flatMap(({ tabIds }) => tabIds))
  const pages = [
    ...facts.processes.filter(({ kind, id }) => kind === 'tab' && parentOf(id) === root),
    ...facts.tabs.filter(tab => !withProcess.has(tab.tabId)).map(withoutProcess),
  ]
  const order = new Map(facts.tabs.map((tab, index) => [tab.tabId, index]))
  const placeOf = ({ tabIds }: KnownProcess): number =>
    Math.min(facts.tabs.length, ...tabIds.map(tabId => order.get(tabId) ?? facts.tabs.length))
  const others = facts.processes.filter(({ kind }) => kind !== 'tab')
  const before = (kind: ProcessKind): boolean => places[kind] < places.tab
  const sorted = [
    ...others.filter(({ kind }) => before(kind)).toSorted((a, b) => places[a.kind] - places[b.kind]),
    ...pages
      .toSorted((a, b) => placeOf(a) - placeOf(b))
      .flatMap(page => [page, ...(frames.get(page.id) ?? [])]),
    ...others.filter(({ kind }) => !before(kind)),
  ]
  const rowOf = (process: KnownProcess): ProcessRow =>
    processRow(process, process.pid === null ? undefined : measured.get(process.pid), tabs, facts)
  return { sampledAt: facts.sampledAt, rows: sorted.map(rowOf), machine: facts.machine }
}

function processRow(
  process: KnownProcess,
  measured: EngineProcess | undefined,
  tabs: ReadonlyMap<string, TabFacts>,
  facts: TreeFacts,
): ProcessRow {
  const { id, kind, name, site, state, pid, restarts, priority, tabIds } = process
  const isFrame = id.startsWith('frame:')
  const ownTabs = isFrame ? [] : tabIds.flatMap(tabId => tabs.get(tabId) ?? [])
  const since = measured?.startedAt ?? process.startedAt
  return {
    id,
    parentId: id === root ? null : parentOf(id),
    kind,
    name,
    detail: kind === 'tab' ? pageDetail(process, ownTabs, isFrame) : (facts.details.get(id) ?? 'Engine'),
    site,
    state,
    pid,
    cpuPercent: measured?.cpuPercent ?? null,
    memoryBytes: measured?.memoryBytes ?? null,
    memoryLimitBytes: facts.limitOf(process),
    uptimeMs: pid === null || since === null ? null : Math.max(0, facts.sampledAt - since),
    ...(kind === 'tab' ? summed(ownTabs.map(tab => tab.messages)) : (facts.messages.get(id) ?? none)),
    restarts,
    networkBytesPerSecond: bytesOf(ownTabs),
    priority,
    actions: facts.actionsOf(process),
    tabIds: [...tabIds],
  }
}

function parentOf(id: string): string {
  if (!id.startsWith('frame:')) return root
  return id.slice(id.indexOf(':', 'frame:'.length) + 1)
}

function pageDetail({ tabIds, isPrivate }: KnownProcess, tabs: readonly TabFacts[], isFrame: boolean) {
  if (isFrame) return 'Frame'
  if (tabIds.length === 0) return 'Waits for the next tab'
  if (isPrivate) return 'Kept nowhere'
  const titles = tabs.map(tab => tab.title).filter(title => title !== '')
  return titles.join(', ').slice(0, 2_000)
}

/** A tab that sleeps, was never shown, or shows something of our own has no process; its row says so. */
function withoutProcess({ tabId, isPrivate, site, isLost }: TabFacts): KnownProcess {
  return {
    id: `tab:${tabId}`,
    kind: 'tab',
    name: isPrivate ? 'Private tab' : (site ?? 'Blank page'),
    pid: null,
    state: isLost ? 'crashed' : 'created',
    startedAt: null,
    restarts: 0,
    tabIds: [tabId],
    site: isPrivate ? null : site,
    isPrivate,
    isInView: false,
    priority: null,
  }
}

function summed(counts: readonly MessageCounts[]): MessageCounts {
  return {
    messagesIn: counts.reduce((sum, one) => sum + one.messagesIn, 0),
    messagesOut: counts.reduce((sum, one) => sum + one.messagesOut, 0),
  }
}

function bytesOf(tabs: readonly TabFacts[]): number | null {
  const counted = tabs.map(tab => tab.networkBytesPerSecond).filter(bytes => bytes !== null)
  return counted.length === 0 ? null : counted.reduce((sum, bytes) => sum + bytes, 0)
}
