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
  const first = Math.floor(Math.max(0, scrollTop) / rowHeight)
  const seen = Math.ceil(height / rowHeight) + 1
  return {
    from: Math.max(0, Math.min(first, count) - spareRows),
    to: Math.min(count, first + seen + spareRows),
  }
}

/** Where to scroll so that a row is seen whole; as little as needed. */
export function scrolledTo(index: number, scrollTop: number, height: number): number {
  const top = index * rowHeight
  if (top < scrollTop) return top
  return Math.max(scrollTop, top + rowHeight - height)
}
