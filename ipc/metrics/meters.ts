import type { EndpointId } from '../identity.ts'
import type { MethodMeter } from './method-meter.ts'
import { type LineFacts, PeerMeter, type PeerTraffic } from './peer-meter.ts'
import type { SlidingMinute } from './sliding-minute.ts'

/** Peers come and go; the one that was silent longest makes room. */
const maxPeers = 500

/**
 * The numbers of one endpoint in one direction: one for the calls that it makes, one for those that it answers. Both
 * share one `SlidingMinute`, which is told the time before messages are counted.
 */
export class Meters {
  readonly #minute: SlidingMinute
  /** The one that was in use last stands last. */
  readonly #peers = new Map<EndpointId, PeerMeter>()

  constructor(minute: SlidingMinute) {
    this.#minute = minute
  }

  /** Ask again for each connection: a peer that was silent for long may have made room. */
  peer(peer: EndpointId): PeerMeter {
    const known = this.#peers.get(peer)
    if (known !== undefined) return known
    const made = new PeerMeter(peer, this.#minute, meter => this.#putLast(meter))
    this.#putLast(made)
    return made
  }

  /** `method` is `contract.method`. Looks up names: once for a connection, not for each call. */
  meter(peer: EndpointId, method: string): MethodMeter {
    return this.peer(peer).method(method)
  }

  /**
   * Everything that was counted in the window, peer by peer; numbers that are older are forgotten by this. `lineTo` tells
   * of a peer that is connected; null of one that is not. `now` is the clock's.
   */
  snapshot(now: number, lineTo: (peer: EndpointId) => LineFacts | null = () => null): readonly PeerTraffic[] {
    this.#minute.advance(now)
    const spanMs = this.#minute.spanMs(now)
    return [...this.#peers.values()].flatMap(meter => meter.read(spanMs, lineTo(meter.peer)) ?? [])
  }

  /** Once in a quarter of a minute for each peer and method that is in use. */
  #putLast(meter: PeerMeter): void {
    const known = this.#peers.get(meter.peer)
    if (known !== undefined && known !== meter) return
    this.#peers.delete(meter.peer)
    this.#peers.set(meter.peer, meter)
    if (this.#peers.size <= maxPeers) return
    const silent = this.#peers.keys().next()
    if (silent.done !== true) this.#peers.delete(silent.value)
  }
}
