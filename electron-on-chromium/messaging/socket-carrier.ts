import type net from 'node:net'
import type { Carrier, CarrierSink, Delivery, Pipe } from './pipe.ts'
import { deserialize, serialize } from './serializer.ts'

/** How pipe ends travel beside a byte stream: given away under a token, and taken up by whoever reads it. */
export interface PortExchange {
  park(pipe: Pipe): string
  claim(token: string): Pipe
}

/** Frame: payload length, tokens length (both 32 bits, little endian), tokens as JSON, payload. */
const headerBytes = 8
/** Below this one write of a joined buffer is cheaper than three. */
const joinBelowBytes = 16_384

/** A socket taken back from a carrier, with the bytes already read from it. */
export interface ReleasedSocket {
  readonly socket: net.Socket
  readonly backlog: Uint8Array
}

/** Carries messages over a stream socket to another process. Reads nothing before it is opened. */
export class SocketCarrier implements Carrier {
  readonly kind = 'socket'
  readonly #socket: net.Socket
  readonly #exchange: PortExchange
  #sink: CarrierSink | null = null
  #chunks: Buffer[]
  #byteCount: number
  #isClosed = false
  readonly #onData = (chunk: Buffer): void => this.#read(chunk)
  readonly #onClose = (): void => this.#ended()
  readonly #onError = (): void => {}

  constructor(socket: net.Socket, exchange: PortExchange, backlog: Uint8Array = new Uint8Array()) {
    this.#socket = socket
    this.#exchange = exchange
    this.#chunks = backlog.byteLength === 0 ? [] : [Buffer.from(backlog)]
    this.#byteCount = backlog.byteLength
    // A socket that breaks says so by closing.
    socket.on('error', this.#onError)
  }

  send(data: unknown, ports: readonly Pipe[]): void {
    const payload = serialize(data)
    if (this.#isClosed || !this.#socket.writable) return
    this.#write(encodeFrame(payload, ports, this.#exchange))
  }

  open(sink: CarrierSink): void {
    this.#sink = sink
    this.#socket.on('data', this.#onData)
    this.#socket.on('end', this.#onClose)
    this.#socket.on('close', this.#onClose)
    this.#drain()
    if (this.#socket.destroyed) this.#ended()
    else this.#socket.resume()
  }

  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#sink = null
    this.#socket.removeListener('data', this.#onData)
    this.#socket.resume()
    this.#socket.end(() => this.#socket.destroy())
  }

  /** Takes the socket out, once everything written has left this process. */
  async release(): Promise<ReleasedSocket> {
    const socket = this.#socket
    this.#sink = null
    this.#isClosed = true
    if (socket.writableLength > 0) await new Promise<void>(resolve => socket.write('', () => resolve()))
    // The stream may ask for more once after a chunk; let that pass before reading is stopped for good.
    await new Promise(resolve => setImmediate(resolve))
    socket.removeListener('data', this.#onData)
    socket.removeListener('end', this.#onClose)
    socket.removeListener('close', this.#onClose)
    socket.pause()
    for (let chunk = socket.read(); chunk !== null; chunk = socket.read()) this.#keep(chunk)
    stopReading(socket)
    return { socket, backlog: Buffer.concat(this.#chunks) }
  }

  #write(parts: readonly Uint8Array[]): void {
    this.#socket.cork()
    for (const part of parts) this.#socket.write(part)
    this.#socket.uncork()
  }

  #read(chunk: Buffer): void {
    this.#keep(chunk)
    this.#drain()
  }

  #keep(chunk: Buffer): void {
    this.#chunks.push(chunk)
    this.#byteCount += chunk.length
  }

  #drain(): void {
    while (this.#sink && this.#byteCount >= headerBytes) {
      const header = this.#peek(headerBytes)
      const payloadBytes = header.readUInt32LE(0)
      const tokenBytes = header.readUInt32LE(4)
      if (this.#byteCount < headerBytes + tokenBytes + payloadBytes) return
      const frame = this.#take(headerBytes + tokenBytes + payloadBytes)
      this.#sink.deliver(decodeFrame(frame, tokenBytes, this.#exchange))
    }
  }

  #peek(byteCount: number): Buffer {
    const [first] = this.#chunks
    if (first && first.length >= byteCount) return first
    const joined = Buffer.concat(this.#chunks)
    this.#chunks = [joined]
    return joined
  }

  #take(byteCount: number): Buffer {
    const joined = this.#peek(byteCount)
    const rest = joined.subarray(byteCount)
    if (rest.length > 0) this.#chunks[0] = rest
    else this.#chunks.shift()
    this.#byteCount -= byteCount
    return joined.subarray(0, byteCount)
  }

  #ended(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#socket.destroy()
    this.#sink?.closed()
    this.#sink = null
  }
}

function encodeFrame(
  payload: Uint8Array,
  ports: readonly Pipe[],
  exchange: PortExchange,
): readonly Uint8Array[] {
  const tokens = ports.length === 0 ? '' : JSON.stringify(ports.map(port => exchange.park(port)))
  const head = Buffer.allocUnsafe(headerBytes + Buffer.byteLength(tokens))
  head.writeUInt32LE(payload.byteLength, 0)
  head.writeUInt32LE(head.length - headerBytes, 4)
  head.write(tokens, headerBytes)
  return payload.byteLength < joinBelowBytes ? [Buffer.concat([head, payload])] : [head, payload]
}

/** Messages kept on this side, as the bytes of their frames. */
export function encodeFrames(deliveries: readonly Delivery[], exchange: PortExchange): Uint8Array {
  return Buffer.concat(deliveries.flatMap(({ data, ports }) => encodeFrame(serialize(data), ports, exchange)))
}

function decodeFrame(frame: Buffer, tokenBytes: number, exchange: PortExchange): Delivery {
  const payload = frame.subarray(headerBytes + tokenBytes)
  if (tokenBytes === 0) return { data: deserialize(payload), ports: [] }
  const tokens = JSON.parse(
    frame.toString('utf8', headerBytes, headerBytes + tokenBytes),
  ) as readonly string[]
  return { data: deserialize(payload), ports: tokens.map(token => exchange.claim(token)) }
}

/**
 * Pausing a stream does not stop it from filling its own buffer, and what lies there is lost when the socket is
 * handed to another process. The handle has no public face.
 */
function stopReading(socket: net.Socket): void {
  const { _handle: handle } = socket as unknown as { _handle?: { reading: boolean; readStop(): void } | null }
  if (!handle) return
  handle.reading = false
  handle.readStop()
}
