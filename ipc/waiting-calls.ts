import type { EndpointId } from './identity.ts'
import type { OutgoingCall } from './outgoing-call.ts'

/** How many calls may wait for one peer to be connected. */
export const maxWaitingCalls = 1_000

/** Calls to peers that are not connected yet, in the order in which they were made. */
export class WaitingCalls {
  readonly #byPeer = new Map<EndpointId, Set<OutgoingCall>>()

  get size(): number {
    let size = 0
    for (const calls of this.#byPeer.values()) size += calls.size
    return size
  }

  /** `first` when nobody waited for this peer yet, `full` when the call could not be added. */
  add(call: OutgoingCall): 'first' | 'queued' | 'full' {
    const calls = this.#byPeer.get(call.peer)
    if (calls === undefined) {
      this.#byPeer.set(call.peer, new Set([call]))
      return 'first'
    }
    if (calls.size >= maxWaitingCalls) return 'full'
    calls.add(call)
    return 'queued'
  }

  remove(call: OutgoingCall): void {
    const calls = this.#byPeer.get(call.peer)
    if (calls === undefined) return
    calls.delete(call)
    if (calls.size === 0) this.#byPeer.delete(call.peer)
  }

  /** Takes out all that wait for one peer. */
  take(peer: EndpointId): readonly OutgoingCall[] {
    const calls = this.#byPeer.get(peer)
    this.#byPeer.delete(peer)
    return calls === undefined ? [] : [...calls]
  }

  takeAll(): readonly OutgoingCall[] {
    const all = [...this.#byPeer.values()].flatMap(calls => [...calls])
    this.#byPeer.clear()
    return all
  }
}
