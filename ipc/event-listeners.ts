import { allowsRole } from './any-role.ts'
import type { Contract } from './contract.ts'
import type { EndpointId, Identity } from './identity.ts'
import { Listeners } from './listeners.ts'
import type { Offence } from './offences.ts'
import { checkerOf } from './validation.ts'

interface Subscription {
  readonly contract: Contract
  readonly listeners: Listeners<[payload: unknown]>
}

/** Who in this process listens to which event of which peer. */
export class EventListeners {
  #ownRole: string
  readonly #subscriptions = new Map<string, Subscription>()

  constructor(ownRole: string) {
    this.#ownRole = ownRole
  }

  add(peer: EndpointId, contract: Contract, event: string, listener: (payload: unknown) => void): Disposable {
    const key = keyOf(peer, `${contract.name}.${event}`)
    let subscription = this.#subscriptions.get(key)
    if (subscription === undefined) {
      subscription = { contract, listeners: new Listeners() }
      this.#subscriptions.set(key, subscription)
    }
    const { listeners } = subscription
    const entry = listeners.add(listener)
    return {
      [Symbol.dispose]: () => {
        entry[Symbol.dispose]()
        if (listeners.size === 0) this.#subscriptions.delete(key)
      },
    }
  }

  /** Hands the event on; or says what is wrong with it. What nobody listens to is let go. */
  receive(peer: Identity, name: string, payload: unknown): Offence | null {
    const subscription = this.#subscriptions.get(keyOf(peer.id, name))
    if (subscription === undefined) return null
    const event = name.slice(subscription.contract.name.length + 1)
    const declaration = Object.hasOwn(subscription.contract.events, event)
      ? subscription.contract.events[event]
      : undefined
    if (declaration === undefined || !allowsRole(declaration.listeners, this.#ownRole))
      return 'forbiddenEvent'
    if (!checkerOf(declaration.payload).check(payload)) return 'badPayload'
    subscription.listeners.call(payload)
    return null
  }

  /** The endpoint has got its role. */
  become(ownRole: string): void {
    this.#ownRole = ownRole
  }

  clear(): void {
    this.#subscriptions.clear()
  }
}

/** A line break stands in neither. */
function keyOf(peer: EndpointId, name: string): string {
  return `${peer}\n${name}`
}
