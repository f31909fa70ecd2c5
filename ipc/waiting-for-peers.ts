import { createFifo, type Fifo } from './fifo.ts'
import type { EndpointId } from './identity.ts'
import type { Outgoing } from './outgoing.ts'

/** How many messages may wait for one peer to be connected. */
export const maxWaiting = 1_000

/** Calls and notifications to peers that are not connected yet, in the order in which they were made. */
export class WaitingForPeers {
  readonly #byPeer = new Map<EndpointId, Fifo<Outgoing>>()

  get size(): number {
    let size = 0
    for (const messages of this.#byPeer.values()) size += messages.size
    return size
  }

  /** `first` when nobody waited for this peer yet, `full` when the message could not be added. */
  add(peer: EndpointId, message: Outgoing): 'first' | 'queued' | 'full' {
    let messages = this.#byPeer.get(peer)
    const isFirst = messages === undefined
    if (messages === undefined) {
      messages = createFifo()
      this.#byPeer.set(peer, messages)
    }
    if (messages.size >= maxWaiting) return 'full'
    messages.push(message)
    return isFirst ? 'first' : 'queued'
  }

  remove(peer: EndpointId, message: Outgoing): void {
    const messages = this.#byPeer.get(peer)
    if (messages === undefined) return
    messages.remove(other => other === message)
    if (messages.size === 0) this.#byPeer.delete(peer)
  }

  /** Takes out all that wait for one peer. */
  take(peer: EndpointId): readonly Outgoing[] {
    const messages = this.#byPeer.get(peer)
    this.#byPeer.delete(peer)
    return messages === undefined ? [] : messages.drain()
  }

  takeAll(): readonly Outgoing[] {
    const all = [...this.values()]
    this.#byPeer.clear()
    return all
  }

  *values(): Generator<Outgoing> {
    for (const messages of this.#byPeer.values()) yield* messages.values()
  }
}
