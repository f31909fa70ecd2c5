import { createFifo, type Fifo } from './fifo.ts'
import type { EndpointId } from './identity.ts'
import type { Outgoing } from './outgoing.ts'

/** How many messages may wait for one peer to be connected. */
export const maxWaiting = 1_000

/** How long notifications wait at most, counted from the first of them: they have no deadline of their own. */
const noticesWaitMs = 5_000

/** What waits for one peer. */
interface Waiting {
  readonly messages: Fifo<Outgoing>
  /** When the notifications among them are let go, by the endpoint's clock. */
  noticesUntil: number
}

/** Calls and notifications to peers that are not connected yet, in the order in which they were made. */
export class WaitingForPeers {
  readonly #byPeer = new Map<EndpointId, Waiting>()

  get size(): number {
    let size = 0
    for (const { messages } of this.#byPeer.values()) size += messages.size
    return size
  }

  /** `first` when nobody waited for this peer yet, `full` when the message could not be added. */
  add(peer: EndpointId, message: Outgoing): 'first' | 'queued' | 'full' {
    let waiting = this.#byPeer.get(peer)
    const isFirst = waiting === undefined
    if (waiting === undefined) {
      waiting = { messages: createFifo(), noticesUntil: Number.POSITIVE_INFINITY }
      this.#byPeer.set(peer, waiting)
    }
    if (waiting.messages.size >= maxWaiting) return 'full'
    waiting.messages.push(message)
    return isFirst ? 'first' : 'queued'
  }

  /** A notification waits since now. Gives the time until which it does. */
  noticeWaits(peer: EndpointId, now: number): number {
    const waiting = this.#byPeer.get(peer)
    if (waiting === undefined) return Number.POSITIVE_INFINITY
    waiting.noticesUntil = Math.min(waiting.noticesUntil, now + noticesWaitMs)
    return waiting.noticesUntil
  }

  /** Lets go of notifications whose time is over; `isCall` tells calls from them. Gives when the next are due. */
  expireNotices(
    now: number,
    isCall: (message: Outgoing) => boolean,
    onLetGo: (peer: EndpointId) => void,
  ): number {
    let earliest = Number.POSITIVE_INFINITY
    for (const [peer, waiting] of this.#byPeer) {
      const { messages } = waiting
      if (waiting.noticesUntil <= now) {
        waiting.noticesUntil = Number.POSITIVE_INFINITY
        for (const message of messages.drain()) {
          if (isCall(message)) messages.push(message)
          else onLetGo(peer)
        }
        if (messages.size === 0) this.#byPeer.delete(peer)
      }
      earliest = Math.min(earliest, waiting.noticesUntil)
    }
    return earliest
  }

  remove(peer: EndpointId, message: Outgoing): void {
    const waiting = this.#byPeer.get(peer)
    if (waiting === undefined) return
    waiting.messages.remove(other => other === message)
    if (waiting.messages.size === 0) this.#byPeer.delete(peer)
  }

  /** Takes out all that wait for one peer. */
  take(peer: EndpointId): readonly Outgoing[] {
    const waiting = this.#byPeer.get(peer)
    this.#byPeer.delete(peer)
    return waiting === undefined ? [] : waiting.messages.drain()
  }

  takeAll(): readonly Outgoing[] {
    const all = [...this.values()]
    this.#byPeer.clear()
    return all
  }

  *values(): Generator<Outgoing> {
    for (const { messages } of this.#byPeer.values()) yield* messages.values()
  }
}
