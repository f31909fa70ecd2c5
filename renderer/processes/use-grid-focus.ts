import { type RefObject, useLayoutEffect, useRef, useState } from 'react'
import type { GridFocus } from './grid-movement.ts'

export interface GridFocusState {
  /** Goes on the grid's element. Rows carry `data-row`, cells `data-cell`. */
  readonly grid: RefObject<HTMLDivElement | null>
  /** Which row or cell Tab reaches; null where there is no row. */
  readonly current: GridFocus | null
  readonly selectedId: string | null
  /** Remembers where the focus is. */
  note(focus: GridFocus): void
  /** Brings the focus there once it is drawn. */
  move(focus: GridFocus): void
}

/**
 * The one row or cell of a grid that has the focus, across samples in which rows come and go. `takeFocus` is asked once,
 * when there is something to go to.
 */
export function useGridFocus(
  hasRow: (id: string) => boolean,
  defaultRowId: string | null,
  takeFocus: () => boolean,
): GridFocusState {
  const [focus, setFocus] = useState<GridFocus | null>(null)
  const mustFocus = useRef(false)
  const hasAsked = useRef(false)
  const grid = useRef<HTMLDivElement>(null)
  const selectedId = focus !== null && hasRow(focus.rowId) ? focus.rowId : defaultRowId
  const current: GridFocus | null =
    selectedId === null ? null : { rowId: selectedId, cell: focus?.rowId === selectedId ? focus.cell : null }

  useLayoutEffect(() => {
    if (!hasAsked.current) {
      hasAsked.current = true
      mustFocus.current ||= takeFocus()
    }
    if (!mustFocus.current || current === null) return
    mustFocus.current = false
    const row = grid.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(current.rowId)}"]`)
    const target =
      current.cell === null ? row : row?.querySelector<HTMLElement>(`[data-cell="${current.cell}"]`)
    target?.focus()
    row?.scrollIntoView({ block: 'nearest' })
  })

  return {
    grid,
    current,
    selectedId,
    note: setFocus,
    move: next => {
      mustFocus.current = true
      setFocus(next)
    },
  }
}
