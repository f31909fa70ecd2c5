import { Authority, type AuthorityRow } from './authority.ts'
import type { Connection } from './connection.ts'
import type { Endpoint } from './endpoint.ts'
import { IdentifierConflictError, type IpcError, TargetUnavailableError } from './errors.ts'
import { hubContract } from './hub-contract.ts'
import { type EndpointId, type Identity, isEndpointId } from './identity.ts'
import type { Introduction } from './introduction.ts'
import { type Log, silentLog } from './log.ts'
import type { Port } from './port.ts'

/** How main reaches one process before there is a port: it hands over an introduction with the port. */
export type Deliver<RawPort> = (introduction: Introduction, port: RawPort) => void

/** A process's place at the hub. Disposing it is the same as `remove('no longer needed')`. */
export interface Registration extends Disposable {
  readonly identity: Identity
  /** Main's own connection to the process. */
  readonly connection: Connection
  /**
   * Forgets the process at once, within the tick of its exit: its calls fail with PROCESS_TERMINATED, its peers are
   * told. A later process may take the same name.
   */
  remove(reason: string): void
}

/** The meeting point in main: knows every endpoint, and brings together those that may meet. */
export interface Hub<RawPort> extends Disposable {
  /** Gives the process its name and its port to main. Throws IDENTIFIER_CONFLICT while the name is taken. */
  register(identity: Identity, deliver: Deliver<RawPort>): Registration
  /** Who is here now. */
  readonly members: readonly Identity[]
  /** Which direct channels exist now, for the graph of who talks to whom. */
  readonly channels: readonly (readonly [EndpointId, EndpointId])[]
}

export interface HubOptions<RawPort> {
  /** Main's own endpoint. */
  readonly endpoint: Endpoint
  /** Makes two joined ports, such as Electron's `MessageChannelMain`. */
  readonly createChannel: () => readonly [RawPort, RawPort]
  /** Puts main's own end under the framework. */
  readonly adopt: (port: RawPort) => Port
  /** Who may ask for a direct port to whom. */
  readonly authority: readonly AuthorityRow[]
  readonly log?: Log
}

interface Member<RawPort> {
  readonly identity: Identity
  readonly deliver: Deliver<RawPort>
  /** Direct channels to others, by their name; the same object on both sides. */
  readonly channels: Map<EndpointId, Channel>
}

interface Channel {
  readonly number: number
}

export function createHub<RawPort>(options: HubOptions<RawPort>): Hub<RawPort> {
  return new MessageHub(options)
}

class MessageHub<RawPort> implements Hub<RawPort> {
  readonly #options: HubOptions<RawPort>
  readonly #authority: Authority
  readonly #log: Log
  readonly #members = new Map<EndpointId, Member<RawPort>>()
  readonly #registrations = new Set<Registration>()
  readonly #service: Disposable
  #lastChannel = 0

  constructor(options: HubOptions<RawPort>) {
    this.#options = options
    this.#authority = new Authority(options.authority)
    this.#log = options.log ?? silentLog
    this.#service = options.endpoint.serve(hubContract, {
      introduce: ({ peer, lostChannel }, call) => {
        this.#introduce(call.peer, peer, lostChannel)
        return {}
      },
    })
  }

  get members(): readonly Identity[] {
    return [...this.#members.values()].map(member => member.identity)
  }

  get channels(): readonly (readonly [EndpointId, EndpointId])[] {
    const pairs: (readonly [EndpointId, EndpointId])[] = []
    for (const [id, member] of this.#members) {
      for (const other of member.channels.keys()) if (id < other) pairs.push([id, other])
    }
    return pairs
  }

  register(identity: Identity, deliver: Deliver<RawPort>): Registration {
    const { endpoint } = this.#options
    if (this.#members.has(identity.id) || identity.id === endpoint.identity.id) {
      throw new IdentifierConflictError(`There is a ${identity.id} already`)
    }
    const member: Member<RawPort> = { identity, deliver, channels: new Map() }
    const [near, far] = this.#options.createChannel()
    this.#lastChannel += 1
    const introduction: Introduction = {
      kind: 'nexus/introduction',
      peer: endpoint.identity,
      channel: this.#lastChannel,
      self: identity,
    }
    const port = this.#options.adopt(near)
    try {
      deliver(introduction, far)
    } catch (error) {
      port.close()
      throw error
    }
    this.#members.set(identity.id, member)
    const connection = endpoint.connect(port, identity)
    const remove = (reason: string): void => {
      if (!this.#registrations.delete(registration)) return
      this.#remove(member, connection, reason)
    }
    const registration: Registration = {
      identity,
      connection,
      remove,
      [Symbol.dispose]: () => remove('no longer needed'),
    }
    this.#registrations.add(registration)
    return registration
  }

  [Symbol.dispose](): void {
    for (const registration of [...this.#registrations]) registration.remove('Nexus is closing')
    this.#service[Symbol.dispose]()
  }

  #introduce(asking: Identity, wanted: string, lostChannel: number | null): void {
    const asker = this.#members.get(asking.id)
    const member = isEndpointId(wanted) ? this.#members.get(wanted) : undefined
    if (asker === undefined || member === undefined || member === asker) throw noSuchPeer(wanted)
    this.#authority.check(asking, member.identity)
    const existing = asker.channels.get(member.identity.id)
    // Both sides may ask at once, and the port may still be on its way: a pair is made once unless it was lost.
    if (existing !== undefined && existing.number !== lostChannel) return
    this.#lastChannel += 1
    const channel: Channel = { number: this.#lastChannel }
    asker.channels.set(member.identity.id, channel)
    member.channels.set(asker.identity.id, channel)
    const [first, second] = this.#options.createChannel()
    try {
      // The one that is asked for hears first, so that it is listening when the first call comes.
      member.deliver({ kind: 'nexus/introduction', peer: asker.identity, channel: channel.number }, second)
      asker.deliver({ kind: 'nexus/introduction', peer: member.identity, channel: channel.number }, first)
    } catch (error) {
      asker.channels.delete(member.identity.id)
      member.channels.delete(asker.identity.id)
      this.#log({ level: 'warning', message: 'An introduction failed', details: { wanted, error } })
      throw noSuchPeer(wanted)
    }
  }

  #remove(member: Member<RawPort>, connection: Connection, reason: string): void {
    const { endpoint } = this.#options
    const { id } = member.identity
    this.#members.delete(id)
    connection.close(reason)
    for (const other of member.channels.keys()) this.#members.get(other)?.channels.delete(id)
    const met = member.channels
    endpoint.announce(hubContract, 'departed', { peer: id }, { to: peer => met.has(peer.id) })
    member.channels.clear()
  }
}

function noSuchPeer(wanted: string): IpcError {
  return new TargetUnavailableError(`There is no ${wanted.slice(0, 102)} now`)
}
