interface Size {
  readonly width: number
  readonly height: number
}

/**
 * How many pixels of the window one CSS pixel of the page takes, from the view's bounds and the page's size
 * as a frame tells it. A frame from before the bounds changed fits them in neither direction, and tells
 * nothing: null. Pure.
 */
export function zoomOf(bounds: Size, page: Size): number | null {
  if (page.width <= 0 || page.height <= 0 || bounds.width <= 0 || bounds.height <= 0) return null
  const zoom = bounds.width / page.width
  // The page's size is rounded to whole pixels, each of which is worth `zoom`.
  return Math.abs(page.height * zoom - bounds.height) <= zoom + 1 ? zoom : null
}
