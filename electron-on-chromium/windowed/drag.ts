import type { DevToolsSession, Protocol } from '../chromium/devtools.ts'
import type { Modifiers } from './wire.ts'

interface Point {
  readonly x: number
  readonly y: number
}

/**
 * Dragging within one view: text, links, pictures and whatever a page makes draggable. Chromium hands over
 * what is dragged instead of asking a desktop that is not there, and is told where it goes.
 */
export class ViewDrag implements Disposable {
  readonly #session: DevToolsSession
  readonly #intercepted: Disposable
  #data: Protocol.Input.DragData | null = null
  #hasEntered = false

  constructor(session: DevToolsSession) {
    this.#session = session
    this.#intercepted = session.on('Input.dragIntercepted', event => {
      this.#data = event.data
      this.#hasEntered = false
    })
    session.send('Input.setInterceptDrags', { enabled: true }).catch(() => {})
  }

  get isUnderWay(): boolean {
    return this.#data !== null
  }

  async move(point: Point, modifiers: Modifiers): Promise<void> {
    const type = this.#hasEntered ? 'dragOver' : 'dragEnter'
    this.#hasEntered = true
    await this.#send(type, point, modifiers)
  }

  async drop(point: Point, modifiers: Modifiers): Promise<void> {
    if (!this.#hasEntered) await this.move(point, modifiers)
    // The page allows or forbids the drop where it was last dragged over.
    await this.#send('dragOver', point, modifiers)
    await this.#send('drop', point, modifiers)
    this.#data = null
  }

  async cancel(): Promise<void> {
    await this.#send('dragCancel', { x: 0, y: 0 }, 0)
    this.#data = null
  }

  [Symbol.dispose](): void {
    this.#intercepted[Symbol.dispose]()
    this.#session.send('Input.setInterceptDrags', { enabled: false }).catch(() => {})
  }

  async #send(
    type: Protocol.Input.DispatchDragEventRequest['type'],
    { x, y }: Point,
    modifiers: Modifiers,
  ): Promise<void> {
    const data = this.#data
    if (!data) return
    try {
      await this.#session.send('Input.dispatchDragEvent', { type, x, y, data, modifiers })
    } catch {
      // The page is going away, and what was dragged with it.
      this.#data = null
    }
  }
}
