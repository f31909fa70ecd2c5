/** Height of a row in CSS pixels; the stylesheet says the same. */
export const rowHeight = 28
/** Rows that are drawn above and below what is seen, so that quick scrolling shows no gaps. */
const spareRows = 8

/** Which rows are drawn, `to` not among them. */
export interface RowWindow {
  readonly from: number
  readonly to: number
}

export function rowWindow(scrollTop: number, height: number, count: number): RowWindow {
  const { from, to } = seenRows(scrollTop, height, count)
  return { from: Math.max(0, from - spareRows), to: Math.min(count, to + spareRows) }
}

/** Which of them are seen, at least in part. */
export function seenRows(scrollTop: number, height: number, count: number): RowWindow {
  const first = Math.min(count, Math.floor(Math.max(0, scrollTop) / rowHeight))
  return { from: first, to: Math.min(count, first + Math.ceil(height / rowHeight) + 1) }
}

/** Where to scroll so that a row is seen whole; as little as needed. */
export function scrolledTo(index: number, scrollTop: number, height: number): number {
  const top = index * rowHeight
  if (top < scrollTop) return top
  return Math.max(scrollTop, top + rowHeight - height)
}
