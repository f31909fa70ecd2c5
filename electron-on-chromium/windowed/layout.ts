import type { FacePane, FaceView } from '../main/face.ts'
import { cssColor, rgbaOf } from './color.ts'
import type { Layer, Layout } from './wire.ts'

/** What the compositor page draws, from back to front. Pure. */
export function layoutOf(background: string, views: readonly FaceView[], panes: readonly FacePane[]): Layout {
  const layers = [
    ...views.filter(isShown).map(view => ({
      zIndex: view.zIndex,
      layer: {
        viewId: view.viewId,
        box: view.bounds,
        background: cssColor(view.backgroundColor ?? '#FFFFFF'),
        borderRadius: view.borderRadius,
      },
    })),
    ...panes.map(pane => ({
      zIndex: pane.zIndex,
      layer: {
        viewId: null,
        box: pane.bounds,
        background: cssColor(pane.backgroundColor),
        borderRadius: pane.borderRadius,
      },
    })),
  ] satisfies { zIndex: number; layer: Layer }[]
  layers.sort((a, b) => a.zIndex - b.zIndex)
  return { background: cssColor(background), layers: layers.map(each => each.layer) }
}

/** A view is drawn only when something of it can be seen. */
export function isShown(view: FaceView): boolean {
  return view.isVisible && view.bounds.width > 0 && view.bounds.height > 0
}

/**
 * The views that are entirely behind an opaque one in front of them, or outside the window: they need no
 * frames. Rounded corners and see-through backgrounds cover nothing.
 */
export function coveredViews(
  views: readonly FaceView[],
  window: { readonly width: number; readonly height: number },
): ReadonlySet<number> {
  const shown = views.filter(isShown)
  const isOutside = ({ bounds }: FaceView): boolean =>
    bounds.x >= window.width ||
    bounds.y >= window.height ||
    bounds.x + bounds.width <= 0 ||
    bounds.y + bounds.height <= 0
  const isBehind = (view: FaceView): boolean =>
    shown.some(front => front.zIndex > view.zIndex && isOpaque(front) && contains(front, view))
  return new Set(shown.filter(view => isOutside(view) || isBehind(view)).map(view => view.viewId))
}

function isOpaque(view: FaceView): boolean {
  if (view.borderRadius > 0) return false
  return rgbaOf(view.backgroundColor ?? 'white').a === 1
}

function contains({ bounds: outer }: FaceView, { bounds: inner }: FaceView): boolean {
  return (
    outer.x <= inner.x &&
    outer.y <= inner.y &&
    outer.x + outer.width >= inner.x + inner.width &&
    outer.y + outer.height >= inner.y + inner.height
  )
}
