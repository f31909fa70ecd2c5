import type { Area } from '../../contracts/browser.ts'

export interface Box {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** Less of a page than this is of no use; it is hidden instead. */
const leastHeight = 80
/** Between a popup and the page, so that the edge and the shadow of the popup are seen. */
const popupGap = 6

/**
 * Where a page can be shown on its plate. The page is a view of its own above the UI, so that nothing the UI draws can
 * lie over it: popups hang from the toolbar, and the page starts below them. Null when too little would be left.
 */
export function visibleArea(plate: Box, covers: readonly Box[]): Area | null {
  const overlapping = covers.filter(
    cover =>
      cover.left < plate.right &&
      cover.right > plate.left &&
      cover.top < plate.bottom &&
      cover.bottom > plate.top,
  )
  const x = Math.max(0, Math.round(plate.left))
  const y = Math.max(0, Math.round(Math.max(plate.top, ...overlapping.map(cover => cover.bottom + popupGap))))
  const width = Math.round(plate.right) - x
  const height = Math.round(plate.bottom) - y
  if (width <= 0 || height < leastHeight) return null
  return { x, y, width, height }
}

export function isSameArea(one: Area | null | undefined, other: Area | null): boolean {
  if (one === undefined) return false
  if (one === null || other === null) return one === other
  return one.x === other.x && one.y === other.y && one.width === other.width && one.height === other.height
}
