/** Position that receives the focus after a key, or null when the key does not move it. Wraps around. */
export function focusAfterKey(key: string, position: number, count: number): number | null {
  if (count === 0) return null
  switch (key) {
    case 'ArrowRight':
      return (position + 1) % count
    case 'ArrowLeft':
      return (position - 1 + count) % count
    case 'Home':
      return 0
    case 'End':
      return count - 1
    default:
      return null
  }
}

/** Where a dragged tab ends up when it is let go on one side of another; null when it stays where it is. */
export function dropPosition(from: number, over: number, side: 'before' | 'after'): number | null {
  if (from < 0) return null
  const gap = side === 'before' ? over : over + 1
  const target = gap > from ? gap - 1 : gap
  return target === from ? null : target
}
