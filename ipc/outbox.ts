import { IpcError } from './errors.ts'
import { createFifo } from './fifo.ts'
import { SendCredit, Watermarks } from './flow.ts'
import { buffersToMove } from './moving.ts'
import { type Calls, type Outgoing, uncopyable } from './outgoing.ts'
import { PacketWriter } from './packet-writer.ts'
import type { Packet, Port, Protection } from './port.ts'
import { PriorityQueue } from './priority-queue.ts'

/** More in one packet saves nothing any more, and would keep the receiver from beginning. */
const maxMessagesPerPacket = 64
/** One packet for so many calls in flight: both sides then have something to do while the other is at work. */
const callsPerPacket = 4
/** Nor does a larger one: small messages do not wait for large ones to be written. */
const maxPacketCharacters = 64_000

export interface OutboxOptions {
  readonly port: Port
  /** Requests, notifications and events that may wait here. */
  readonly capacity: number
  /** What the peer takes before it has granted anything. */
  readonly credit: number
  readonly now: () => number
  /** How many calls of ours the peer has not answered: what decides how many go into a packet. */
  readonly inFlight: () => number
  /** Called when waiting messages pass the upper watermark, and when they are below the lower one again. */
  readonly onPressure: (isPaused: boolean) => void
  /** Where calls get their numbers when they go out. */
  readonly calls: Calls
  /** The port would not take it. */
  readonly onRefused: (message: Outgoing, error: IpcError) => void
  /** A packet of so many messages has left. */
  readonly onPosted: (packet: Packet, messages: number) => void
}

/**
 * What waits to be posted to one peer. Messages of a tick go together: a post and a wake-up cost more than the
 * message. How many go together follows the calls in flight, a quarter of them (measured: with sixteen in flight one
 * large batch makes both sides wait for each other by turns, while small ones keep both at work).
 *
 * Asks (requests, notifications, events) are limited by the peer's credit, and wait here in the order of their
 * priority; answers are not, because each belongs to an ask that was.
 */
export class Outbox {
  readonly #options: OutboxOptions
  readonly #asks: PriorityQueue<Outgoing>
  readonly #answers = createFifo<Outgoing>()
  readonly #credit: SendCredit
  readonly #watermarks: Watermarks
  readonly #writer = new PacketWriter()
  readonly #flushSoon: () => void
  #isFlushDue = false
  #isGathering = false
  #isClosed = false

  constructor(options: OutboxOptions) {
    this.#options = options
    this.#asks = new PriorityQueue(options.capacity)
    this.#credit = new SendCredit(options.credit)
    this.#watermarks = new Watermarks(options.capacity, options.onPressure)
    this.#flushSoon = () => {
      this.#isFlushDue = false
      this.flush()
    }
  }

  /** How many asks wait. */
  get waiting(): number {
    return this.#asks.size
  }

  /** Asks that wait, in the order in which they will go. */
  get asks(): Iterable<Outgoing> {
    return this.#asks.values()
  }

  get isPaused(): boolean {
    return this.#watermarks.isPaused
  }

  /** A call: goes at once when few are in flight, else with others of its tick. False when too many wait. */
  call(message: Outgoing, now: number): boolean {
    const batch = Math.ceil((this.#options.inFlight() + this.#asks.size + 1) / callsPerPacket)
    if (batch < 2 && !this.#isFlushDue && this.#asks.size === 0 && this.#credit.available > 0) {
      this.#credit.spend()
      this.#post([message], now)
      return true
    }
    return this.#wait(message, Math.min(batch, maxMessagesPerPacket))
  }

  /** A notification or an event. False when too many wait. */
  tell(message: Outgoing): boolean {
    return this.#wait(message, maxMessagesPerPacket)
  }

  /** An answer, or anything else that needs no credit. */
  answer(message: Outgoing): void {
    if (this.#isClosed) return
    this.#answers.push(message)
    if (this.#answers.size >= maxMessagesPerPacket) this.flush()
    else this.#flushLater()
  }

  /** Takes back a message that has not gone out; false when it has. */
  remove(message: Outgoing): boolean {
    const removed = this.#asks.remove(other => other === message)
    if (removed) this.#watermarks.at(this.#asks.size)
    return removed
  }

  /** The peer grants more; false when it takes back what it had granted. */
  granted(upTo: number): boolean {
    const isHonest = this.#credit.granted(upTo)
    if (this.#asks.size > 0) this.flush()
    return isHonest
  }

  /** Until the next flush, which whoever calls this does itself, nothing else sees to it that answers leave. */
  gather(): void {
    this.#isGathering = true
  }

  /** Posts what may go now. */
  flush(): void {
    this.#isGathering = false
    // Only calls ask what time it is when they leave.
    const now = this.#asks.size > 0 ? this.#options.now() : 0
    let batch: Outgoing[] = []
    const take = (message: Outgoing): void => {
      batch.push(message)
      if (batch.length < maxMessagesPerPacket) return
      this.#post(batch, now)
      batch = []
    }
    while (this.#credit.available > 0) {
      const ask = this.#asks.shift()
      if (ask === undefined) break
      this.#credit.spend()
      take(ask)
    }
    this.#watermarks.at(this.#asks.size)
    for (let answer = this.#answers.shift(); answer !== undefined; answer = this.#answers.shift())
      take(answer)
    if (batch.length > 0) this.#post(batch, now)
  }

  /** Nothing goes out any more. Gives the asks that have not. */
  close(): readonly Outgoing[] {
    this.#isClosed = true
    this.#answers.drain()
    return this.#asks.drain()
  }

  #wait(message: Outgoing, batch: number): boolean {
    if (!this.#asks.push(message, message.rank)) return false
    this.#watermarks.at(this.#asks.size)
    if (this.#credit.available === 0) return true
    if (this.#asks.size >= batch) this.flush()
    else this.#flushLater()
    return true
  }

  #flushLater(): void {
    if (this.#isFlushDue || this.#isGathering) return
    this.#isFlushDue = true
    queueMicrotask(this.#flushSoon)
  }

  /** Packs neighbours together: text with text, the same protection, those of a group as one. */
  #post(messages: readonly Outgoing[], now: number): void {
    const { calls } = this.#options
    const writer = this.#writer
    let packed: Outgoing[] = []
    let protection: Protection = 'none'
    for (let index = 0; index < messages.length; index += 1) {
      const message = messages[index] as Outgoing
      const { group } = message
      const isGrouped = group !== null && (group === writer.group || group === messages[index + 1]?.group)
      const text = isGrouped ? message.toPart(now, calls) : message.toText(now, calls)
      const isOther =
        message.protection !== protection || writer.length + (text?.length ?? 0) > maxPacketCharacters
      if (packed.length > 0 && (text === null || isOther)) {
        this.#postPacket(writer.take(), packed, protection)
        packed = []
      }
      if (text === null) {
        this.#postPacket([message.toList(now, calls)], [message], message.protection)
        continue
      }
      protection = message.protection
      writer.add(isGrouped ? group : null, text)
      packed.push(message)
    }
    if (packed.length > 0) this.#postPacket(writer.take(), packed, protection)
  }

  #postPacket(packet: Packet, messages: readonly Outgoing[], protection: Protection): void {
    const { port, onPosted, onRefused } = this.#options
    const transfer = typeof packet === 'string' ? [] : buffersToMove(packet)
    try {
      if (transfer.length > 0) port.post(packet, { protection, transfer })
      else if (protection === 'none') port.post(packet)
      else port.post(packet, { protection })
    } catch (error) {
      const reason = error instanceof IpcError ? error : uncopyable(error)
      for (const message of messages) onRefused(message, reason)
      return
    }
    onPosted(packet, messages.length)
  }
}
