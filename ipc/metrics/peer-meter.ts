import type { EndpointId } from '../identity.ts'
import { CallCounts, perSecond, rounded } from './call-counts.ts'
import { LatencyHistogram } from './latency-histogram.ts'
import { MethodMeter } from './method-meter.ts'
import { type Part, RecentParts } from './recent-parts.ts'
import type { SlidingMinute } from './sliding-minute.ts'
import { type CountedPair, maxMethods } from './traffic.ts'

/** What of a pair is known without counting. */
export interface LineFacts {
  /** Calls that wait for their answer. */
  readonly pendingCalls: number
  /** Held back by flow control. */
  readonly isPaused: boolean
}

/** The numbers of one peer, in one direction. */
export type PeerTraffic = Omit<CountedPair, 'from' | 'to'> & { readonly peer: EndpointId }

class PeerPart implements Part {
  readonly part: number
  messages = 0
  bytes = 0
  queueSum = 0
  queueReadings = 0
  queueMax = 0
  readonly queued = new LatencyHistogram()
  readonly wire = new LatencyHistogram()
  readonly handler = new LatencyHistogram()

  constructor(part: number) {
    this.part = part
  }
}

/** Names beyond the limit are counted together; contracts have fewer, so that only a liar gets there. */
const otherMethods = 'others'
const idle: LineFacts = { pendingCalls: 0, isPaused: false }

/** Counts what goes to one peer, or comes from it, over the sliding minute; counting costs as with `MethodMeter`. */
export class PeerMeter extends RecentParts<PeerPart> {
  readonly peer: EndpointId
  readonly #minute: SlidingMinute
  readonly #onUse: (meter: PeerMeter) => void
  readonly #methods = new Map<string, MethodMeter>()

  /** @internal Made by `Meters`. */
  constructor(peer: EndpointId, minute: SlidingMinute, onUse: (meter: PeerMeter) => void) {
    super(minute)
    this.peer = peer
    this.#minute = minute
    this.#onUse = onUse
  }

  /** So many stand in the queue now. To be told whenever something had to be put there. */
  queued(size: number): void {
    const { current } = this
    current.queueSum += size
    current.queueReadings += 1
    if (size > current.queueMax) current.queueMax = size
  }

  /** So many messages went over the line, together so many bytes. */
  moved(messages: number, bytes: number): void {
    const { current } = this
    current.messages += messages
    current.bytes += bytes
  }

  /** The meter of a method, `contract.method`. Looks up a name: not for each call. */
  method(name: string): MethodMeter {
    const known = this.#methods.get(name)
    if (known !== undefined) return known
    if (this.#methods.size >= maxMethods - 1 && name !== otherMethods) return this.method(otherMethods)
    const made = new MethodMeter(name, this, this.#minute)
    this.#methods.set(name, made)
    return made
  }

  /** @internal */
  timed(queuedMs: number, wireMs: number, handlerMs: number): void {
    const { current } = this
    current.queued.record(queuedMs)
    current.wire.record(wireMs)
    current.handler.record(handlerMs)
  }

  /** @internal */
  inUse(): void {
    this.#onUse(this)
  }

  /** @internal Null when nothing was counted in the window and there is no line either. */
  read(spanMs: number, line: LineFacts | null): PeerTraffic | null {
    const calls = new CallCounts()
    const methods = [...this.#methods.values()].flatMap(meter => {
      const total = meter.total()
      calls.add(total)
      return total.isEmpty ? [] : [meter.read(total, spanMs)]
    })
    const parts = this.recent()
    if (parts.length === 0 && methods.length === 0 && line === null) return null
    const sum = (read: (part: PeerPart) => number): number => parts.reduce((all, part) => all + read(part), 0)
    const median = (read: (part: PeerPart) => LatencyHistogram): number => {
      const all = new LatencyHistogram()
      for (const part of parts) all.add(read(part))
      return rounded(all.percentile(0.5))
    }
    return {
      peer: this.peer,
      messagesPerSecond: perSecond(
        sum(part => part.messages),
        spanMs,
      ),
      bytesPerSecond: perSecond(
        sum(part => part.bytes),
        spanMs,
      ),
      ...calls.read(),
      avgQueueSize: rounded(
        sum(part => part.queueSum) /
          Math.max(
            1,
            sum(part => part.queueReadings),
          ),
      ),
      maxQueueSize: Math.max(0, ...parts.map(part => part.queueMax)),
      queuedMs: median(part => part.queued),
      wireMs: median(part => part.wire),
      handlerMs: median(part => part.handler),
      ...(line ?? idle),
      methods,
    }
  }

  protected override makePart(part: number): PeerPart {
    return new PeerPart(part)
  }

  protected override began(): void {
    this.inUse()
  }
}
