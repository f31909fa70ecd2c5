import { XConnection } from '../x11/connection.ts'

const getImage = 73
const queryExtension = 98
const getKeyboardMapping = 101
const zPixmap = 2
const xtestFakeInput = 2

/** Sees and touches the screen as a person would, with nothing of the stand-in in between. */
export class ScreenProbe implements Disposable {
  readonly #connection: XConnection
  readonly #xtestOpcode: number

  private constructor(connection: XConnection, xtestOpcode: number) {
    this.#connection = connection
    this.#xtestOpcode = xtestOpcode
  }

  static async open(): Promise<ScreenProbe> {
    const connection = await XConnection.open(process.env)
    const name = 'XTEST'
    const body = Buffer.alloc(4 + name.length)
    body.writeUInt16LE(name.length, 0)
    body.write(name, 4, 'latin1')
    const reply = await connection.ask(queryExtension, 0, body)
    return new ScreenProbe(connection, reply.readUInt8(9))
  }

  /** The colour of a pixel of the screen, as 0xRRGGBB. */
  async pixel(x: number, y: number): Promise<number> {
    const body = Buffer.alloc(16)
    body.writeUInt32LE(this.#connection.rootWindow, 0)
    body.writeInt16LE(x, 4)
    body.writeInt16LE(y, 6)
    body.writeUInt16LE(1, 8)
    body.writeUInt16LE(1, 10)
    body.writeUInt32LE(0xffffffff, 12)
    const reply = await this.#connection.ask(getImage, zPixmap, body)
    return reply.readUInt32LE(32) & 0xffffff
  }

  /** Presses and releases a key. */
  key(keycode: number): void {
    this.#fake(2, keycode, 0, 0)
    this.#fake(3, keycode, 0, 0)
  }

  click(x: number, y: number): void {
    this.#fake(6, 0, x, y)
    this.#fake(4, 1, 0, 0)
    this.#fake(5, 1, 0, 0)
  }

  move(x: number, y: number): void {
    this.#fake(6, 0, x, y)
  }

  /** The code of the key that types a Latin letter. */
  async keycodeOf(letter: string): Promise<number> {
    const first = 8
    const count = 248
    const body = Buffer.from([first, count, 0, 0])
    const reply = await this.#connection.ask(getKeyboardMapping, 0, body)
    const perKeycode = reply.readUInt8(1)
    for (let index = 0; index < count; index++)
      if (reply.readUInt32LE(32 + index * perKeycode * 4) === letter.codePointAt(0)) return first + index
    throw new RangeError(`no key types ${letter}`)
  }

  [Symbol.dispose](): void {
    this.#connection[Symbol.dispose]()
  }

  #fake(type: number, detail: number, x: number, y: number): void {
    const body = Buffer.alloc(32)
    body.writeUInt8(type, 0)
    body.writeUInt8(detail, 1)
    body.writeUInt32LE(type === 6 ? this.#connection.rootWindow : 0, 8)
    body.writeInt16LE(x, 20)
    body.writeInt16LE(y, 22)
    this.#connection.send(this.#xtestOpcode, xtestFakeInput, body)
  }
}
