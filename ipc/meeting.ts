import type { Client } from './client.ts'
import { type Clock, systemClock } from './clock.ts'
import { createEndpoint, type Endpoint, type EndpointOptions } from './endpoint.ts'
import { type IpcError, RegistrationTimeoutError, TargetUnavailableError } from './errors.ts'
import { hubContract } from './hub-contract.ts'
import { type EndpointId, type Identity, identity, isEndpointId } from './identity.ts'
import { type Introduction, parseIntroduction } from './introduction.ts'
import { Listeners } from './listeners.ts'
import { type Log, silentLog } from './log.ts'
import type { Port } from './port.ts'
import { RegistryFollower } from './registry-follower.ts'
import type { RegistryView } from './registry-view.ts'

/** Main answers within milliseconds; a process that is not welcomed by then most likely never will be. */
export const defaultRegistrationTimeoutMs = 5_000
/** Calls that still wait to be sent after this time are a start that got stuck, which somebody should hear of. */
const drainWarningMs = 5_000
/** An introduction is on its way for moments only; older departures need not be remembered. */
const maxDepartures = 1_000

/** Who a process is until main has named it. No contract lets this role call anything. */
const unnamed = identity('unnamed', 'unnamed')

/** Where introductions come from, in whatever kind of process this is. */
export interface IntroductionSource {
  /** Only main can speak here. The port is null when something else than an introduction arrived. */
  onIntroduction(listener: (introduction: unknown, port: Port | null) => void): Disposable
}

export type MeetingOptions = Omit<EndpointOptions, 'identity' | 'requestPort'> & {
  /** Null waits for ever: a tab is welcomed only when somebody wants to read its page. */
  readonly registrationTimeoutMs?: number | null
}

/**
 * Where a process stands with the hub. `uninitialized`: it does not listen yet. `subscribing`: calls wait in the bounded
 * queue. `registered`: main has named it, the queue is on its way. `failed`: no welcome in time; the queue was rejected
 * and nothing is queued any more. A welcome that comes late still registers it.
 */
export type RegistrationState = 'uninitialized' | 'subscribing' | 'registered' | 'failed'

export interface RegistrationChange {
  readonly from: RegistrationState
  readonly to: RegistrationState
  /** Why it failed; null for the other states. */
  readonly error: IpcError | null
}

/** A process's side of its place at the hub. Disposing it closes the endpoint. */
export interface Membership extends Disposable {
  readonly state: RegistrationState
  /**
   * Usable at once: calls made before main's welcome wait, at most 1000 of them and in order, and are sent with it. Its
   * identity is a placeholder until then.
   */
  readonly endpoint: Endpoint
  /** Who else is there, as far as this process may know; kept up to date by main. */
  readonly registry: RegistryView
  /** Resolves with the first welcome; rejects with REGISTRATION_TIMEOUT, and TARGET_UNAVAILABLE when it is disposed. */
  whenRegistered(): Promise<Endpoint>
  /** Tells of each change of state once it is complete. */
  onStateChange(listener: (change: RegistrationChange) => void): Disposable
}

/**
 * Begins to listen for main's welcome; from then on connects whoever main introduces, and asks main for those that are
 * called and not yet met. `prepare` runs before anything can arrive: the place to serve and to listen.
 *
 * @example
 * const membership = joinHub(source, {}, ({ endpoint }) => endpoint.serve(aiContract, handlers))
 * membership.endpoint.client(storageContract, endpointId('storage')).read({ key }) // waits for the welcome
 */
export function joinHub(
  source: IntroductionSource,
  options: MeetingOptions = {},
  prepare: (membership: Membership) => void = () => {},
): Membership {
  const membership = new HubMembership(options)
  prepare(membership)
  membership.subscribe(source)
  return membership
}

/**
 * Waits for main's welcome and gives the endpoint that main named. `prepare` runs before anything can arrive: the place
 * to serve. Rejects with REGISTRATION_TIMEOUT, after which a late welcome is not answered.
 */
export function meet(
  source: IntroductionSource,
  options: MeetingOptions,
  prepare: (endpoint: Endpoint) => void,
): Promise<Endpoint> {
  return welcomed(joinHub(source, options, ({ endpoint }) => prepare(endpoint)))
}

/** The endpoint once main has named it. Rejects with REGISTRATION_TIMEOUT, and gives up the membership then. */
export async function welcomed(membership: Membership): Promise<Endpoint> {
  try {
    return await membership.whenRegistered()
  } catch (error) {
    membership[Symbol.dispose]()
    throw error
  }
}

class HubMembership implements Membership {
  readonly endpoint: Endpoint
  readonly #clock: Clock
  readonly #log: Log
  readonly #limitMs: number | null
  readonly #registry: RegistryFollower
  readonly #stateListeners = new Listeners<[change: RegistrationChange]>()
  readonly #welcomed = Promise.withResolvers<Endpoint>()
  /** The last channel to each peer, so that a lost one is remade and a coming one is not. */
  readonly #channels = new Map<EndpointId, number>()
  /** Channels up to this number lead to a peer that is gone. */
  readonly #departed = new Map<EndpointId, number>()
  /** Peers for which calls wait. */
  readonly #awaited = new Set<EndpointId>()
  #state: RegistrationState = 'uninitialized'
  #failure: IpcError | null = null
  #controller: EndpointId | null = null
  #listening: Disposable | null = null
  #timers: readonly Disposable[] = []

  constructor({ registrationTimeoutMs = defaultRegistrationTimeoutMs, ...options }: MeetingOptions) {
    this.#clock = options.clock ?? systemClock
    this.#log = options.log ?? silentLog
    this.#limitMs = registrationTimeoutMs
    this.endpoint = createEndpoint({
      ...options,
      identity: unnamed,
      requestPort: peer => this.#requestPort(peer),
    })
    this.#registry = new RegistryFollower({ ask: () => this.#hub().registry({}), log: this.#log })
    // Whoever needs to know asks; nobody has to.
    this.#welcomed.promise.catch(() => {})
  }

  get state(): RegistrationState {
    return this.#state
  }

  get registry(): RegistryView {
    return this.#registry.view
  }

  whenRegistered(): Promise<Endpoint> {
    return this.#welcomed.promise
  }

  onStateChange(listener: (change: RegistrationChange) => void): Disposable {
    return this.#stateListeners.add(listener)
  }

  subscribe(source: IntroductionSource): void {
    const limitMs = this.#limitMs
    this.#timers = [
      this.#clock.after(drainWarningMs, () => this.#warnOfUndrained()),
      ...(limitMs === null ? [] : [this.#clock.after(limitMs, () => this.#fail(limitMs))]),
    ]
    this.#enter('subscribing')
    this.#listening = source.onIntroduction((raw, port) => {
      const introduction = port === null ? null : parseIntroduction(raw)
      if (introduction === null || port === null) return
      if (!this.#accept(introduction, port)) port.close()
    })
  }

  [Symbol.dispose](): void {
    this.#listening?.[Symbol.dispose]()
    for (const timer of this.#timers) timer[Symbol.dispose]()
    this.#welcomed.reject(new TargetUnavailableError('The endpoint was closed before main welcomed it'))
    this.#stateListeners.clear()
    this.endpoint[Symbol.dispose]()
  }

  /** False for an introduction that leads nowhere. */
  #accept(introduction: Introduction, port: Port): boolean {
    const { peer, channel, self } = introduction
    if (self !== undefined) return this.#welcome(introduction, self, port)
    // It may have been overtaken by the news that the peer is gone.
    if (this.#controller === null || channel <= (this.#departed.get(peer.id) ?? 0)) return false
    this.#channels.set(peer.id, channel)
    this.endpoint.connect(port, peer)
    return true
  }

  #welcome({ peer: controller, registry }: Introduction, self: Identity, port: Port): boolean {
    if (this.#controller === null) {
      this.#controller = controller.id
      this.endpoint.become(self)
      this.#listenToHub()
    } else if (self.id !== this.endpoint.identity.id || controller.id !== this.#controller) {
      this.#log({ level: 'warning', message: 'Main gave a second name', details: { second: self.id } })
      return false
    }
    // Main counts the channels of a newcomer from the beginning.
    this.#channels.clear()
    this.#departed.clear()
    this.#registry.welcome(self, controller, registry ?? { version: 0, targets: [] })
    this.endpoint.connect(port, controller)
    this.#awaited.delete(controller.id)
    this.#failure = null
    this.#welcomed.resolve(this.endpoint)
    this.#enter('registered')
    return true
  }

  #listenToHub(): void {
    const hub = this.#hub()
    hub.on('departed', ({ peer, channel }) => {
      if (!isEndpointId(peer)) return
      // A service that came back may have been introduced already.
      if ((this.#channels.get(peer) ?? 0) > channel) return
      this.#channels.delete(peer)
      this.#rememberDeparture(peer, channel)
      this.endpoint.connectionTo(peer)?.close('main saw it end')
    })
    hub.on('registryChanged', delta => this.#registry.receive(delta))
  }

  #rememberDeparture(peer: EndpointId, channel: number): void {
    this.#departed.delete(peer)
    this.#departed.set(peer, channel)
    const [oldest] = this.#departed.keys()
    if (this.#departed.size > maxDepartures && oldest !== undefined) this.#departed.delete(oldest)
  }

  #hub(): Client<typeof hubContract> {
    if (this.#controller === null) throw new TargetUnavailableError('Main has not welcomed this process')
    return this.endpoint.client(hubContract, this.#controller)
  }

  /** Throws at once when there was no welcome: nothing is kept for later then. */
  #requestPort(peer: EndpointId): Promise<void> {
    if (this.#failure !== null) throw this.#failure
    return this.#askFor(peer)
  }

  async #askFor(peer: EndpointId): Promise<void> {
    this.#awaited.add(peer)
    try {
      if (this.#state !== 'registered') await this.#welcomed.promise
      if (peer === this.#controller) return
      await this.#hub().introduce({ peer, lostChannel: this.#channels.get(peer) ?? null })
    } finally {
      this.#awaited.delete(peer)
    }
  }

  #fail(limitMs: number): void {
    if (this.#state !== 'subscribing') return
    const error = new RegistrationTimeoutError(`Main did not welcome this process within ${limitMs} ms`)
    this.#failure = error
    this.#log({ level: 'error', message: error.message })
    for (const peer of this.#awaited) this.endpoint.giveUpOn(peer, error)
    this.#awaited.clear()
    this.#welcomed.reject(error)
    this.#enter('failed')
  }

  #warnOfUndrained(): void {
    if (this.#awaited.size === 0) return
    this.#log({
      level: 'warning',
      message: `Calls wait to be sent since ${drainWarningMs} ms`,
      details: { state: this.#state, peers: [...this.#awaited] },
    })
  }

  #enter(to: RegistrationState): void {
    const from = this.#state
    if (from === to) return
    this.#state = to
    this.#stateListeners.call({ from, to, error: this.#failure })
  }
}
