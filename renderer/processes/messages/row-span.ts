/** Rows that are drawn, by index: from `first` up to but not including `end`. */
export interface RowSpan {
  readonly first: number
  readonly end: number
}

/** Up to here every row is drawn, so that a reader and the browser's own search find them all. */
const mostDrawnRows = 160
/** Rows beyond the edges, so that scrolling shows no gap before the next drawing. */
const spareRows = 20

/**
 * Which rows to draw. `topPx` is how far the first row lies above the upper edge of the view; `heightPx` is that of the
 * view; `rowPx` that of a row, 0 while it is not known.
 */
export function rowSpan(count: number, topPx: number, heightPx: number, rowPx: number): RowSpan {
  if (count <= mostDrawnRows) return { first: 0, end: count }
  if (rowPx <= 0) return { first: 0, end: Math.min(count, mostDrawnRows) }
  const first = Math.floor(topPx / rowPx) - spareRows
  const end = Math.ceil((topPx + heightPx) / rowPx) + spareRows
  return { first: Math.max(0, Math.min(first, count)), end: Math.max(0, Math.min(end, count)) }
}
