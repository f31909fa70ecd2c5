import type { DevToolsSession, Protocol } from '../chromium/devtools.ts'
import { ViewDrag } from './drag.ts'
import type { KeyMessage, MouseMessage, WheelMessage } from './wire.ts'

type MouseEvent = Protocol.Input.DispatchMouseEventRequest
type KeyEvent = Protocol.Input.DispatchKeyEventRequest
type MouseButton = Protocol.Input.MouseButton

const buttonNames: readonly MouseButton[] = ['left', 'middle', 'right', 'back', 'forward']

/** Where a pointer is that has left the view: outside, so that nothing is hovered. */
const outside = { x: -16, y: -16 }

/** What DevTools is told of the mouse; `zoom` is the view's. Pure. */
export function mouseEventOf(message: MouseMessage, zoom: number): MouseEvent {
  const isButton = message.type === 'down' || message.type === 'up'
  const types = {
    move: 'mouseMoved',
    leave: 'mouseMoved',
    down: 'mousePressed',
    up: 'mouseReleased',
  } as const
  return {
    type: types[message.type],
    ...(message.type === 'leave' ? outside : { x: message.x / zoom, y: message.y / zoom }),
    modifiers: message.modifiers,
    button: isButton ? (buttonNames[message.button] ?? 'none') : heldButton(message.buttons),
    buttons: message.buttons,
    clickCount: message.clickCount,
  }
}

/** While dragging, moves name the button held. */
function heldButton(buttons: number): MouseButton {
  if (buttons & 1) return 'left'
  if (buttons & 2) return 'right'
  if (buttons & 4) return 'middle'
  return 'none'
}

/** What DevTools is told of the wheel. Pure. */
export function wheelEventOf(message: WheelMessage, zoom: number): MouseEvent {
  return {
    type: 'mouseWheel',
    x: message.x / zoom,
    y: message.y / zoom,
    deltaX: message.deltaX,
    deltaY: message.deltaY,
    modifiers: message.modifiers,
  }
}

const alt = 1
const control = 2
const meta = 4

/** What DevTools is told of a key. Pure. */
export function keyEventOf(message: KeyMessage): KeyEvent {
  const text = message.type === 'down' ? textOf(message) : ''
  return {
    type: message.type === 'up' ? 'keyUp' : text === '' ? 'rawKeyDown' : 'keyDown',
    modifiers: message.modifiers,
    key: message.key,
    code: message.code,
    windowsVirtualKeyCode: message.keyCode,
    autoRepeat: message.isAutoRepeat,
    isKeypad: message.location === 3,
    // DevTools knows left (1) and right (2) only.
    ...(message.location === 1 || message.location === 2 ? { location: message.location } : {}),
    ...(text === '' ? {} : { text, unmodifiedText: text }),
  }
}

/** The text that a key types: none while control, alt or meta turn it into a command. */
function textOf(message: KeyMessage): string {
  if (message.key === 'Enter') return '\r'
  const isCharacter = [...message.key].length === 1
  if (!isCharacter) return ''
  // AltGr is told as control and alt together, and types.
  const commands = message.modifiers & (alt | control | meta)
  return commands === 0 || commands === (alt | control) ? message.key : ''
}

/**
 * The way of the person's input into one view. Everything arrives in the order it happened; moves and wheel
 * turns that come faster than the page answers are drawn together, as a browser does.
 */
export class ViewInput implements Disposable {
  /** How many pixels of the window a CSS pixel of the page takes. */
  zoom = 1
  readonly #session: DevToolsSession
  readonly #drag: ViewDrag
  #isMoveUnderWay = false
  #nextMove: MouseEvent | null = null
  #isWheelUnderWay = false
  #nextWheel: MouseEvent | null = null

  constructor(session: DevToolsSession) {
    this.#session = session
    this.#drag = new ViewDrag(session)
  }

  [Symbol.dispose](): void {
    this.#drag[Symbol.dispose]()
  }

  mouse(message: MouseMessage): void {
    const event = mouseEventOf(message, this.zoom)
    if (event.type === 'mouseMoved') {
      if (this.#isMoveUnderWay) this.#nextMove = event
      else this.#move(event)
      return
    }
    this.#flushMove()
    if (event.type === 'mouseReleased' && this.#drag.isUnderWay) void this.#drop(event)
    else void this.#send(event)
  }

  wheel(message: WheelMessage): void {
    this.#flushMove()
    const event = wheelEventOf(message, this.zoom)
    if (!this.#isWheelUnderWay) {
      this.#turn(event)
      return
    }
    const before = this.#nextWheel
    this.#nextWheel = {
      ...event,
      deltaX: (before?.deltaX ?? 0) + (event.deltaX ?? 0),
      deltaY: (before?.deltaY ?? 0) + (event.deltaY ?? 0),
    }
  }

  key(message: KeyMessage): void {
    if (this.#drag.isUnderWay && message.key === 'Escape') {
      void this.#drag.cancel()
      return
    }
    this.#session.send('Input.dispatchKeyEvent', keyEventOf(message)).catch(() => {})
  }

  text(text: string): void {
    this.#session.send('Input.insertText', { text }).catch(() => {})
  }

  composition(text: string, caret: number): void {
    this.#session
      .send('Input.imeSetComposition', { text, selectionStart: caret, selectionEnd: caret })
      .catch(() => {})
  }

  #move(event: MouseEvent): void {
    this.#isMoveUnderWay = true
    void this.#send(event).finally(() => {
      this.#isMoveUnderWay = false
      const next = this.#nextMove
      this.#nextMove = null
      if (next) this.#move(next)
    })
  }

  /** The page must see the pointer where a button goes down before it does. */
  #flushMove(): void {
    const next = this.#nextMove
    this.#nextMove = null
    if (next) void this.#send(next)
  }

  #turn(event: MouseEvent): void {
    this.#isWheelUnderWay = true
    void this.#send(event).finally(() => {
      this.#isWheelUnderWay = false
      const next = this.#nextWheel
      this.#nextWheel = null
      if (next) this.#turn(next)
    })
  }

  async #drop(event: MouseEvent): Promise<void> {
    await this.#drag.drop(event, event.modifiers ?? 0)
    await this.#send(event)
  }

  /** A page that hangs or goes away takes no input; that is reported elsewhere. */
  async #send(event: MouseEvent): Promise<void> {
    if (event.type === 'mouseMoved' && this.#drag.isUnderWay) {
      await this.#drag.move(event, event.modifiers ?? 0)
      return
    }
    try {
      await this.#session.send('Input.dispatchMouseEvent', event)
    } catch {}
  }
}
