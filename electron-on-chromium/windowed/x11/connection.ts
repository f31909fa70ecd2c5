import net from 'node:net'
import { type DisplayName, parseDisplayName, readAuthority } from './display-name.ts'

/** The X server cannot be reached, or refuses us. */
export class DisplayUnreachableError extends Error {
  readonly code = 'DISPLAY_UNREACHABLE'
  constructor(display: string, reason: string, cause?: unknown) {
    super(`The X display ${display} cannot be used: ${reason}`, { cause })
    this.name = 'DisplayUnreachableError'
  }
}

/** The X server answered a request with an error. */
export class XRequestError extends Error {
  readonly code = 'X_REQUEST_FAILED'
  readonly errorCode: number
  constructor(errorCode: number, opcode: number) {
    super(`X request ${opcode} failed with error ${errorCode}`)
    this.name = 'XRequestError'
    this.errorCode = errorCode
  }
}

interface PendingReply {
  readonly opcode: number
  readonly resolve: (reply: Buffer) => void
  readonly reject: (error: Error) => void
}

const padded = (length: number): number => (length + 3) & ~3

/**
 * A client of an X server: just enough of the protocol for what Chromium's windows cannot be told over
 * DevTools. Requests are made by their number; the caller packs the body.
 */
export class XConnection implements Disposable {
  readonly rootWindow: number
  /** In pixels, as it was when we connected. */
  readonly screenSize: { readonly width: number; readonly height: number }
  readonly #socket: net.Socket
  readonly #pending = new Map<number, PendingReply>()
  #sequence = 0
  #buffered: Buffer = Buffer.alloc(0)

  private constructor(socket: net.Socket, setup: Buffer, rest: Buffer) {
    this.#socket = socket
    const screen = firstScreenOffset(setup)
    this.rootWindow = setup.readUInt32LE(screen)
    this.screenSize = { width: setup.readUInt16LE(screen + 20), height: setup.readUInt16LE(screen + 22) }
    socket.on('data', chunk => this.#read(chunk))
    socket.on('error', () => this.#closed())
    socket.on('close', () => this.#closed())
    // An idle connection keeps no process alive; a question under way does.
    socket.unref()
    this.#read(rest)
  }

  /** Connects to the display that the environment names. Rejects with DisplayUnreachableError. */
  static async open(environment: NodeJS.ProcessEnv): Promise<XConnection> {
    const display = environment.DISPLAY ?? ''
    const name = parseDisplayName(display)
    if (!name) throw new DisplayUnreachableError(display, 'DISPLAY does not name a display')
    const socket = await connect(name, display)
    const authority = readAuthority(environment, name.number)
    socket.write(setupRequest(authority?.name ?? '', authority?.data ?? Buffer.alloc(0)))
    const { reply, rest } = await readSetup(socket, display)
    return new XConnection(socket, reply, rest)
  }

  /** Sends a request that has no reply. */
  send(opcode: number, detail: number, body: Buffer): void {
    const length = 4 + padded(body.length)
    const request = Buffer.alloc(length)
    request.writeUInt8(opcode, 0)
    request.writeUInt8(detail, 1)
    request.writeUInt16LE(length / 4, 2)
    body.copy(request, 4)
    this.#sequence = (this.#sequence + 1) & 0xffff
    if (!this.#socket.destroyed) this.#socket.write(request)
  }

  /** Sends a request and resolves with its reply, header included. Rejects with XRequestError. */
  ask(opcode: number, detail: number, body: Buffer): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      if (this.#socket.destroyed) {
        reject(new XRequestError(0, opcode))
        return
      }
      this.#socket.ref()
      this.send(opcode, detail, body)
      this.#pending.set(this.#sequence, { opcode, resolve, reject })
    })
  }

  /** Resolves when the server has carried out everything sent so far. */
  async sync(): Promise<void> {
    const getInputFocus = 43
    await this.ask(getInputFocus, 0, Buffer.alloc(0))
  }

  [Symbol.dispose](): void {
    this.#socket.destroy()
  }

  #read(chunk: Buffer): void {
    this.#buffered = this.#buffered.length === 0 ? chunk : Buffer.concat([this.#buffered, chunk])
    while (this.#buffered.length >= 32) {
      const kind = this.#buffered.readUInt8(0)
      const length = kind === 1 ? 32 + this.#buffered.readUInt32LE(4) * 4 : 32
      if (this.#buffered.length < length) return
      const message = this.#buffered.subarray(0, length)
      this.#buffered = this.#buffered.subarray(length)
      // Events are not asked for; an error of a request without a reply concerns a window that went away.
      if (kind > 1) continue
      const sequence = message.readUInt16LE(2)
      const pending = this.#pending.get(sequence)
      if (!pending) continue
      this.#pending.delete(sequence)
      if (this.#pending.size === 0) this.#socket.unref()
      if (kind === 1) pending.resolve(Buffer.from(message))
      else pending.reject(new XRequestError(message.readUInt8(1), pending.opcode))
    }
  }

  #closed(): void {
    const pending = [...this.#pending.values()]
    this.#pending.clear()
    for (const each of pending) each.reject(new XRequestError(0, each.opcode))
  }
}

function connect(name: DisplayName, display: string): Promise<net.Socket> {
  const firstPort = 6000
  const socket =
    name.host === null
      ? net.connect(`/tmp/.X11-unix/X${name.number}`)
      : net.connect(firstPort + name.number, name.host)
  return new Promise((resolve, reject) => {
    socket.once('connect', () => resolve(socket))
    socket.once('error', error => reject(new DisplayUnreachableError(display, error.message, error)))
  })
}

function setupRequest(authorityName: string, authorityData: Buffer): Buffer {
  const nameLength = padded(authorityName.length)
  const request = Buffer.alloc(12 + nameLength + padded(authorityData.length))
  request.write('l', 0, 'latin1') // little-endian
  request.writeUInt16LE(11, 2) // protocol version
  request.writeUInt16LE(authorityName.length, 6)
  request.writeUInt16LE(authorityData.length, 8)
  request.write(authorityName, 12, 'latin1')
  authorityData.copy(request, 12 + nameLength)
  return request
}

function readSetup(socket: net.Socket, display: string): Promise<{ reply: Buffer; rest: Buffer }> {
  return new Promise((resolve, reject) => {
    let buffered = Buffer.alloc(0)
    const fail = (reason: string): void => {
      socket.destroy()
      reject(new DisplayUnreachableError(display, reason))
    }
    const closed = (): void => fail('the server closed the connection')
    const read = (chunk: Buffer): void => {
      buffered = Buffer.concat([buffered, chunk])
      if (buffered.length < 8) return
      const length = 8 + buffered.readUInt16LE(6) * 4
      if (buffered.length < length) return
      const status = buffered.readUInt8(0)
      if (status !== 1) {
        const reason = buffered.subarray(8, 8 + buffered.readUInt8(1)).toString('latin1')
        fail(reason.trim() || 'the server refuses us')
        return
      }
      socket.off('data', read)
      socket.off('close', closed)
      resolve({ reply: buffered.subarray(0, length), rest: buffered.subarray(length) })
    }
    socket.on('data', read)
    socket.on('close', closed)
  })
}

function firstScreenOffset(setup: Buffer): number {
  const vendorLength = padded(setup.readUInt16LE(24))
  const formatCount = setup.readUInt8(29)
  return 40 + vendorLength + formatCount * 8
}
