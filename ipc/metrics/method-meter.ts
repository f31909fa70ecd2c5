import { CallCounts, perSecond } from './call-counts.ts'
import type { PeerMeter } from './peer-meter.ts'
import { type Part, RecentParts } from './recent-parts.ts'
import type { SlidingMinute } from './sliding-minute.ts'
import type { MethodTraffic } from './traffic.ts'

/** How a call ended. */
export type CallOutcome = 'answered' | 'failed' | 'timedOut' | 'cancelled'

class MethodPart extends CallCounts implements Part {
  readonly part: number

  constructor(part: number) {
    super()
    this.part = part
  }
}

/**
 * Counts one method of one peer in one direction, over the sliding minute. Counting allocates nothing, but for the first
 * time in a quarter of a minute. Ask `Meters` for it once for a connection, not for each call.
 */
export class MethodMeter extends RecentParts<MethodPart> {
  readonly #name: string
  readonly #peer: PeerMeter

  /** @internal Made by its peer's meter. */
  constructor(name: string, peer: PeerMeter, minute: SlidingMinute) {
    super(minute)
    this.#name = name
    this.#peer = peer
  }

  /** A call is over. `totalMs` is what its caller waited; where calls are answered, what the handler took. */
  settled(outcome: CallOutcome, totalMs: number): void {
    const { current } = this
    current.latency.record(totalMs)
    switch (outcome) {
      case 'answered':
      case 'cancelled':
        return
      case 'failed':
        current.failed += 1
        return
      case 'timedOut':
        current.timedOut += 1
        return
    }
  }

  /** A notification or an event was sent. */
  told(): void {
    this.current.notifications += 1
  }

  /** Where the time of a call went: before it was sent, on the way there and back, and in the handler. */
  timed(queuedMs: number, wireMs: number, handlerMs: number): void {
    this.#peer.timed(queuedMs, wireMs, handlerMs)
  }

  /** A message of this method had so many bytes. */
  bytes(count: number): void {
    this.current.bytes += count
  }

  /** A call was sent once more. */
  retried(): void {
    this.current.retries += 1
  }

  /** A full queue refused a call, which is settled as failed beside this, or a notification that is `told` beside it. */
  dropped(): void {
    this.current.drops += 1
  }

  /** @internal What lies in the window, added up. */
  total(): CallCounts {
    const total = new CallCounts()
    for (const part of this.recent()) total.add(part)
    return total
  }

  /** @internal */
  read(total: CallCounts, spanMs: number): MethodTraffic {
    return {
      method: this.#name,
      messagesPerSecond: perSecond(total.latency.count + total.notifications, spanMs),
      bytesPerSecond: perSecond(total.bytes, spanMs),
      ...total.read(),
    }
  }

  protected override makePart(part: number): MethodPart {
    return new MethodPart(part)
  }

  protected override began(): void {
    this.#peer.inUse()
  }
}
