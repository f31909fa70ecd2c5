import { allowsRole } from './any-role.ts'
import { Caller } from './caller.ts'
import { type Client, createClient } from './client.ts'
import { type Clock, systemClock } from './clock.ts'
import { type Connection, type ConnectionHost, PortConnection } from './connection.ts'
import type { Contract, PayloadOf } from './contract.ts'
import { type Envelope, envelopeOf } from './envelope.ts'
import { IdentifierConflictError, type IpcError } from './errors.ts'
import { EventListeners } from './event-listeners.ts'
import { defaultQueueCapacity } from './flow.ts'
import { eventGroup, type ValueGroup } from './groups.ts'
import type { EndpointId, Identity } from './identity.ts'
import { createLater } from './later.ts'
import { LatestOnly } from './latest-only.ts'
import { Listeners } from './listeners.ts'
import { type Log, silentLog } from './log.ts'
import { kinds } from './message.ts'
import { CallBook } from './metrics/call-book.ts'
import type { EndpointMetrics } from './metrics/endpoint-metrics.ts'
import type { MethodMeter } from './metrics/method-meter.ts'
import { notice } from './notice.ts'
import { observedPacket } from './observed.ts'
import type { Offence } from './offences.ts'
import type { OutgoingCall } from './outgoing-call.ts'
import type { Port } from './port.ts'
import { priorityRank } from './priority.ts'
import { Repeats } from './repeats.ts'
import { type Handlers, ServedContract, type ServedMethod } from './served-contract.ts'
import { isTextSchema } from './text-schema.ts'
import type { SpanSink } from './tracing/span-sink.ts'
import { TraceSeeds } from './tracing/trace-id.ts'
import { type Later, Turns } from './turns.ts'

/** One participant: serves contracts to its peers and calls theirs. */
export interface Endpoint extends Disposable {
  readonly identity: Identity
  /** Takes the name that main gave, for an endpoint that was made before it had one. */
  become(identity: Identity): void
  /**
   * Takes a port whose other end main has given to `peer`; nothing in a message can claim another name. A connection
   * to the same name that is still open is closed first.
   */
  connect(port: Port, peer: Identity): Connection
  /** The open connection to a peer. */
  connectionTo(peer: EndpointId): Connection | null
  /** Answers a contract's methods. Throws IDENTIFIER_CONFLICT when it is served already. */
  serve<C extends Contract>(contract: C, handlers: Handlers<NoInfer<C>>): Disposable
  /** Calls to a peer that is not connected wait for it, at most 1000 of them and at most their deadline. */
  client<C extends Contract>(contract: C, peer: EndpointId): Client<C>
  /** Sends an event to every connected peer whose role may listen and that `to` lets through. */
  announce<C extends Contract, E extends keyof C['events'] & string>(
    contract: C,
    event: E,
    payload: PayloadOf<C['events'][E]>,
    options?: AnnounceOptions,
  ): void
  /** Fails every call that waits for this peer, for example because it will not come back. */
  giveUpOn(peer: EndpointId, error: IpcError): void
  /** Shows every packet that passes, for recordings and for looking inside; costs nothing while nobody looks. */
  watch(observer: (envelope: Envelope) => void): Disposable
  readonly metrics: EndpointMetrics
}

export interface AnnounceOptions {
  readonly to?: (peer: Identity) => boolean
  /** Of several in one tick only the last is sent. */
  readonly isLatestOnly?: boolean
}

export interface EndpointOptions {
  readonly identity: Identity
  readonly clock?: Clock
  readonly log?: Log
  /** Sends stacks along with errors. */
  readonly isDebugging?: boolean
  /**
   * Asks for an introduction to a peer; called once while calls wait for it. When it rejects, those calls fail with
   * its error.
   */
  readonly requestPort?: (peer: EndpointId) => unknown
  /** Is told of every call that was made or answered here. */
  readonly spans?: SpanSink
  /** Messages of one peer that may wait here, and that may wait here for one peer. At least 1000, the default. */
  readonly queueCapacity?: number
  /** As the operating system counts them; shown in envelopes. */
  readonly processId?: number
  /** Jitter of retries, and numbers of traces; for tests. */
  readonly random?: () => number
  /** For tests. */
  readonly later?: Later
}

export function createEndpoint(options: EndpointOptions): Endpoint {
  return new MessageEndpoint(options)
}

class MessageEndpoint implements Endpoint, ConnectionHost {
  readonly clock: Clock
  readonly log: Log
  readonly isDebugging: boolean
  readonly queueCapacity: number
  readonly turns: Turns
  readonly repeats: Repeats
  readonly spans: SpanSink | null
  readonly nextTraceSeed: () => number
  /** @internal Null while nobody looks. */
  observe: ConnectionHost['observe'] = null
  readonly #observers = new Listeners<[envelope: Envelope]>()
  readonly #processId: number
  readonly #caller: Caller
  readonly #book: CallBook
  readonly #connections = new Map<EndpointId, PortConnection>()
  readonly #served = new Map<string, ServedContract>()
  readonly #methods = new Map<string, ServedMethod>()
  readonly #latest = new LatestOnly()
  readonly #eventGroups = new Map<string, ValueGroup>()
  readonly #events: EventListeners
  #identity: Identity
  #sequence = 0
  #isDisposed = false

  constructor(options: EndpointOptions) {
    this.#identity = options.identity
    this.spans = options.spans ?? null
    this.#book = new CallBook(options.clock ?? systemClock, this.spans)
    this.clock = this.#book.clock
    this.log = options.log ?? silentLog
    this.isDebugging = options.isDebugging ?? false
    this.queueCapacity = Math.max(defaultQueueCapacity, options.queueCapacity ?? 0)
    this.turns = new Turns(options.later ?? createLater())
    this.repeats = new Repeats(this.clock)
    const random = options.random ?? Math.random
    const seeds = new TraceSeeds(random)
    this.nextTraceSeed = () => seeds.next()
    this.#events = new EventListeners(options.identity.role)
    this.#caller = new Caller({
      name: () => this.#identity.id,
      clock: this.clock,
      log: this.log,
      random,
      book: this.#book,
      events: this.#events,
      latest: this.#latest,
      connections: this.#connections,
      requestPort: options.requestPort,
    })
    this.#processId = options.processId ?? 0
  }

  get identity(): Identity {
    return this.#identity
  }

  get metrics(): EndpointMetrics {
    return this.#book.metrics({
      self: this.#identity.id,
      waiting: this.#caller.waiting,
      connections: this.#connections,
    })
  }

  become(identity: Identity): void {
    this.#identity = identity
    this.#events.become(identity.role)
  }

  connect(port: Port, peer: Identity): Connection {
    this.#connections.get(peer.id)?.close('replaced by a new connection')
    const connection = new PortConnection(port, peer, this, this.#book.line(peer.id))
    if (this.#isDisposed) {
      connection.close('the endpoint was closed')
      return connection
    }
    this.#connections.set(peer.id, connection)
    connection.onClose(() => {
      if (this.#connections.get(peer.id) === connection) this.#connections.delete(peer.id)
    })
    connection.open()
    this.#caller.connected(connection)
    return connection
  }

  connectionTo(peer: EndpointId): Connection | null {
    return this.#connections.get(peer) ?? null
  }

  serve<C extends Contract>(contract: C, handlers: Handlers<NoInfer<C>>): Disposable {
    if (this.#served.has(contract.name)) {
      throw new IdentifierConflictError(`${contract.name} is served already`)
    }
    const served = ServedContract.of(contract, handlers)
    this.#served.set(contract.name, served)
    for (const [name, method] of served.methods) this.#methods.set(name, method)
    for (const connection of this.#connections.values()) connection.contractServed(contract.name)
    return {
      [Symbol.dispose]: () => {
        if (this.#served.get(contract.name) !== served) return
        this.#served.delete(contract.name)
        for (const name of served.methods.keys()) this.#methods.delete(name)
      },
    }
  }

  client<C extends Contract>(contract: C, peer: EndpointId): Client<C> {
    return createClient(this.#caller, contract, peer)
  }

  announce<C extends Contract, E extends keyof C['events'] & string>(
    contract: C,
    event: E,
    payload: PayloadOf<C['events'][E]>,
    options: AnnounceOptions = {},
  ): void {
    const declaration = contract.events[event]
    if (declaration === undefined) return
    const name = `${contract.name}.${event}`
    const rank = priorityRank[declaration.priority ?? 'normal']
    // Written here, once for all, so that whoever announces what cannot be sent is told.
    const message = notice({
      kind: kinds.event,
      name,
      value: payload,
      isText: isTextSchema(declaration.payload),
      group: this.#eventGroupOf(name),
      rank,
      protection: 'none',
      trace: null,
      log: this.log,
    })
    const send = (): void => {
      for (const connection of this.#connections.values()) {
        if (!allowsRole(declaration.listeners, connection.peer.role)) continue
        if (options.to !== undefined && !options.to(connection.peer)) continue
        this.#book.announced(connection.peer.id, name, connection.tell(message))
      }
    }
    if (options.isLatestOnly === true) this.#latest.put(name, send)
    else send()
  }

  giveUpOn(peer: EndpointId, error: IpcError): void {
    this.#caller.giveUpOn(peer, error)
  }

  watch(observer: (envelope: Envelope) => void): Disposable {
    const watching = this.#observers.add(observer)
    this.observe = (...passing) => this.#show(...passing)
    return {
      [Symbol.dispose]: () => {
        watching[Symbol.dispose]()
        if (this.#observers.size === 0) this.observe = null
      },
    }
  }

  [Symbol.dispose](): void {
    if (this.#isDisposed) return
    this.#isDisposed = true
    for (const connection of [...this.#connections.values()]) connection.close('the endpoint was closed')
    this.#caller[Symbol.dispose]()
    this.#served.clear()
    this.#methods.clear()
    this.#events.clear()
  }

  // ---- what calls and connections report -------------------------------------------------------------------------

  /** @internal */
  answered(call: OutgoingCall, arrivedAt: number, handlerMs: number): void {
    this.#book.answered(call, arrivedAt, handlerMs)
  }

  /** @internal */
  servedMethod(name: string): ServedMethod | null | undefined {
    const method = this.#methods.get(name)
    if (method !== undefined) return method
    return this.#served.has(name.slice(0, Math.max(0, name.indexOf('.')))) ? undefined : null
  }

  /** @internal */
  handledMeter(peer: Identity, method: ServedMethod): MethodMeter {
    return this.#book.handled.meter(peer.id, method.name)
  }

  /** @internal */
  receiveEvent(peer: Identity, name: string, payload: unknown): Offence | null {
    return this.#events.receive(peer, name, payload)
  }

  /** @internal */
  counted(direction: 'in' | 'out', messages: number): void {
    this.#book.counted(direction, messages)
  }

  // ---- inside ----------------------------------------------------------------------------------------------------

  #eventGroupOf(name: string): ValueGroup {
    let group = this.#eventGroups.get(name)
    if (group === undefined) {
      group = eventGroup(JSON.stringify(name))
      this.#eventGroups.set(name, group)
    }
    return group
  }

  #show(direction: 'in' | 'out', peer: Identity, packet: unknown, spanOf: (id: number) => number): void {
    const message = observedPacket(packet, spanOf)
    if (message === null) return
    this.#sequence += 1
    const own = this.#identity.id
    const [source, target] = direction === 'in' ? [peer.id, own] : [own, peer.id]
    this.#observers.call(
      envelopeOf(message, {
        source,
        target,
        sequence: this.#sequence,
        timestamp: this.clock.wallClock(),
        processId: direction === 'out' ? this.#processId : 0,
        threadId: 0,
      }),
    )
  }
}
