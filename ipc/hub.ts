import { Authority, type AuthorityRow } from './authority.ts'
import type { Connection } from './connection.ts'
import type { Endpoint } from './endpoint.ts'
import { IdentifierConflictError, type IpcError, TargetUnavailableError } from './errors.ts'
import { hubContract } from './hub-contract.ts'
import { Introducer, type Member } from './hub-introducer.ts'
import { type EndpointId, isEndpointId } from './identity.ts'
import type { Introduction } from './introduction.ts'
import { Listeners } from './listeners.ts'
import { type Log, silentLog } from './log.ts'
import type { Port } from './port.ts'
import { RegistryPublisher } from './registry-publisher.ts'
import { Registry, type RegistryView } from './registry-view.ts'
import { checkedTarget, type Target, type TargetFacts, visibleTarget } from './target.ts'

/** How main reaches one process before there is a port: it hands over an introduction with the port. */
export type Deliver<RawPort> = (introduction: Introduction, port: RawPort) => void

/** A process's place at the hub. Disposing it is the same as `remove('no longer needed')`. */
export interface Registration extends Disposable {
  readonly target: Target
  /** Main's own connection to the process. */
  readonly connection: Connection
  /** The target navigated, or its pid is known now. Throws VALIDATION_ERROR; does nothing once it was removed. */
  update(facts: TargetFacts): void
  /**
   * Forgets the process at once, within the tick of its exit: its calls fail with PROCESS_TERMINATED, its peers are
   * told. A later process may take the same name.
   */
  remove(reason: string): void
}

/** Somebody who was here is gone. */
export interface Departure {
  readonly target: Target
  readonly reason: string
}

/** The meeting point in main: knows every endpoint, and brings together those that may meet. */
export interface Hub<RawPort> extends Disposable {
  /**
   * Gives the process its name and its port to main. Throws IDENTIFIER_CONFLICT while the name is taken, by whatever
   * kind of process, and VALIDATION_ERROR for a target that breaks a rule.
   */
  register(target: Target, deliver: Deliver<RawPort>): Registration
  /** Takes in somebody who came by a port of its own, such as the command line. It is introduced to nobody. */
  registerExternal(target: Target, port: Port): Registration
  /** Who is here now. */
  readonly members: readonly Target[]
  /** The same as main's own registry, with every site, for selectors. */
  readonly registry: RegistryView
  /** Which direct channels exist now, for the graph of who talks to whom. */
  readonly channels: readonly (readonly [EndpointId, EndpointId])[]
  /** Told once the newcomer has its port to main. */
  onDidRegister(listener: (target: Target) => void): Disposable
  /** Told once its calls have failed and its peers know. */
  onDidTerminate(listener: (departure: Departure) => void): Disposable
}

export interface HubOptions<RawPort> {
  /** Main's own endpoint. */
  readonly endpoint: Endpoint
  /** Makes two joined ports, such as Electron's `MessageChannelMain`. */
  readonly createChannel: () => readonly [RawPort, RawPort]
  /** Puts main's own end under the framework; also called to close an end that could not be handed over. */
  readonly adopt: (port: RawPort) => Port
  /** Who may ask for a direct port to whom, and who is told of whom. */
  readonly authority: readonly AuthorityRow[]
  readonly log?: Log
}

export function createHub<RawPort>(options: HubOptions<RawPort>): Hub<RawPort> {
  return new MessageHub(options)
}

class MessageHub<RawPort> implements Hub<RawPort> {
  readonly registry = new Registry()
  readonly #options: HubOptions<RawPort>
  readonly #log: Log
  readonly #introducer: Introducer<RawPort>
  readonly #publisher: RegistryPublisher
  readonly #members = new Map<EndpointId, Member<RawPort>>()
  readonly #registrations = new Set<Registration>()
  readonly #registerListeners = new Listeners<[target: Target]>()
  readonly #terminateListeners = new Listeners<[departure: Departure]>()
  readonly #service: Disposable

  constructor(options: HubOptions<RawPort>) {
    const { endpoint, createChannel, adopt } = options
    this.#options = options
    this.#log = options.log ?? silentLog
    const authority = new Authority(options.authority)
    this.#introducer = new Introducer({ authority, createChannel, adopt, log: this.#log })
    this.#publisher = new RegistryPublisher({
      authority,
      publish: (role, delta) =>
        endpoint.announce(hubContract, 'registryChanged', delta, {
          to: peer => peer.role === role && this.#members.has(peer.id),
        }),
    })
    this.#service = endpoint.serve(hubContract, {
      introduce: ({ peer, lostChannel }, call) => {
        const asker = this.#members.get(call.peer.id)
        const wanted = isEndpointId(peer) ? this.#members.get(peer) : undefined
        if (asker === undefined || wanted === undefined || wanted === asker) throw noSuchPeer(peer)
        this.#introducer.introduce(asker, wanted, lostChannel)
        return {}
      },
      registry: (_args, call) =>
        this.#members.has(call.peer.id)
          ? this.#publisher.snapshotFor(call.peer.role)
          : { version: 0, targets: [] },
    })
  }

  get members(): readonly Target[] {
    return [...this.#members.values()].map(member => member.target)
  }

  get channels(): readonly (readonly [EndpointId, EndpointId])[] {
    return [...this.#members.values()].flatMap(({ target, channels }) =>
      [...channels.keys()].filter(other => target.id < other).map(other => [target.id, other] as const),
    )
  }

  register(target: Target, deliver: Deliver<RawPort>): Registration {
    const checked = this.#checked(target)
    const { endpoint, createChannel, adopt } = this.#options
    const [near, far] = createChannel()
    const port = adopt(near)
    const member: Member<RawPort> = { target: checked, deliver, channels: new Map(), lastChannel: 1 }
    const { id, role } = checked
    const welcome = {
      kind: 'nexus/introduction',
      peer: endpoint.identity,
      channel: 1,
      self: { id, role },
    } as const
    try {
      const registry = this.#publisher.snapshotFor(role)
      deliver(
        registry.targets.length === 0 && registry.version === 0 ? welcome : { ...welcome, registry },
        far,
      )
    } catch (error) {
      port.close()
      throw error
    }
    return this.#admit(member, port)
  }

  registerExternal(target: Target, port: Port): Registration {
    return this.#admit(
      { target: this.#checked(target), deliver: null, channels: new Map(), lastChannel: 0 },
      port,
    )
  }

  onDidRegister(listener: (target: Target) => void): Disposable {
    return this.#registerListeners.add(listener)
  }

  onDidTerminate(listener: (departure: Departure) => void): Disposable {
    return this.#terminateListeners.add(listener)
  }

  [Symbol.dispose](): void {
    for (const registration of [...this.#registrations]) registration.remove('Nexus is closing')
    this.#service[Symbol.dispose]()
  }

  /** Throws unless the target keeps the rules and its name is free. */
  #checked(candidate: Target): Target {
    const target = checkedTarget(candidate)
    const { id } = target
    const { endpoint } = this.#options
    if (this.#members.has(id) || id === endpoint.identity.id || endpoint.connectionTo(id) !== null) {
      throw new IdentifierConflictError(`There is a ${id} already`)
    }
    return target
  }

  #admit(member: Member<RawPort>, port: Port): Registration {
    const { id, role } = member.target
    this.#members.set(id, member)
    this.#publisher.joined(member.target)
    this.registry.apply({ removed: [], present: [visibleTarget(member.target, true)] })
    const connection = this.#options.endpoint.connect(port, { id, role })
    const remove = (reason: string): void => {
      if (!this.#registrations.delete(registration)) return
      this.#remove(member, connection, reason)
    }
    const registration: Registration = {
      get target() {
        return member.target
      },
      connection,
      update: facts => {
        if (this.#registrations.has(registration)) this.#update(member, facts)
      },
      remove,
      [Symbol.dispose]: () => remove('no longer needed'),
    }
    this.#registrations.add(registration)
    // Also when it was closed because the process lied once too often: then nobody speaks to it any more.
    connection.onClose(remove)
    this.#introducer.restore(member, survivor => this.#members.get(survivor))
    this.#tell(() => this.#registerListeners.call(member.target))
    return registration
  }

  #update(member: Member<RawPort>, facts: TargetFacts): void {
    const before = member.target
    const after = checkedTarget({ ...before, ...facts })
    member.target = after
    this.#publisher.changed(before, after)
    this.registry.apply({ removed: [], present: [visibleTarget(after, true)] })
  }

  #remove(member: Member<RawPort>, connection: Connection, reason: string): void {
    const { endpoint } = this.#options
    const { target, channels } = member
    this.#members.delete(target.id)
    connection.close(reason)
    for (const [other, { numbers }] of channels) {
      const channel = numbers.get(other) ?? 0
      endpoint.announce(
        hubContract,
        'departed',
        { peer: target.id, channel },
        { to: peer => peer.id === other },
      )
    }
    this.#introducer.forget(member, other => this.#members.get(other))
    this.#publisher.left(target)
    this.registry.apply({ removed: [target.id], present: [] })
    this.#tell(() => this.#terminateListeners.call({ target, reason }))
  }

  /** A listener that throws is its own misfortune: whoever joins or leaves has done so. */
  #tell(announce: () => void): void {
    try {
      announce()
    } catch (error) {
      this.#log({ level: 'error', message: 'A listener of the hub failed', details: { error } })
    }
  }
}

function noSuchPeer(wanted: string): IpcError {
  return new TargetUnavailableError(`There is no ${wanted.slice(0, 102)} now`)
}
