/** Rows that are drawn, by index: from `first` up to but not including `end`. */
export interface RowSpan {
  readonly first: number
  readonly end: number
}

export interface SpanLimits {
  /** Up to this many rows there is nothing to leave out. */
  readonly most: number
  /** Rows beyond the edges, so that scrolling shows no gap before the next drawing. */
  readonly spare: number
}

/** What is drawn: up to here every row, so that a reader and the browser's own search find them all. */
export const drawnRows: SpanLimits = { most: 160, spare: 20 }
/** What is drawn anew with each sample. */
export const liveRows: SpanLimits = { most: 12, spare: 4 }

/**
 * Which rows to draw. `topPx` is how far the first row lies above the upper edge of the view; `heightPx` is that of the
 * view; `rowPx` that of a row, 0 while it is not known.
 */
export function rowSpan(
  { most, spare }: SpanLimits,
  count: number,
  topPx: number,
  heightPx: number,
  rowPx: number,
): RowSpan {
  if (count <= most) return { first: 0, end: count }
  if (rowPx <= 0) return { first: 0, end: Math.min(count, most) }
  const first = Math.floor(topPx / rowPx) - spare
  const end = Math.ceil((topPx + heightPx) / rowPx) + spare
  return { first: Math.max(0, Math.min(first, count)), end: Math.max(0, Math.min(end, count)) }
}
