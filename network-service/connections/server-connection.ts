import type { Socket } from 'node:net'
import type { Clock } from '../../ipc/clock.ts'
import { asNetworkError, NetworkError } from '../network-error.ts'
import { ChunkedBody } from './chunked-body.ts'
import type { Dialer } from './dialer.ts'
import type { ProxyLimits } from './limits.ts'
import { endOfHead, type ResponseHead, readResponseHead } from './response-head.ts'
import { SocketReader } from './socket-reader.ts'

/** Preliminary answers (RFC 9110, 15.2) before the answer; more is no answer. */
const mostPreliminaryAnswers = 20

/** Who sent a request, and gets its answer. Exactly one of `ended`, `failed` and a head of 101 comes last. */
export interface AnswerTaker {
  head(head: ResponseHead): void
  /** A part of the body, as `SocketReader.take`. */
  body(bytes: Buffer): boolean
  ended(): void
  /** `isUntouched`: the connection was kept from an earlier request, and nothing came for this one. */
  failed(error: NetworkError, isUntouched: boolean): void
}

type State =
  | { readonly kind: 'idle' }
  | { readonly kind: 'head'; readonly method: string; readonly taker: AnswerTaker }
  | { readonly kind: 'length'; readonly taker: AnswerTaker; left: number }
  | { readonly kind: 'chunked'; readonly taker: AnswerTaker; readonly chunks: ChunkedBody }
  | { readonly kind: 'untilClose'; readonly taker: AnswerTaker }
  | { readonly kind: 'raw'; readonly take: (bytes: Buffer) => boolean }

export interface ServerConnectionOptions {
  readonly dialer: Dialer
  readonly host: string
  readonly port: number
  readonly limits: ProxyLimits
  readonly clock: Clock
}

/** A connection to a server that speaks HTTP/1.1, for one request after another. */
export class ServerConnection {
  readonly socket: Socket
  readonly #reader: SocketReader
  readonly #limits: ProxyLimits
  readonly #clock: Clock
  readonly #closeListeners = new Set<() => void>()
  #state: State = { kind: 'idle' }
  #collected = Buffer.alloc(0)
  #deadline: Disposable | null = null
  #preliminaryAnswers = 0
  #requests = 0
  #isKept = true

  private constructor(socket: Socket, reader: SocketReader, { limits, clock }: ServerConnectionOptions) {
    this.socket = socket
    this.#reader = reader
    this.#limits = limits
    this.#clock = clock
    reader.take = bytes => this.#take(bytes)
    socket.on('end', () => this.#ended())
    socket.on('error', error => this.#fail(asNetworkError(error)))
    socket.on('close', () => {
      this.#fail(new NetworkError('dropped', 'The server closed the connection'))
      for (const listener of this.#closeListeners) listener()
    })
  }

  /** Rejects with a NetworkError. */
  static async open(options: ServerConnectionOptions): Promise<ServerConnection> {
    const reader = new SocketReader(() => true)
    const socket = await options.dialer.dial(options.host, options.port, {
      onread: reader.onread,
      allowHalfOpen: true,
    })
    return new ServerConnection(socket, reader, options)
  }

  /** Whether another request may be sent. */
  get isIdle(): boolean {
    return this.#state.kind === 'idle' && this.#isKept && !this.socket.destroyed && this.socket.writable
  }

  onClose(listener: () => void): void {
    this.#closeListeners.add(listener)
  }

  /** Sends the head of a request; its body is the caller's to write to the socket. */
  send(head: string, method: string, taker: AnswerTaker): void {
    this.#state = { kind: 'head', method, taker }
    this.#collected = Buffer.alloc(0)
    this.#preliminaryAnswers = 0
    this.#requests += 1
    this.#expectWithin(this.#limits.firstByteMs, 'No answer in time')
    this.socket.write(head, 'latin1')
  }

  /** After a 101: from now on all bytes go to `take`, those that came already at once. */
  takeOver(take: (bytes: Buffer) => boolean): void {
    this.#deadline?.[Symbol.dispose]()
    this.#state = { kind: 'raw', take }
    const rest = this.#collected
    this.#collected = Buffer.alloc(0)
    if (rest.length > 0 && !take(rest)) this.socket.pause()
  }

  resume(): void {
    if (!this.socket.destroyed) this.socket.resume()
  }

  destroy(): void {
    this.#deadline?.[Symbol.dispose]()
    this.#state = { kind: 'idle' }
    this.#isKept = false
    this.socket.destroy()
  }

  #take(bytes: Buffer): boolean {
    const state = this.#state
    try {
      switch (state.kind) {
        case 'idle':
          // Nobody asked for this.
          this.destroy()
          return false
        case 'head':
          return this.#takeHead(state, bytes)
        case 'length':
          return this.#takeLength(state, bytes)
        case 'chunked':
          return this.#takeChunks(state, bytes)
        case 'untilClose':
          return state.taker.body(bytes)
        case 'raw':
          return state.take(bytes)
      }
    } catch (error) {
      this.#fail(asNetworkError(error, 'badResponse'))
      return false
    }
  }

  #takeHead(state: State & { kind: 'head' }, bytes: Buffer): boolean {
    const lookedAt = this.#collected.length
    if (lookedAt === 0) this.#expectWithin(this.#limits.headMs, 'The head of the answer came too slowly')
    this.#collected = Buffer.concat([this.#collected, bytes])
    const end = endOfHead(this.#collected, lookedAt)
    if ((end?.head ?? this.#collected.length) > this.#limits.headBytes)
      throw new NetworkError('badResponse', 'The head of the answer does not end')
    if (end === null) return true
    const head = readResponseHead(this.#collected.subarray(0, end.head), state.method)
    const rest = this.#collected.subarray(end.body)
    this.#collected = Buffer.alloc(0)
    if (head.status < 200 && head.status !== 101) {
      this.#preliminaryAnswers += 1
      if (this.#preliminaryAnswers > mostPreliminaryAnswers)
        throw new NetworkError('badResponse', 'Nothing but preliminary answers')
      return rest.length === 0 || this.#takeHead(state, rest)
    }
    this.#deadline?.[Symbol.dispose]()
    this.#deadline = null
    this.#isKept = head.keepsConnection
    return this.#beginBody(state.taker, head, rest)
  }

  #beginBody(taker: AnswerTaker, head: ResponseHead, rest: Buffer): boolean {
    if (head.status === 101) {
      this.#collected = Buffer.from(rest)
      taker.head(head)
      return this.#state.kind === 'raw' && !this.socket.isPaused()
    }
    taker.head(head)
    switch (head.framing.kind) {
      case 'none':
        return this.#finish(taker, rest.length, false)
      case 'length':
        if (head.framing.bytes === 0) return this.#finish(taker, rest.length, false)
        this.#state = { kind: 'length', taker, left: head.framing.bytes }
        break
      case 'chunked':
        this.#state = { kind: 'chunked', taker, chunks: new ChunkedBody() }
        break
      case 'untilClose':
        this.#state = { kind: 'untilClose', taker }
    }
    return rest.length === 0 || this.#take(rest)
  }

  #takeLength(state: State & { kind: 'length' }, bytes: Buffer): boolean {
    const part = bytes.length > state.left ? bytes.subarray(0, state.left) : bytes
    state.left -= part.length
    const isOpen = state.taker.body(part)
    return state.left > 0 ? isOpen : this.#finish(state.taker, bytes.length - part.length, !isOpen)
  }

  #takeChunks(state: State & { kind: 'chunked' }, bytes: Buffer): boolean {
    let isOpen = true
    const used = state.chunks.read(bytes, part => {
      isOpen = state.taker.body(part) && isOpen
    })
    return state.chunks.isDone ? this.#finish(state.taker, bytes.length - used, !isOpen) : isOpen
  }

  /**
   * The answer is whole. Bytes beyond it belong to nobody: such a connection is not used again. `isHeld`: the last part
   * is still being written from our buffer.
   */
  #finish(taker: AnswerTaker, excessBytes: number, isHeld: boolean): boolean {
    if (excessBytes > 0) this.#isKept = false
    this.#state = { kind: 'idle' }
    this.#reader.renew(isHeld)
    taker.ended()
    return true
  }

  #ended(): void {
    const state = this.#state
    if (state.kind === 'untilClose') {
      this.#isKept = false
      this.#finish(state.taker, 0, true)
      this.socket.destroy()
    } else if (state.kind !== 'raw')
      this.#fail(new NetworkError('dropped', 'The server ended the connection'))
  }

  #fail(error: NetworkError): void {
    const state = this.#state
    const isUntouched = state.kind === 'head' && this.#requests > 1 && this.#collected.length === 0
    this.destroy()
    if (state.kind !== 'idle' && state.kind !== 'raw') state.taker.failed(error, isUntouched)
  }

  #expectWithin(milliseconds: number, message: string): void {
    this.#deadline?.[Symbol.dispose]()
    this.#deadline = this.#clock.after(milliseconds, () => this.#fail(new NetworkError('timedOut', message)))
  }
}
