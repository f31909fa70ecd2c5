import type { Layer, Layout } from '../../windowed/wire.ts'
import { tell } from './bridge.ts'
import type { FromWorker, ToWorker } from './frames.worker.ts'

interface Surface {
  readonly element: HTMLElement
  readonly canvas: HTMLCanvasElement
  layer: Layer
}

/** The views of the window: an element each, stacked as the layout says, painted by the worker. */
export class Layers {
  readonly #root: HTMLElement
  readonly #worker: Worker
  readonly #surfaces = new Map<number, Surface>()
  readonly #panes: HTMLElement[] = []

  constructor(root: HTMLElement) {
    this.#root = root
    this.#worker = new Worker(new URL('./frames.worker.ts', import.meta.url), { type: 'module' })
    this.#worker.onmessage = (event: MessageEvent<FromWorker>) => this.#fromWorker(event.data)
  }

  /** Begins to take frames from there. */
  start(framesUrl: string): void {
    this.#toWorker({ kind: 'start', url: framesUrl })
  }

  apply(layout: Layout): void {
    document.documentElement.style.background = layout.background
    const shown = new Set<number>()
    for (const pane of this.#panes.splice(0)) pane.remove()
    for (const [order, layer] of layout.layers.entries()) {
      const element = layer.viewId === null ? this.#pane() : this.#surface(layer.viewId, layer).element
      if (layer.viewId !== null) shown.add(layer.viewId)
      place(element, layer, order)
    }
    for (const [viewId, surface] of this.#surfaces) {
      if (shown.has(viewId)) continue
      surface.element.remove()
      this.#surfaces.delete(viewId)
      this.#toWorker({ kind: 'forget', viewId })
    }
  }

  /** The view that an event's target belongs to, or null. */
  viewAt(target: EventTarget | null): Layer | null {
    if (!(target instanceof Element)) return null
    const viewId = target.closest('[data-view]')?.getAttribute('data-view')
    return viewId ? this.layer(Number(viewId)) : null
  }

  layer(viewId: number): Layer | null {
    return this.#surfaces.get(viewId)?.layer ?? null
  }

  hover(viewId: number, cursor: string, tooltip: string): void {
    const element = this.#surfaces.get(viewId)?.element
    if (!element) return
    element.style.cursor = cursor
    if (tooltip === '') element.removeAttribute('title')
    else element.title = tooltip
  }

  #surface(viewId: number, layer: Layer): Surface {
    const known = this.#surfaces.get(viewId)
    if (known) {
      known.layer = layer
      return known
    }
    const element = document.createElement('div')
    element.className = 'layer'
    element.dataset.view = String(viewId)
    const canvas = document.createElement('canvas')
    canvas.width = 1
    canvas.height = 1
    element.append(canvas)
    this.#root.append(element)
    const offscreen = canvas.transferControlToOffscreen()
    this.#toWorker({ kind: 'canvas', viewId, canvas: offscreen }, [offscreen])
    const surface = { element, canvas, layer }
    this.#surfaces.set(viewId, surface)
    return surface
  }

  #pane(): HTMLElement {
    const element = document.createElement('div')
    element.className = 'layer'
    this.#root.append(element)
    this.#panes.push(element)
    return element
  }

  #fromWorker(message: FromWorker): void {
    switch (message.kind) {
      case 'painted': {
        const canvas = this.#surfaces.get(message.viewId)?.canvas
        // A frame is shown in its own size: one that is older than the view's bounds is never stretched.
        if (canvas && message.width > 0) {
          setStyle(canvas, 'width', `${message.width}px`)
          setStyle(canvas, 'height', `${message.height}px`)
        }
        tell({ kind: 'painted', viewId: message.viewId, sequence: message.sequence })
        return
      }
      case 'ended':
        return
    }
  }

  #toWorker(message: ToWorker, transfer: Transferable[] = []): void {
    this.#worker.postMessage(message, transfer)
  }
}

function place(element: HTMLElement, layer: Layer, order: number): void {
  setStyle(element, 'left', `${layer.box.x}px`)
  setStyle(element, 'top', `${layer.box.y}px`)
  setStyle(element, 'width', `${layer.box.width}px`)
  setStyle(element, 'height', `${layer.box.height}px`)
  setStyle(element, 'zIndex', String(order))
  setStyle(element, 'background', layer.background)
  setStyle(element, 'borderRadius', layer.borderRadius > 0 ? `${layer.borderRadius}px` : '')
}

/** Writing a style that did not change would still cost a style recalculation. */
function setStyle(
  element: HTMLElement,
  name: 'left' | 'top' | 'width' | 'height' | 'zIndex' | 'background' | 'borderRadius',
  value: string,
): void {
  if (element.style[name] !== value) element.style[name] = value
}
