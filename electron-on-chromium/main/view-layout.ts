import type { FacePane, FaceView, Rectangle } from './face.ts'
import { type View, WebContentsView } from './view.ts'

export interface LaidOutView {
  readonly view: WebContentsView
  readonly bounds: Rectangle
  readonly isVisible: boolean
  readonly zIndex: number
}

export interface Layout {
  readonly views: readonly LaidOutView[]
  readonly panes: readonly FacePane[]
}

/** Flattens a tree of views: where each page stands in the window, and what lies above what. */
export function layOut(root: View): Layout {
  const views: LaidOutView[] = []
  const panes: FacePane[] = []
  let zIndex = 0
  const visit = (view: View, left: number, top: number, isShown: boolean): void => {
    const { x, y, width, height } = view.getBounds()
    const bounds = { x: left + x, y: top + y, width, height }
    const isVisible = isShown && view.getVisible()
    if (view instanceof WebContentsView) views.push({ view, bounds, isVisible, zIndex: zIndex++ })
    else if (isVisible && view.backgroundColor !== null)
      panes.push({
        bounds,
        zIndex: zIndex++,
        backgroundColor: view.backgroundColor,
        borderRadius: view.borderRadius,
      })
    for (const child of view.children) visit(child, bounds.x, bounds.y, isVisible)
  }
  visit(root, 0, 0, true)
  return { views, panes }
}

/** What a face is told: only pages that exist. */
export function faceViews(views: readonly LaidOutView[]): FaceView[] {
  return views.flatMap(({ view, bounds, isVisible, zIndex }): FaceView[] => {
    const session = view.webContents.pageSession
    if (!session || view.webContents.isDestroyed()) return []
    return [
      {
        viewId: view.webContents.id,
        session,
        bounds,
        isVisible,
        zIndex,
        backgroundColor: view.backgroundColor,
        borderRadius: view.borderRadius,
      },
    ]
  })
}
