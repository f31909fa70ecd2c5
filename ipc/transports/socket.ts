import { lstat } from 'node:fs/promises'
import type { Socket } from 'node:net'
import { dirname } from 'node:path'
import { type Clock, systemClock } from '../clock.ts'
import { PermissionDeniedError, ValidationError } from '../errors.ts'
import { Listeners } from '../listeners.ts'
import { type Log, silentLog } from '../log.ts'
import type { Packet, Port, PostOptions, Protection } from '../port.ts'
import { CloseSignal } from './close-signal.ts'
import { encodeFrame } from './framing.ts'
import { OutgoingCopies } from './framing-copies.ts'
import { type ArrivedFrames, FrameReader } from './framing-reader.ts'
import { SecureChannel } from './secure-channel.ts'
import { meetServer } from './secure-handshake.ts'
import { keyPathBeside, readSecret } from './secure-key-file.ts'
import { shakeHands } from './socket-handshake.ts'
import { type ByteReader, SocketStream } from './socket-stream.ts'

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
  const stream = await SocketStream.connect(path)
  const keys = await shakeHands(stream, clock, link => meetServer(link, path, () => readSecret(keyPath)))
  return new SocketPort(stream, new SecureChannel(keys, clock), options)
}

/** On Windows a path of any other form would be a file. */
export function refuseForeignForm(path: string): void {
  if (process.platform === 'win32' && !/^\\\\[.?]\\pipe\\[^\\]+$/.test(path)) {
    throw new ValidationError(`${path} is no name of a pipe: it begins with \\\\.\\pipe\\`)
  }
}

async function refuseForeignFolder(folder: string): Promise<void> {
  const found = await lstat(folder).catch(() => null)
  if (found !== null && (found.uid !== process.getuid?.() || (found.mode & 0o077) !== 0)) {
    throw new PermissionDeniedError(`${folder} is not for this user alone`)
  }
}

/** A connected socket under the framework, when both sides have shaken hands. */
export class SocketPort implements Port {
  readonly leavesMemory = true
  readonly #stream: SocketStream
  readonly #socket: Socket
  readonly #channel: SecureChannel
  readonly #clock: Clock
  readonly #log: Log
  readonly #reader: FrameReader
  readonly #copies = new OutgoingCopies()
  readonly #packets = new Listeners<[packet: unknown, protection: Protection]>()
  readonly #closing = new CloseSignal()
  #isStarted = false
  /** Nothing is sent or received any more. */
  #isClosed = false

  constructor(stream: SocketStream, channel: SecureChannel, options: Pick<SocketOptions, 'clock' | 'log'>) {
    const { socket } = stream
    this.#stream = stream
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
    const pieces = encodeFrame(packet, options, this.#channel, this.#copies)
    const haveLeft = this.#copies.settle() ?? undefined
    const last = pieces.at(-1)
    // One system call for a packet. Packets of a tick are not gathered: how many messages go together is decided where
    // packets are made, and with few in flight both sides would only wait for each other by turns.
    if (pieces.length > 1) this.#socket.cork()
    for (const piece of pieces) this.#socket.write(piece, piece === last ? haveLeft : undefined)
    if (pieces.length > 1) this.#socket.uncork()
    if (this.#socket.writableLength > maxUnsentBytes) this.#breakOff('the other side does not read')
  }

  onMessage(listener: (packet: unknown, protection: Protection) => void): Disposable {
    return this.#packets.add(listener)
  }

  onClose(listener: () => void): Disposable {
    return this.#closing.onClose(listener)
  }

  start(): void {
    if (this.#isStarted) return
    this.#isStarted = true
    const reader = this.#reader
    const takeIn: ByteReader = {
      room: () => reader.room(),
      filled: bytes => this.#receive(reader.filled(bytes)),
      read: chunk => this.#receive(reader.read(chunk)),
    }
    this.#stream.readWith(takeIn)
  }

  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    // Lets what was written leave first; a peer that does not read is cut off.
    this.#socket.end(() => this.#socket.destroy())
    if (this.#socket.writableLength > 0) this.#clock.after(lastWritesMs, () => this.#socket.destroy())
  }

  #receive({ frames, problem }: ArrivedFrames): void {
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
    this.#closing.happen()
  }
}
