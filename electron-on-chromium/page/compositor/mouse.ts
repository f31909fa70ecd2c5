import type { MouseMessage } from '../../windowed/wire.ts'
import { tell } from './bridge.ts'
import type { Layers } from './layers.ts'
import { modifiersOf } from './modifiers.ts'

/** Forwards the mouse to the view under it, or to the one where a button went down until it is released. */
export function forwardMouse(layers: Layers): void {
  let hoveredViewId: number | null = null
  let pressedViewId: number | null = null

  const send = (viewId: number, type: MouseMessage['type'], event: MouseEvent): void => {
    const layer = layers.layer(viewId)
    if (!layer) return
    tell({
      kind: 'mouse',
      viewId,
      type,
      x: event.clientX - layer.box.x,
      y: event.clientY - layer.box.y,
      button: type === 'down' || type === 'up' ? event.button : -1,
      buttons: event.buttons,
      clickCount: type === 'down' || type === 'up' ? event.detail : 0,
      modifiers: modifiersOf(event),
    })
  }

  const hover = (viewId: number | null, event: MouseEvent): void => {
    if (hoveredViewId !== null && hoveredViewId !== viewId) send(hoveredViewId, 'leave', event)
    hoveredViewId = viewId
  }

  const moved = (event: MouseEvent): void => {
    // A release that happened where we could not see it ends the press.
    if (event.buttons === 0) pressedViewId = null
    const viewId = pressedViewId ?? layers.viewAt(event.target)?.viewId ?? null
    hover(viewId, event)
    if (viewId !== null) send(viewId, 'move', event)
  }

  const pressed = (event: MouseEvent): void => {
    event.preventDefault()
    const viewId = pressedViewId ?? layers.viewAt(event.target)?.viewId ?? null
    if (viewId === null) return
    pressedViewId = viewId
    hover(viewId, event)
    send(viewId, 'down', event)
  }

  const released = (event: MouseEvent): void => {
    event.preventDefault()
    const viewId = pressedViewId ?? layers.viewAt(event.target)?.viewId ?? null
    if (event.buttons === 0) pressedViewId = null
    if (viewId !== null) send(viewId, 'up', event)
  }

  const turned = (event: WheelEvent): void => {
    event.preventDefault()
    const layer = layers.viewAt(event.target)
    if (layer?.viewId == null) return
    const { deltaX, deltaY } = inPixels(event, layer.box)
    tell({
      kind: 'wheel',
      viewId: layer.viewId,
      x: event.clientX - layer.box.x,
      y: event.clientY - layer.box.y,
      deltaX,
      deltaY,
      modifiers: modifiersOf(event),
    })
  }

  document.addEventListener('mousemove', moved)
  document.addEventListener('mousedown', pressed)
  document.addEventListener('mouseup', released)
  document.addEventListener('wheel', turned, { passive: false })
  document.documentElement.addEventListener('mouseleave', event => {
    if (pressedViewId === null) hover(null, event)
  })
  // What Chromium would do of itself with what is the view's to answer.
  for (const type of ['contextmenu', 'dragstart', 'auxclick', 'click'])
    document.addEventListener(type, event => event.preventDefault())
}

function inPixels(
  event: WheelEvent,
  page: { readonly width: number; readonly height: number },
): { deltaX: number; deltaY: number } {
  const linePx = 40
  switch (event.deltaMode) {
    case WheelEvent.DOM_DELTA_LINE:
      return { deltaX: event.deltaX * linePx, deltaY: event.deltaY * linePx }
    case WheelEvent.DOM_DELTA_PAGE:
      return { deltaX: event.deltaX * page.width, deltaY: event.deltaY * page.height }
    default:
      return { deltaX: event.deltaX, deltaY: event.deltaY }
  }
}
