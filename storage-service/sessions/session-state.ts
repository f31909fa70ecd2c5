import type {
  ClosedTab,
  SessionChange,
  SessionGroup,
  SessionPart,
  SessionTab,
  SessionWindow,
} from '../../contracts/storage-sessions.ts'

/** Closed tabs that can be reopened; the oldest makes room. */
const mostClosed = 100

/** What is open, as the changes made it. Each change says how something is now, so that one that comes twice does no harm. */
export class SessionState {
  readonly #windows = new Map<string, SessionWindow>()
  readonly #groups = new Map<string, SessionGroup>()
  readonly #tabs = new Map<string, SessionTab>()
  /** Latest last. */
  readonly #closed = new Map<string, ClosedTab>()

  get tabs(): number {
    return this.#tabs.size
  }

  get windows(): number {
    return this.#windows.size
  }

  /** Takes what was written down with `parts`. */
  add(part: SessionPart): void {
    switch (part.kind) {
      case 'window':
        this.#windows.set(part.window.id, part.window)
        break
      case 'group':
        this.#groups.set(part.group.id, part.group)
        break
      case 'tab':
        this.#tabs.set(part.tab.id, part.tab)
        break
      case 'closed':
        this.#close(part.closed)
    }
  }

  apply(change: SessionChange): void {
    switch (change.kind) {
      case 'tab':
        this.#tabs.set(change.tab.id, change.tab)
        break
      case 'scroll':
        this.#change(change.id, { scroll: { x: change.x, y: change.y } })
        break
      case 'place': {
        const { windowId, groupId, position, isActive } = change
        this.#change(change.id, { windowId, groupId, position, isActive })
        break
      }
      case 'tabGone':
        this.#tabs.delete(change.id)
        break
      case 'tabClosed': {
        const tab = this.#tabs.get(change.id)
        this.#tabs.delete(change.id)
        if (tab !== undefined) this.#close({ tab, closedAt: change.at })
        break
      }
      case 'closedGone':
        this.#closed.delete(change.id)
        break
      case 'group':
        this.#groups.set(change.group.id, change.group)
        break
      case 'groupGone':
        this.#groups.delete(change.id)
        for (const tab of this.#tabs.values()) {
          if (tab.groupId === change.id) this.#change(tab.id, { groupId: null })
        }
        break
      case 'window':
        this.#windows.set(change.window.id, change.window)
        break
      case 'windowGone':
        this.#windows.delete(change.id)
        for (const tab of this.#tabs.values()) if (tab.windowId === change.id) this.#tabs.delete(tab.id)
    }
  }

  /** All of it: windows, groups, tabs by window and position, closed tabs latest last. */
  parts(): SessionPart[] {
    const tabs = [...this.#tabs.values()].sort(
      (a, b) => compare(a.windowId, b.windowId) || a.position - b.position || compare(a.id, b.id),
    )
    return [
      ...[...this.#windows.values()].map(window => ({ kind: 'window' as const, window })),
      ...[...this.#groups.values()].map(group => ({ kind: 'group' as const, group })),
      ...tabs.map(tab => ({ kind: 'tab' as const, tab })),
      ...[...this.#closed.values()].map(closed => ({ kind: 'closed' as const, closed })),
    ]
  }

  /** Forgets tabs that were closed and are to be forgotten; gives how many. */
  forgetClosed(isForgotten: (closed: ClosedTab) => boolean): number {
    const forgotten = [...this.#closed.values()].filter(isForgotten)
    for (const { tab } of forgotten) this.#closed.delete(tab.id)
    return forgotten.length
  }

  #change(id: string, changes: Partial<SessionTab>): void {
    const tab = this.#tabs.get(id)
    if (tab !== undefined) this.#tabs.set(id, { ...tab, ...changes })
  }

  #close(closed: ClosedTab): void {
    // Closed again it is the latest.
    this.#closed.delete(closed.tab.id)
    this.#closed.set(closed.tab.id, closed)
    const [oldest] = this.#closed.keys()
    if (this.#closed.size > mostClosed && oldest !== undefined) this.#closed.delete(oldest)
  }
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}
