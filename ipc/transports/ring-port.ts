import { type Clock, systemClock } from '../clock.ts'
import { MessageTooLargeError } from '../errors.ts'
import { Listeners } from '../listeners.ts'
import type { Packet, Port, Protection } from '../port.ts'
import { CloseSignal } from './close-signal.ts'
import { createRingMemory, RingBuffer, type RingOptions } from './ring-buffer.ts'
import { frameOfPacket, type PacketFrame, packetOfFrame } from './ring-packets.ts'
import { RingReader } from './ring-reader.ts'
import { RingWriter, type WriteOutcome } from './ring-writer.ts'

/** What a thread needs for its end of a channel of two rings; goes through `postMessage` or `workerData`. */
export interface RingEnd {
  readonly incoming: SharedArrayBuffer
  readonly outgoing: SharedArrayBuffer
}

/** Memory for a channel between two threads of one process: one end for each. Processes share no memory in Electron. */
export function createRingChannel(options: RingOptions = {}): readonly [RingEnd, RingEnd] {
  const first = createRingMemory(options)
  const second = createRingMemory(options)
  return [
    { incoming: first, outgoing: second },
    { incoming: second, outgoing: first },
  ]
}

export interface RingPortOptions {
  /** A reader that lets more than this pile up, in bytes beyond the ring, does not read any more: the port closes. */
  readonly maxQueuedBytes?: number
  /** How long `close` waits for a reader that does not make room for what was posted before. */
  readonly lingerMs?: number
  readonly clock?: Clock
}

/** A port over two rings. */
export interface RingPort extends Port {
  /** Why it closed, when neither side asked for it. */
  readonly problem: string | null
  /** Bytes that wait because the ring is full. */
  readonly queuedBytes: number
}

/**
 * Puts one end of a ring channel under the framework. Posting never blocks: what finds no room waits in a queue. A
 * started port keeps its thread alive until it closes. A thread that ends without closing is not noticed here:
 * whoever started it closes the port when it exits. Throws TypeError for memory that is no ring.
 */
export function ringPort(end: RingEnd, options: RingPortOptions = {}): RingPort {
  return new PortOverRings(new RingBuffer(end.incoming), new RingBuffer(end.outgoing), options)
}

/** So much is read before other work of the thread gets its turn. */
const maxPacketsPerTurn = 256
const maxBytesPerTurn = 4_000_000
/** What a queued packet costs beside its bytes. */
const queueEntryBytes = 200
/** The longest that a timer can wait. */
const foreverMs = 2 ** 31 - 1

class PortOverRings implements RingPort {
  readonly leavesMemory = false
  readonly #incoming: RingBuffer
  readonly #outgoing: RingBuffer
  readonly #reader: RingReader
  readonly #writer: RingWriter
  readonly #maxQueuedBytes: number
  readonly #lingerMs: number
  readonly #clock: Clock
  readonly #packets = new Listeners<[packet: unknown, protection: Protection]>()
  readonly #closing = new CloseSignal()
  /** Waits for room; a set, so that taking the first costs the same however long it is. */
  readonly #queue = new Set<PacketFrame>()
  #queuedBytes = 0
  #isFlushing = false
  #isStarted = false
  #isClosed = false
  #problem: string | null = null
  #keepAlive: NodeJS.Timeout | null = null
  #linger: Disposable | null = null

  constructor(incoming: RingBuffer, outgoing: RingBuffer, options: RingPortOptions) {
    this.#incoming = incoming
    this.#outgoing = outgoing
    this.#reader = new RingReader(incoming)
    this.#writer = new RingWriter(outgoing)
    this.#maxQueuedBytes = options.maxQueuedBytes ?? 64_000_000
    this.#lingerMs = options.lingerMs ?? 1_000
    this.#clock = options.clock ?? systemClock
    void this.#receive()
  }

  get problem(): string | null {
    return this.#problem ?? this.#reader.problem ?? this.#writer.problem
  }

  get queuedBytes(): number {
    return this.#queuedBytes
  }

  post(packet: Packet): void {
    if (this.#isClosed) return
    const frame = frameOfPacket(packet)
    if (frame.byteLength > this.#outgoing.maxFrameBytes) {
      throw new MessageTooLargeError(`${frame.byteLength} bytes are more than the ring holds`)
    }
    if (this.#queue.size === 0 && this.#writer.tryWrite(frame.kind, frame) !== 'full') return
    this.#queue.add(frame)
    this.#queuedBytes += frame.byteLength + queueEntryBytes
    // There may be room again while this thread does not get to wait for it.
    const outcome = this.#writeQueue()
    if (outcome === 'full' && this.#queuedBytes > this.#maxQueuedBytes) {
      this.#problem = 'the other thread does not read'
      this.#end()
    } else if (outcome === 'full' && !this.#isFlushing) void this.#flush()
  }

  onMessage(listener: (packet: unknown, protection: Protection) => void): Disposable {
    return this.#packets.add(listener)
  }

  start(): void {
    if (this.#isStarted || this.#isClosed) return
    this.#isStarted = true
    // Waiting for shared memory alone does not keep a thread of Node alive, as a started MessagePort does.
    this.#keepAlive = setInterval(() => {}, foreverMs)
    this.#reader.wake()
  }

  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    if (this.#queue.size === 0) this.#end()
    else this.#linger = this.#clock.after(this.#lingerMs, () => this.#end())
  }

  onClose(listener: () => void): Disposable {
    return this.#closing.onClose(listener)
  }

  /** Writes what is queued until there is no room. */
  #writeQueue(): WriteOutcome {
    for (const next of this.#queue) {
      const outcome = this.#writer.tryWrite(next.kind, next)
      if (outcome === 'closed') this.#forgetQueue()
      if (outcome !== 'written') return outcome
      this.#queue.delete(next)
      this.#queuedBytes -= next.byteLength + queueEntryBytes
    }
    return 'written'
  }

  async #flush(): Promise<void> {
    this.#isFlushing = true
    while (this.#writeQueue() === 'full') {
      const [first] = this.#queue
      await this.#writer.waitForRoom(first?.byteLength ?? 0)
    }
    this.#isFlushing = false
    if (this.#isClosed) this.#end()
  }

  async #receive(): Promise<void> {
    while (!this.#isStarted && !this.#isClosed && this.#reader.peek() !== 'closed') {
      await this.#reader.waitForClose()
    }
    while ((await this.#reader.waitForFrame()) === 'frame') {
      if (this.#isClosed) return
      this.#readSome()
      // Lets timers and other ports have their turn.
      if (this.#reader.peek() === 'frame') await new Promise(resolve => setImmediate(resolve))
    }
    this.#end()
  }

  #readSome(): void {
    let bytes = 0
    for (let count = 0; count < maxPacketsPerTurn && bytes < maxBytesPerTurn; count += 1) {
      if (this.#isClosed || this.#reader.peek() !== 'frame') return
      bytes += this.#reader.byteLength
      const packet = packetOfFrame(this.#reader)
      this.#reader.release()
      try {
        this.#packets.call(packet, 'none')
      } catch (error) {
        // A listener's error is the program's, as with any other port; it must not end the reading.
        process.nextTick(() => {
          throw error
        })
      }
    }
  }

  #end(): void {
    this.#isClosed = true
    this.#forgetQueue()
    this.#outgoing.close()
    this.#incoming.close()
    if (this.#keepAlive !== null) clearInterval(this.#keepAlive)
    this.#linger?.[Symbol.dispose]()
    queueMicrotask(() => this.#closing.happen())
  }

  #forgetQueue(): void {
    this.#queue.clear()
    this.#queuedBytes = 0
  }
}
