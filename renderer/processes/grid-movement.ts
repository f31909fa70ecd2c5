/** Where the focus is: a row, or one of its cells when `cell` is not null. */
export interface GridFocus {
  readonly rowId: string
  readonly cell: number | null
}

/** What the movement needs to know of a row. */
export interface GridRow {
  readonly item: { readonly id: string }
  readonly parentId: string | null
  /** Null for a row without children. */
  readonly isExpanded: boolean | null
}

export type GridMove =
  | { readonly kind: 'focus'; readonly focus: GridFocus }
  | { readonly kind: 'open'; readonly rowId: string }
  | { readonly kind: 'close'; readonly rowId: string }

export interface GridKey {
  readonly key: string
  readonly ctrlKey: boolean
}

/** Rows that PageUp and PageDown pass. */
const pageRows = 10

/**
 * What a key does in the tree grid: up and down go along the rows, right opens a row or goes to its first child, left
 * closes it or goes to its parent, Ctrl+right and Ctrl+left go along the cells. Null when the key does nothing here.
 */
export function gridMove(
  press: GridKey,
  focus: GridFocus,
  rows: readonly GridRow[],
  cellCount: number,
): GridMove | null {
  const index = rows.findIndex(row => row.item.id === focus.rowId)
  const row = rows[index]
  if (row === undefined) {
    const first = rows[0]
    return first === undefined ? null : toRow(first, null)
  }
  if (press.ctrlKey && (press.key === 'ArrowRight' || press.key === 'ArrowLeft')) {
    return { kind: 'focus', focus: { rowId: focus.rowId, cell: nextCell(press.key, focus.cell, cellCount) } }
  }
  switch (press.key) {
    case 'ArrowDown':
      return toRow(rows[Math.min(index + 1, rows.length - 1)], focus.cell)
    case 'ArrowUp':
      return toRow(rows[Math.max(index - 1, 0)], focus.cell)
    case 'PageDown':
      return toRow(rows[Math.min(index + pageRows, rows.length - 1)], focus.cell)
    case 'PageUp':
      return toRow(rows[Math.max(index - pageRows, 0)], focus.cell)
    case 'Home':
      return toRow(rows[0], focus.cell)
    case 'End':
      return toRow(rows.at(-1), focus.cell)
    case 'ArrowRight':
      if (row.isExpanded === false) return { kind: 'open', rowId: focus.rowId }
      return row.isExpanded === true ? toRow(rows[index + 1], null) : null
    case 'ArrowLeft':
      if (row.isExpanded === true) return { kind: 'close', rowId: focus.rowId }
      return toRow(
        rows.find(candidate => candidate.item.id === row.parentId),
        null,
      )
    default:
      return null
  }
}

function toRow(row: GridRow | undefined, cell: number | null): GridMove | null {
  return row === undefined ? null : { kind: 'focus', focus: { rowId: row.item.id, cell } }
}

/** Leaving the first cell to the left gives the focus back to the row. */
function nextCell(key: string, cell: number | null, count: number): number | null {
  if (key === 'ArrowRight') return cell === null ? 0 : Math.min(cell + 1, count - 1)
  return cell === null || cell === 0 ? null : cell - 1
}
