import { randomUUID } from 'node:crypto'
import type { SessionChange, SessionPart, SessionTab } from '../../contracts/storage-sessions.ts'
import type { ClosedTab, OpenTab, RestoredTab } from '../controller/browser-model.ts'
import type { TabContext, TabId } from '../controller/tab-model.ts'
import type { StorageClients } from './storage-client.ts'

export interface OpenTabsKeeperOptions {
  readonly sessions: Pick<StorageClients['sessions'], 'append' | 'load' | 'keep'>
  /** Writes in order, again and again until it is on disk. */
  readonly write: (write: () => Promise<unknown>) => void
  /** Milliseconds since the epoch. */
  readonly now: () => number
}

/** There is one window. */
const windowId = 'main'
/** Changes of one turn that are written at once. */
const mostChanges = 1_000

/** Writes the tabs that are open, and those that can be reopened, into the journal of the session. */
export class OpenTabsKeeper {
  readonly #options: OpenTabsKeeperOptions
  /** What was last written of each tab, so that a change that changes nothing costs nothing. */
  readonly #written = new Map<string, SessionTab>()
  readonly #groups = new Set<string>()
  #hasWindow = false
  #waiting: SessionChange[] = []

  constructor(options: OpenTabsKeeperOptions) {
    this.#options = options
  }

  /** What was open and closed in the last run; what was open is kept as that run's session. */
  async load(): Promise<{ saved: readonly RestoredTab[]; closed: readonly ClosedTab[] }> {
    const { sessions, now, write } = this.#options
    const parts: SessionPart[] = []
    for await (const part of sessions.load({})) parts.push(part)
    const groups = new Map<string, string>()
    const saved: RestoredTab[] = []
    const closed: ClosedTab[] = []
    for (const part of parts) {
      if (part.kind === 'window') this.#hasWindow ||= part.window.id === windowId
      if (part.kind === 'group') {
        groups.set(part.group.id, part.group.name)
        this.#groups.add(part.group.name)
      }
      if (part.kind === 'tab') {
        this.#written.set(part.tab.id, part.tab)
        saved.push(restoredTab(part.tab, groups))
      }
      if (part.kind === 'closed') closed.push(closedTab(part.closed.tab, part.closed.closedAt))
    }
    const kept = { id: randomUUID(), name: null, at: now() }
    if (saved.some(tab => tab.url !== null)) write(() => sessions.keep(kept))
    return { saved, closed }
  }

  /** As these tabs are now; `kept` are all that are not private, in their order. */
  remember(tabs: readonly TabContext[], kept: readonly OpenTab[], activeTabId: TabId | null): void {
    if (!this.#hasWindow) {
      this.#hasWindow = true
      this.#add({
        kind: 'window',
        window: { id: windowId, bounds: null, isMaximized: false, isFullScreen: false },
      })
    }
    for (const tab of tabs) {
      const position = kept.findIndex(one => one.id === tab.id)
      const open = kept[position]
      if (open !== undefined) this.#rememberTab(tab, open, position, activeTabId === tab.id)
    }
    this.#forgetGroups(new Set(kept.map(one => one.group)))
  }

  /** Less to write than the whole tab, for what changes often. */
  rememberScroll({ id, scroll }: TabContext): void {
    const before = this.#written.get(id)
    if (before === undefined) return
    this.#written.set(id, { ...before, scroll })
    this.#add({ kind: 'scroll', id, ...scroll })
  }

  forget(tabId: TabId): void {
    if (this.#written.delete(tabId)) this.#add({ kind: 'tabGone', id: tabId })
  }

  /** None of these was brought back. */
  forgetAll(tabs: readonly RestoredTab[]): void {
    for (const { id } of tabs) this.forget(id as TabId)
  }

  close({ id, closedAt }: ClosedTab): void {
    if (this.#written.delete(id)) this.#add({ kind: 'tabClosed', id, at: closedAt })
  }

  forgetClosed(tabId: TabId): void {
    this.#add({ kind: 'closedGone', id: tabId })
  }

  #rememberTab(tab: TabContext, { group, isPinned }: OpenTab, position: number, isActive: boolean): void {
    if (group !== null && !this.#groups.has(group)) {
      this.#groups.add(group)
      this.#add({ kind: 'group', group: { id: group, name: group, color: null, isCollapsed: false } })
    }
    const before = this.#written.get(tab.id)
    const url = tab.url === '' ? null : tab.url
    const now: SessionTab = {
      id: tab.id,
      windowId,
      groupId: group,
      url,
      title: tab.title,
      position,
      isActive,
      isPinned,
      isMuted: before?.isMuted ?? false,
      scroll: tab.scroll,
      visited: before?.visited ?? [],
      visitedIndex: before?.visitedIndex ?? 0,
      activeAt: isActive && before?.isActive !== true ? this.#options.now() : (before?.activeAt ?? 0),
    }
    if (before !== undefined && JSON.stringify(before) === JSON.stringify(now)) return
    this.#written.set(tab.id, now)
    this.#add({ kind: 'tab', tab: now })
  }

  #forgetGroups(used: ReadonlySet<string | null>): void {
    for (const group of this.#groups) {
      if (used.has(group)) continue
      this.#groups.delete(group)
      this.#add({ kind: 'groupGone', id: group })
    }
  }

  /** What changes in one turn is written at once. */
  #add(change: SessionChange): void {
    this.#waiting.push(change)
    if (this.#waiting.length === 1) queueMicrotask(() => this.#write())
  }

  #write(): void {
    const { sessions, write } = this.#options
    for (let from = 0; from < this.#waiting.length; from += mostChanges) {
      const changes = this.#waiting.slice(from, from + mostChanges)
      write(() => sessions.append({ changes }))
    }
    this.#waiting = []
  }
}

function restoredTab(tab: SessionTab, groups: ReadonlyMap<string, string>): RestoredTab {
  const { id, url, title, position, isActive, isPinned, scroll, groupId } = tab
  const group = groupId === null ? undefined : groups.get(groupId)
  return { id, url, title, position, isActive, isPinned, scroll, ...(group === undefined ? {} : { group }) }
}

function closedTab({ id, url, title, position, isPinned, scroll }: SessionTab, closedAt: number): ClosedTab {
  return { id: id as TabId, url: url ?? '', title, position, isPinned, scroll, closedAt }
}
