import { useCallback, useLayoutEffect, useRef, useState } from 'react'
import type { TreeItem } from './process-tree.ts'
import type { Sorting } from './sorting.ts'
import { orderOf, type RowOrder, type VisibleRow, visibleRows } from './visible-rows.ts'

export interface HeldOrder {
  readonly rows: readonly VisibleRow[]
  /** Whether rows would stand elsewhere if they were sorted now. */
  readonly isStale: boolean
  /** The pointer came over the grid or left it. */
  point(isOver: boolean): void
  /** A row got the focus, or the focus left the rows. */
  focus(isWithin: boolean): void
  /** Sorts once more, held or not. The same function for as long as the grid stands. */
  sortAgain(): void
}

interface HeldRows {
  readonly order: RowOrder
  readonly sorting: Sorting
  readonly askedCount: number
  readonly isHeld: boolean
  /** With which they were drawn last. */
  readonly items: readonly TreeItem[]
  /** Since they were sorted. */
  readonly samples: number
}

/** So many samples an order lasts. */
const samplesHeld = 3

function samplesSince({ items, samples }: HeldRows, now: readonly TreeItem[]): number {
  return items === now ? samples : samples + 1
}

/**
 * Rows that are sorted by a changing value, and yet stand still while somebody looks.
 *
 * They are sorted anew with every third sample only: rows that change places each second cannot be read, and moving them
 * is what costs most. While the pointer is over the grid or one of its rows has the focus, every row keeps its place: a
 * row that was aimed at is still there when it is pressed. Rows that come then follow the others, and those that go leave
 * no gap. The rows are sorted anew at once when both pointer and focus have left, when a row comes while neither is there,
 * when another sorting is chosen, and when the person asks (`sortAgain`, the R key).
 */
export function useHeldOrder(
  items: readonly TreeItem[],
  sorting: Sorting,
  closedIds: ReadonlySet<string>,
): HeldOrder {
  const [isPointed, setIsPointed] = useState(false)
  const [isFocused, setIsFocused] = useState(false)
  const [askedCount, setAskedCount] = useState(0)
  const held = useRef<HeldRows | null>(null)
  const isHeld = sorting !== null && (isPointed || isFocused)

  const sorted = visibleRows(items, { sorting, closedIds, heldOrder: null })
  // what was held for another sorting, or before the person asked, holds no more
  const known = held.current
  const isOfNow = known !== null && known.sorting === sorting && known.askedCount === askedCount
  const isFresh =
    isOfNow &&
    !known.isHeld &&
    samplesSince(known, items) < samplesHeld &&
    sorted.every(row => known.order.has(row.item.id))
  const heldOrder = isOfNow && (isHeld || isFresh) ? known.order : null
  const rows = heldOrder === null ? sorted : visibleRows(items, { sorting, closedIds, heldOrder })
  useLayoutEffect(() => {
    const samples = heldOrder === null || known === null ? 0 : samplesSince(known, items)
    held.current = { order: orderOf(rows), sorting, askedCount, isHeld, items, samples }
  })

  const sortAgain = useCallback(() => setAskedCount(count => count + 1), [])
  return {
    rows,
    isStale: isHeld && rows !== sorted && rows.some((row, index) => row.item.id !== sorted[index]?.item.id),
    point: setIsPointed,
    focus: setIsFocused,
    sortAgain,
  }
}
