import type { XConnection } from './connection.ts'

const queryTree = 15
const internAtom = 16
const changeProperty = 18
const getProperty = 20
const sendEvent = 25
const setInputFocus = 42

const anyPropertyType = 0
const replaceMode = 0
const atomString = 31
const atomWmNormalHints = 40
const atomWmSizeHints = 41
const atomWmClass = 67
const clientMessageEvent = 33
/** Window managers listen for messages to the root window with this mask (SubstructureRedirect and Notify). */
const windowManagerMask = 0x180000
/** Chromium's own window lies below the frame that the window manager puts around it. */
const deepestFrame = 3

export interface SizeLimits {
  /** In pixels; 0 for none. */
  readonly minimum: readonly [width: number, height: number]
  readonly maximum: readonly [width: number, height: number]
}

/** A window on the screen, told what Chromium cannot be asked to tell it. */
export class XWindow {
  readonly #connection: XConnection
  readonly #window: number

  private constructor(connection: XConnection, window: number) {
    this.#connection = connection
    this.#window = window
  }

  /** The window whose WM_CLASS contains that text, or null. */
  static async find(connection: XConnection, className: string): Promise<XWindow | null> {
    let level = [connection.rootWindow]
    for (let depth = 0; depth < deepestFrame; depth++) {
      level = (await Promise.all(level.map(window => childrenOf(connection, window)))).flat()
      const names = await Promise.all(level.map(window => classOf(connection, window)))
      const found = level[names.findIndex(name => name.includes(className))]
      if (found !== undefined) return new XWindow(connection, found)
    }
    return null
  }

  /** Under which name desktops group and list the window. */
  setClass(instance: string, name: string): void {
    this.#setProperty(atomWmClass, atomString, 8, Buffer.from(`${instance}\0${name}\0`, 'latin1'))
  }

  /** How small and how large the person may make the window. */
  setSizeLimits(limits: SizeLimits): void {
    const [minimumWidth, minimumHeight] = limits.minimum
    const [maximumWidth, maximumHeight] = limits.maximum
    const hasMinimum = minimumWidth > 0 || minimumHeight > 0
    const hasMaximum = maximumWidth > 0 || maximumHeight > 0
    const largest = 32_767
    const hints = Buffer.alloc(18 * 4)
    const programSpecifiedMinimum = 16
    const programSpecifiedMaximum = 32
    hints.writeUInt32LE(
      (hasMinimum ? programSpecifiedMinimum : 0) | (hasMaximum ? programSpecifiedMaximum : 0),
      0,
    )
    hints.writeUInt32LE(Math.max(1, minimumWidth), 20)
    hints.writeUInt32LE(Math.max(1, minimumHeight), 24)
    hints.writeUInt32LE(maximumWidth > 0 ? maximumWidth : largest, 28)
    hints.writeUInt32LE(maximumHeight > 0 ? maximumHeight : largest, 32)
    this.#setProperty(atomWmNormalHints, atomWmSizeHints, 32, hints)
  }

  /** Takes the window manager's frame away, or asks for it. */
  async setFrameless(isFrameless: boolean): Promise<void> {
    const atom = await this.#atom('_MOTIF_WM_HINTS')
    const hints = Buffer.alloc(5 * 4)
    const decorationsGiven = 2
    hints.writeUInt32LE(decorationsGiven, 0)
    hints.writeUInt32LE(isFrameless ? 0 : 1, 8)
    this.#setProperty(atom, atom, 32, hints)
  }

  async setAlwaysOnTop(isAlwaysOnTop: boolean): Promise<void> {
    const above = await this.#atom('_NET_WM_STATE_ABOVE')
    await this.#message('_NET_WM_STATE', [isAlwaysOnTop ? 1 : 0, above, 0, 1])
  }

  /** Gives the window the keyboard, with a window manager or without. */
  async focus(): Promise<void> {
    const byApplication = 1
    await this.#message('_NET_ACTIVE_WINDOW', [byApplication, 0, 0])
    const body = Buffer.alloc(8)
    body.writeUInt32LE(this.#window, 0)
    const revertToPointerRoot = 1
    this.#connection.send(setInputFocus, revertToPointerRoot, body)
  }

  /** Leaves the keyboard to whatever is under the pointer. */
  blur(): void {
    const body = Buffer.alloc(8)
    const pointerRoot = 1
    body.writeUInt32LE(pointerRoot, 0)
    this.#connection.send(setInputFocus, 0, body)
  }

  async #message(name: string, values: readonly number[]): Promise<void> {
    const body = Buffer.alloc(40)
    body.writeUInt32LE(this.#connection.rootWindow, 0)
    body.writeUInt32LE(windowManagerMask, 4)
    body.writeUInt8(clientMessageEvent, 8)
    body.writeUInt8(32, 9)
    body.writeUInt32LE(this.#window, 12)
    body.writeUInt32LE(await this.#atom(name), 16)
    for (const [index, value] of values.entries()) body.writeUInt32LE(value, 20 + index * 4)
    this.#connection.send(sendEvent, 0, body)
  }

  async #atom(name: string): Promise<number> {
    const body = Buffer.alloc(4 + name.length)
    body.writeUInt16LE(name.length, 0)
    body.write(name, 4, 'latin1')
    return (await this.#connection.ask(internAtom, 0, body)).readUInt32LE(8)
  }

  #setProperty(property: number, type: number, format: 8 | 32, data: Buffer): void {
    const body = Buffer.alloc(20 + data.length)
    body.writeUInt32LE(this.#window, 0)
    body.writeUInt32LE(property, 4)
    body.writeUInt32LE(type, 8)
    body.writeUInt8(format, 12)
    body.writeUInt32LE(data.length / (format / 8), 16)
    data.copy(body, 20)
    this.#connection.send(changeProperty, replaceMode, body)
  }
}

async function childrenOf(connection: XConnection, window: number): Promise<number[]> {
  const body = Buffer.alloc(4)
  body.writeUInt32LE(window, 0)
  try {
    const reply = await connection.ask(queryTree, 0, body)
    return Array.from({ length: reply.readUInt16LE(16) }, (_, index) => reply.readUInt32LE(32 + index * 4))
  } catch {
    // Windows come and go while we look.
    return []
  }
}

async function classOf(connection: XConnection, window: number): Promise<string> {
  const body = Buffer.alloc(20)
  body.writeUInt32LE(window, 0)
  body.writeUInt32LE(atomWmClass, 4)
  body.writeUInt32LE(anyPropertyType, 8)
  body.writeUInt32LE(256, 16)
  try {
    const reply = await connection.ask(getProperty, 0, body)
    return reply.subarray(32, 32 + reply.readUInt32LE(16)).toString('latin1')
  } catch {
    return ''
  }
}
