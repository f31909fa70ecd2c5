import type { LifecycleState, ProcessRow, ProcessTree } from '../../contracts/processes.ts'
import { memoryLimits } from './service-definitions.ts'

/** What the engine measured of one operating-system process. */
export interface EngineProcess {
  readonly pid: number
  readonly type: string
  /** "Network Service" and the like, where the engine has a name for it. */
  readonly name: string
  readonly cpuPercent: number
  readonly memoryBytes: number
  readonly startedAt: number
}

export interface MessageCounts {
  readonly messagesIn: number
  readonly messagesOut: number
}

export interface ServiceFacts {
  readonly name: string
  readonly kind: ProcessRow['kind']
  readonly title: string
  readonly detail: string
  readonly state: LifecycleState
  readonly pid: number | null
  readonly startedAt: number | null
  readonly restarts: number
  readonly memoryLimitBytes: number
  readonly messages: MessageCounts
}

export interface TabFacts {
  readonly tabId: string
  /** Of such a tab nothing is told but that it is there. */
  readonly isPrivate: boolean
  readonly title: string
  readonly site: string | null
  readonly state: LifecycleState
  readonly pid: number | null
  /** Processes of frames of other sites in this tab, with the site of each. */
  readonly frames: readonly { readonly pid: number; readonly site: string | null }[]
  readonly messages: MessageCounts
}

export interface TreeFacts {
  readonly sampledAt: number
  readonly controller: { readonly pid: number; readonly startedAt: number; readonly messages: MessageCounts }
  readonly chrome: { readonly pid: number | null; readonly messages: MessageCounts }
  readonly services: readonly ServiceFacts[]
  readonly tabs: readonly TabFacts[]
  readonly engine: readonly EngineProcess[]
  readonly machine: ProcessTree['machine']
}

/** What is told of a row; the rest is measured, or follows from it. */
type RowFacts = Omit<
  ProcessRow,
  'cpuPercent' | 'memoryBytes' | 'uptimeMs' | 'networkBytesPerSecond' | 'priority' | 'actions'
>

const none: MessageCounts = { messagesIn: 0, messagesOut: 0 }

/**
 * The process tree from what is known at one moment: one row an operating-system process, parents first. A process that
 * serves several tabs is one row; a frame of another site stands below its tab; what the engine runs for itself comes
 * last. A service that is not running keeps its row, so that one sees that it exists.
 */
export function buildProcessTree(facts: TreeFacts): ProcessTree {
  const byPid = new Map(facts.engine.map(one => [one.pid, one]))
  const claimed = new Set<number>()
  const rows: ProcessRow[] = []

  function add(row: RowFacts, startedAt: number | null): void {
    const measured = row.pid === null ? undefined : byPid.get(row.pid)
    if (row.pid !== null) claimed.add(row.pid)
    const since = startedAt ?? measured?.startedAt ?? null
    rows.push({
      ...row,
      cpuPercent: measured === undefined ? null : Math.max(0, measured.cpuPercent),
      memoryBytes: measured?.memoryBytes ?? null,
      networkBytesPerSecond: null,
      priority: null,
      actions: row.canEnd ? ['end'] : [],
      uptimeMs: row.pid === null || since === null ? null : Math.max(0, facts.sampledAt - since),
    })
  }

  const root = 'controller'
  add(
    {
      id: root,
      parentId: null,
      kind: 'controller',
      name: 'Nexus core',
      detail: 'Windows, processes, policy',
      site: null,
      state: 'active',
      pid: facts.controller.pid,
      memoryLimitBytes: memoryLimits.controller,
      ...facts.controller.messages,
      restarts: 0,
      canEnd: false,
      tabIds: [],
    },
    facts.controller.startedAt,
  )
  add(
    {
      id: 'chrome',
      parentId: root,
      kind: 'chrome',
      name: 'Window',
      detail: 'Tabs, address, panels',
      site: null,
      state: facts.chrome.pid === null ? 'restarting' : 'active',
      pid: facts.chrome.pid,
      memoryLimitBytes: memoryLimits.chrome,
      ...facts.chrome.messages,
      restarts: 0,
      canEnd: false,
      tabIds: [],
    },
    null,
  )
  for (const service of facts.services) {
    add(
      {
        id: `service:${service.name}`,
        parentId: root,
        kind: service.kind,
        name: service.title,
        detail: service.detail,
        site: null,
        state: service.state,
        pid: service.pid,
        memoryLimitBytes: service.memoryLimitBytes,
        ...service.messages,
        restarts: service.restarts,
        canEnd: service.pid !== null,
        tabIds: [],
      },
      service.startedAt,
    )
  }
  addTabs(facts, add, root)
  for (const one of facts.engine) {
    if (claimed.has(one.pid)) continue
    const isGpu = one.type === 'GPU'
    add(
      {
        id: `engine:${one.pid}`,
        parentId: root,
        kind: isGpu ? 'gpu' : 'engine',
        name: engineName(one),
        detail: isGpu ? 'Drawing of all views' : 'Engine',
        site: null,
        state: 'active',
        pid: one.pid,
        memoryLimitBytes: isGpu ? memoryLimits.gpu : null,
        ...none,
        restarts: 0,
        canEnd: isGpu,
        tabIds: [],
      },
      null,
    )
  }
  return { sampledAt: facts.sampledAt, rows, machine: facts.machine }
}

function engineName(one: EngineProcess): string {
  switch (one.type) {
    case 'GPU':
      return 'Graphics'
    // A renderer that no view has: the engine keeps one warm for the next page.
    case 'Tab':
      return 'Spare page'
    default:
      return one.name === '' ? one.type : one.name
  }
}

type AddRow = (row: RowFacts, startedAt: number | null) => void

function addTabs(facts: TreeFacts, add: AddRow, root: string): void {
  const sharing = Map.groupBy(facts.tabs, tab => (tab.pid === null ? `none:${tab.tabId}` : `${tab.pid}`))
  for (const tabs of sharing.values()) {
    const [first] = tabs
    if (first === undefined) continue
    const isPrivate = tabs.some(tab => tab.isPrivate)
    const id = first.pid === null ? `tab:${first.tabId}` : `renderer:${first.pid}`
    add(
      {
        id,
        parentId: root,
        kind: 'tab',
        name: isPrivate ? 'Private tab' : (first.site ?? 'Blank page'),
        detail: isPrivate
          ? 'Kept nowhere'
          : tabs
              .map(tab => tab.title)
              .filter(title => title !== '')
              .join(', ')
              .slice(0, 2_000),
        site: isPrivate ? null : first.site,
        state: first.state,
        pid: first.pid,
        memoryLimitBytes: memoryLimits.tab,
        messagesIn: tabs.reduce((sum, tab) => sum + tab.messages.messagesIn, 0),
        messagesOut: tabs.reduce((sum, tab) => sum + tab.messages.messagesOut, 0),
        restarts: 0,
        canEnd: first.pid !== null,
        tabIds: tabs.map(tab => tab.tabId),
      },
      null,
    )
    const framePids = new Map(tabs.flatMap(tab => tab.frames).map(frame => [frame.pid, frame.site]))
    for (const [pid, site] of framePids) {
      const isATabOfItsOwn = facts.tabs.some(tab => tab.pid === pid)
      if (isATabOfItsOwn || pid === first.pid) continue
      add(
        {
          id: `frame:${pid}:${id}`,
          parentId: id,
          kind: 'tab',
          name: isPrivate ? 'Private frame' : (site ?? 'Blank frame'),
          detail: 'Frame',
          site: isPrivate ? null : site,
          state: first.state,
          pid,
          memoryLimitBytes: memoryLimits.tab,
          ...none,
          restarts: 0,
          canEnd: true,
          tabIds: tabs.map(tab => tab.tabId),
        },
        null,
      )
    }
  }
}
