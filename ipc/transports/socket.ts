import { lstat } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { dirname } from 'node:path'
import { PermissionDeniedError, TargetUnavailableError } from '../errors.ts'
import { Listeners } from '../listeners.ts'
import type { Packet, Port, Protection } from '../port.ts'
import { encodeFrame, FrameReader } from './framing.ts'

/** A reader that lets so much pile up is not reading any more. */
const maxUnsentBytes = 64_000_000

/** Puts a connected socket under the framework. */
export function socketPort(socket: Socket): Port {
  return new SocketPort(socket)
}

/**
 * Connects to the Unix socket or named pipe at `path`. Rejects with TARGET_UNAVAILABLE when nobody listens there or
 * this user may not, and with PERMISSION_DENIED when the socket's folder is open to others, who might have put theirs.
 */
export async function connectSocket(path: string): Promise<Port> {
  if (process.platform !== 'win32') await refuseForeignFolder(dirname(path))
  return await new Promise((resolve, reject) => {
    const socket = connect(path)
    socket.once('connect', () => {
      socket.removeAllListeners('error')
      resolve(new SocketPort(socket))
    })
    socket.once('error', (cause: NodeJS.ErrnoException) => {
      reject(
        new TargetUnavailableError(`Nobody answers at ${path} (${cause.code ?? 'unknown error'})`, { cause }),
      )
    })
  })
}

async function refuseForeignFolder(folder: string): Promise<void> {
  const found = await lstat(folder).catch(() => null)
  if (found !== null && (found.uid !== process.getuid?.() || (found.mode & 0o077) !== 0)) {
    throw new PermissionDeniedError(`${folder} is not for this user alone`)
  }
}

class SocketPort implements Port {
  readonly leavesMemory = true
  readonly #socket: Socket
  readonly #reader = new FrameReader()
  readonly #packets = new Listeners<[packet: unknown, protection: Protection]>()
  readonly #closes = new Listeners<[]>()
  #isClosed = false

  constructor(socket: Socket) {
    this.#socket = socket
    socket.pause()
    socket.on('data', (chunk: Buffer) => this.#receive(chunk))
    // 'close' follows, which says all that matters here.
    socket.on('error', () => {})
    socket.on('close', () => this.#end())
    // Reading on after the other side has ended would never see anything.
    socket.on('end', () => socket.end())
  }

  post(packet: Packet): void {
    if (this.#isClosed) return
    this.#socket.write(encodeFrame(packet))
    if (this.#socket.writableLength > maxUnsentBytes) this.#socket.destroy()
  }

  onMessage(listener: (packet: unknown, protection: Protection) => void): Disposable {
    return this.#packets.add(listener)
  }

  onClose(listener: () => void): Disposable {
    return this.#closes.add(listener)
  }

  start(): void {
    this.#socket.resume()
  }

  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    // Lets what was written leave first; a peer that does not read is cut off.
    this.#socket.end(() => this.#socket.destroy())
    if (this.#socket.writableLength > 0) setTimeout(() => this.#socket.destroy(), 1_000).unref()
  }

  #receive(chunk: Buffer): void {
    const { messages, problem } = this.#reader.read(chunk)
    for (const message of messages) if (!this.#isClosed) this.#packets.call(message, 'none')
    if (problem !== null) this.#socket.destroy()
  }

  #end(): void {
    this.#isClosed = true
    this.#closes.call()
    this.#closes.clear()
  }
}
