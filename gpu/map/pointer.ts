import type { Point } from './map-camera.ts'

/** What the pointer does on the map; places are in the view. */
export interface PointerActions {
  zoom(factor: number, at: Point): void
  pan(byX: number, byY: number): void
  hover(at: Point): void
  press(at: Point): void
}

/** So far a press may waver before it pulls the map, in pixels. */
const slack = 4

/** The wheel zooms, pulling moves, and a press that does not move is a press. The strip with the field is not the map. */
export function listenToPointer(surface: HTMLElement, actions: PointerActions): void {
  let held: Point | null = null
  let hasMoved = false
  const isOnMap = (event: Event): boolean =>
    event.target instanceof Element && event.target.closest('.bar') === null
  surface.addEventListener(
    'wheel',
    event => {
      if (!isOnMap(event)) return
      event.preventDefault()
      actions.zoom(Math.exp(-event.deltaY / 400), placeOf(event))
    },
    { passive: false },
  )
  surface.addEventListener('pointerdown', event => {
    if (!isOnMap(event) || event.button !== 0) return
    held = placeOf(event)
    hasMoved = false
    surface.setPointerCapture(event.pointerId)
  })
  surface.addEventListener('pointermove', event => {
    const at = placeOf(event)
    if (held === null) {
      actions.hover(at)
      return
    }
    const [byX, byY] = [at.x - held.x, at.y - held.y]
    if (!hasMoved && Math.hypot(byX, byY) < slack) return
    hasMoved = true
    held = at
    actions.pan(byX, byY)
  })
  surface.addEventListener('pointerup', event => {
    const isPress = held !== null && !hasMoved
    held = null
    if (isPress) actions.press(placeOf(event))
  })
  surface.addEventListener('pointercancel', () => {
    held = null
  })
}

function placeOf(event: MouseEvent): Point {
  return { x: event.clientX, y: event.clientY }
}
