import { groupAfterMove, groupTabs, type TabGroup } from './tab-groups.ts'

interface Ordered {
  readonly id: string
  readonly group: string | null
  readonly isPinned: boolean
}

/** Where a new tab comes to stand: behind the tab it was opened from, never among the pinned ones. */
export function placeOfNew(tabs: readonly Ordered[], afterTabId: string | null): number {
  const after = tabs.findIndex(tab => tab.id === afterTabId)
  return after === -1 ? tabs.length : Math.max(after + 1, pinnedCount(tabs))
}

/** The tabs with one of them at another position. Pinned tabs stay in front of all others, whatever was asked for. */
export function moveTab<T extends Ordered>(
  tabs: readonly T[],
  tabId: string,
  position: number,
): readonly T[] {
  const tab = tabs.find(one => one.id === tabId)
  if (tab === undefined) return tabs
  const others = tabs.filter(one => one !== tab)
  const pinned = pinnedCount(others)
  const [first, last] = tab.isPinned ? [0, pinned] : [pinned, others.length]
  const wanted = Math.min(Math.max(position, first), last)
  const group = tab.isPinned ? null : groupAfterMove(tab, others, wanted)
  return others.toSpliced(wanted, 0, { ...tab, group })
}

/** A pinned tab stands behind those that were pinned before it; one that is no longer pinned before all others. */
export function pinTab<T extends Ordered>(
  tabs: readonly T[],
  tabId: string,
  isPinned: boolean,
): readonly T[] {
  const tab = tabs.find(one => one.id === tabId)
  if (tab === undefined || tab.isPinned === isPinned) return tabs
  const others = tabs.filter(one => one !== tab)
  return others.toSpliced(pinnedCount(others), 0, { ...tab, isPinned, group: null })
}

/** Groups tabs; a pinned one belongs to none. */
export function groupUnpinned<T extends Ordered>(
  tabs: readonly T[],
  groups: readonly TabGroup[],
): readonly T[] {
  return [
    ...tabs.filter(tab => tab.isPinned),
    ...groupTabs(
      tabs.filter(tab => !tab.isPinned),
      groups,
    ),
  ]
}

function pinnedCount(tabs: readonly Ordered[]): number {
  return tabs.filter(tab => tab.isPinned).length
}
