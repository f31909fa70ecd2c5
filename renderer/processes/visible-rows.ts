import type { TreeItem } from './process-tree.ts'
import type { Readings } from './row-readings.ts'
import { compareRows, type Sorting } from './sorting.ts'

/** A visible row with its place in the tree, as ARIA counts it: from 1. */
export interface VisibleRow {
  readonly item: TreeItem
  readonly level: number
  readonly position: number
  readonly setSize: number
  readonly parentId: string | null
  /** Null for a row without children. */
  readonly isExpanded: boolean | null
  /** What the row shows: its own, or the sum of all below it where they are not shown. */
  readonly readings: Readings
  /** Whether the readings are those of several processes. */
  readonly isSum: boolean
}

export interface RowArrangement {
  readonly sorting: Sorting
  readonly closedIds: ReadonlySet<string>
  /** The order in which the rows stood, to be kept while somebody looks; null to sort. */
  readonly heldOrder: RowOrder | null
}

/** The place of each row, by its id. */
export type RowOrder = ReadonlyMap<string, number>

/**
 * The tree as rows from top to bottom: sorted among siblings, without the children of closed rows.
 *
 * With a held order the rows that are in it keep their places whatever their readings have become, and those that are
 * new follow them. Without a sorting the tree has an order of its own, which never changes.
 */
export function visibleRows(items: readonly TreeItem[], arrangement: RowArrangement): VisibleRow[] {
  const { sorting, closedIds, heldOrder } = arrangement
  const rows: VisibleRow[] = []
  const shownOf = (item: TreeItem) => {
    const isExpanded = item.children.length === 0 ? null : !closedIds.has(item.id)
    const isSum = item.process === null || isExpanded === false
    return { item, isExpanded, isSum, readings: isSum ? item.total : item.own }
  }
  const walk = (siblings: readonly TreeItem[], level: number, parentId: string | null) => {
    const shown = siblings.map(shownOf)
    if (sorting !== null) {
      shown.sort((one, other) => {
        const held = heldOrder === null ? 0 : compareHeld(one.item.id, other.item.id, heldOrder)
        return held === 0 ? compareRows(one, other, sorting) : held
      })
    }
    shown.forEach((one, index) => {
      rows.push({ ...one, level, position: index + 1, setSize: siblings.length, parentId })
      if (one.isExpanded) walk(one.item.children, level + 1, one.item.id)
    })
  }
  walk(items, 1, null)
  return rows
}

/** 0 only for two rows that are both new. */
function compareHeld(one: string, other: string, order: RowOrder): number {
  const a = order.get(one) ?? Number.POSITIVE_INFINITY
  const b = order.get(other) ?? Number.POSITIVE_INFINITY
  return a === b ? 0 : a - b
}

/** The order in which rows stand now. */
export function orderOf(rows: readonly VisibleRow[]): RowOrder {
  return new Map(rows.map((row, index) => [row.item.id, index]))
}
