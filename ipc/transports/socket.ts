import { lstat } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { dirname } from 'node:path'
import { type Clock, systemClock } from '../clock.ts'
import { PermissionDeniedError, TargetUnavailableError, ValidationError } from '../errors.ts'
import { Listeners } from '../listeners.ts'
import { type Log, silentLog } from '../log.ts'
import type { Packet, Port, PostOptions, Protection } from '../port.ts'
import { encodeFrame } from './framing.ts'
import { FrameReader } from './framing-reader.ts'
import { SecureChannel } from './secure-channel.ts'
import { meetServer } from './secure-handshake.ts'
import { keyPathBeside, readSecret } from './secure-key-file.ts'
import { shakeHands } from './socket-handshake.ts'

/** A reader that lets so much pile up is not reading any more. */
const maxUnsentBytes = 64_000_000
/** How long what was written before `close` has to leave. */
const lastWritesMs = 1_000

export interface SocketOptions {
  /** The file that holds the server's secret. Beside the socket when nothing is said; Windows has no beside. */
  readonly keyPath?: string
  /** Hears why a connection was broken off. */
  readonly log?: Log
  readonly clock?: Clock
}

/**
 * Connects to the Unix socket or named pipe at `path`, and shakes hands: both sides prove that they can read the secret of
 * this user and agree on keys for packets that ask for protection. Rejects with TARGET_UNAVAILABLE when nobody listens there,
 * this user may not, or the other side speaks another version; with PERMISSION_DENIED when the folder or the secret is open
 * to others, who might have put theirs, or when the other side does not know the secret; with TIMEOUT when it says nothing.
 */
export async function connectSocket(path: string, options: SocketOptions = {}): Promise<Port> {
  const { clock = systemClock, keyPath = keyPathBeside(path) } = options
  refuseForeignForm(path)
  if (process.platform !== 'win32') await refuseForeignFolder(dirname(path))
  const socket = await connected(path)
  const keys = await shakeHands(socket, clock, link => meetServer(link, path, () => readSecret(keyPath)))
  return new SocketPort(socket, new SecureChannel(keys, clock), options)
}

/** On Windows a path of any other form would be a file. */
export function refuseForeignForm(path: string): void {
  if (process.platform === 'win32' && !/^\\\\[.?]\\pipe\\[^\\]+$/.test(path)) {
    throw new ValidationError(`${path} is no name of a pipe: it begins with \\\\.\\pipe\\`)
  }
}

function connected(path: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(path)
    socket.once('connect', () => {
      socket.removeAllListeners('error')
      resolve(socket)
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

/** A connected socket under the framework. Nothing may have read from it beyond the handshake. */
export class SocketPort implements Port {
  readonly leavesMemory = true
  readonly #socket: Socket
  readonly #channel: SecureChannel
  readonly #clock: Clock
  readonly #log: Log
  readonly #reader: FrameReader
  readonly #packets = new Listeners<[packet: unknown, protection: Protection]>()
  readonly #closes = new Listeners<[]>()
  #isStarted = false
  /** Nothing is sent or received any more. */
  #isClosed = false
  /** The socket is gone. */
  #hasEnded = false
  #isCorked = false

  constructor(socket: Socket, channel: SecureChannel, options: Pick<SocketOptions, 'clock' | 'log'>) {
    this.#socket = socket
    this.#channel = channel
    this.#clock = options.clock ?? systemClock
    this.#log = options.log ?? silentLog
    this.#reader = new FrameReader(channel)
    socket.on('close', () => this.#end())
    // Reading on after the other side has ended would never see anything.
    socket.on('end', () => socket.end())
    // It may have closed between the handshake and now.
    if (socket.closed) queueMicrotask(() => this.#end())
  }

  post(packet: Packet, options: PostOptions = {}): void {
    if (this.#isClosed) return
    const pieces = encodeFrame(packet, options, this.#channel)
    this.#cork()
    for (const piece of pieces) this.#socket.write(piece)
    if (this.#socket.writableLength > maxUnsentBytes) this.#breakOff('the other side does not read')
  }

  onMessage(listener: (packet: unknown, protection: Protection) => void): Disposable {
    return this.#packets.add(listener)
  }

  onClose(listener: () => void): Disposable {
    const listening = this.#closes.add(listener)
    if (this.#hasEnded) queueMicrotask(() => this.#tellEnd())
    return listening
  }

  start(): void {
    if (this.#isStarted) return
    this.#isStarted = true
    this.#socket.on('data', (chunk: Buffer) => this.#receive(chunk))
    this.#socket.resume()
  }

  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    // Lets what was written leave first; a peer that does not read is cut off.
    this.#socket.end(() => this.#socket.destroy())
    if (this.#socket.writableLength > 0) this.#clock.after(lastWritesMs, () => this.#socket.destroy())
  }

  /** Gathers what is posted until the current task's end into one system call. */
  #cork(): void {
    if (this.#isCorked) return
    this.#isCorked = true
    this.#socket.cork()
    queueMicrotask(() => {
      this.#isCorked = false
      this.#socket.uncork()
    })
  }

  #receive(chunk: Buffer): void {
    const { frames, problem } = this.#reader.read(chunk)
    for (const { packet, protection } of frames) if (!this.#isClosed) this.#packets.call(packet, protection)
    if (problem !== null) this.#breakOff(problem)
  }

  #breakOff(reason: string): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#log({ level: 'warning', message: 'Broke off a socket', details: { reason } })
    this.#socket.destroy()
  }

  #end(): void {
    const truncated = this.#isClosed ? null : this.#reader.end()
    this.#isClosed = true
    if (truncated !== null)
      this.#log({ level: 'warning', message: 'A socket closed', details: { reason: truncated } })
    this.#hasEnded = true
    this.#tellEnd()
  }

  #tellEnd(): void {
    this.#closes.call()
    this.#closes.clear()
  }
}
