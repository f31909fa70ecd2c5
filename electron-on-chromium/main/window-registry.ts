import type { BaseWindow } from './base-window.ts'
import type { Face } from './face.ts'

const windows = new Map<number, BaseWindow>()
let lastId = 0
let face: Face | null = null
let focused: BaseWindow | null = null

export interface WindowListener {
  created(window: BaseWindow): void
  focused(window: BaseWindow): void
  blurred(window: BaseWindow): void
  allClosed(): void
}

let listener: WindowListener | null = null

/** Every window that lives, and which of them has the focus. */
export const windowRegistry = {
  nextId: (): number => ++lastId,
  setFace(newFace: Face): void {
    face = newFace
  },
  face(): Face {
    if (!face) throw new Error('Cannot create BaseWindow before app is ready')
    return face
  },
  listen(newListener: WindowListener): void {
    listener = newListener
  },
  add(window: BaseWindow): void {
    windows.set(window.id, window)
    listener?.created(window)
  },
  remove(window: BaseWindow): void {
    if (!windows.delete(window.id)) return
    if (focused === window) focused = null
    if (windows.size === 0) listener?.allClosed()
  },
  fromId: (id: number): BaseWindow | null => windows.get(id) ?? null,
  all: (): BaseWindow[] => [...windows.values()],
  focusedWindow: (): BaseWindow | null => focused,
  /** Gives the focus to a window, or to none, and tells everybody concerned. */
  focus(window: BaseWindow | null): void {
    if (focused === window) return
    const before = focused
    focused = window
    if (before && !before.isDestroyed()) {
      before.emit('blur', { preventDefault: () => {}, defaultPrevented: false })
      listener?.blurred(before)
    }
    if (!window) return
    window.emit('focus', { preventDefault: () => {}, defaultPrevented: false })
    listener?.focused(window)
  },
}
