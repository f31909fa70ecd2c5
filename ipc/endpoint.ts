import { allowsRole } from './any-role.ts'
import { type Client, createClient } from './client.ts'
import { type Clock, systemClock } from './clock.ts'
import { type Connection, type ConnectionHost, PortConnection } from './connection.ts'
import type { Contract, MethodDeclaration, PayloadOf } from './contract.ts'
import { Deadlines } from './deadlines.ts'
import type { EndpointMetrics } from './endpoint-metrics.ts'
import { type Envelope, envelopeOf } from './envelope.ts'
import {
  CancelledError,
  IdentifierConflictError,
  IpcError,
  MessageTooLargeError,
  QueueFullError,
  TargetUnavailableError,
  TimeoutError,
} from './errors.ts'
import { EventListeners } from './event-listeners.ts'
import type { EndpointId, Identity } from './identity.ts'
import { type Log, silentLog } from './log.ts'
import { maxDeadlineMs, type WireMessage } from './message.ts'
import { CallMetrics, type CallOutcome } from './metrics.ts'
import type { Offence } from './offences.ts'
import { type CallOptions, type CallOwner, OutgoingCall } from './outgoing-call.ts'
import type { Port } from './port.ts'
import { type Handlers, ServedContract } from './served-contract.ts'
import { approximateBytes, maxMessageBytes } from './size.ts'
import { WaitingCalls } from './waiting-calls.ts'

/** One participant: serves contracts to its peers and calls theirs. */
export interface Endpoint extends Disposable {
  readonly identity: Identity
  /**
   * Takes a port whose other end main has given to `peer`; nothing in a message can claim another name. A connection
   * to the same name that is still open is closed first.
   */
  connect(port: Port, peer: Identity): Connection
  /** The open connection to a peer. */
  connectionTo(peer: EndpointId): Connection | null
  /** Answers a contract's methods. Throws IDENTIFIER_CONFLICT when it is served already. */
  serve<C extends Contract>(contract: C, handlers: Handlers<C>): Disposable
  /** Calls to a peer that is not connected wait for it, at most 1000 of them and at most their deadline. */
  client<C extends Contract>(contract: C, peer: EndpointId): Client<C>
  /** Sends an event to every connected peer whose role may listen and that `to` lets through. */
  announce<C extends Contract, E extends keyof C['events'] & string>(
    contract: C,
    event: E,
    payload: PayloadOf<C['events'][E]>,
    options?: { readonly to?: (peer: Identity) => boolean },
  ): void
  /** Fails every call that waits for this peer, for example because it will not come back. */
  giveUpOn(peer: EndpointId, error: IpcError): void
  readonly metrics: EndpointMetrics
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
  /** Sees every message that passes; for recordings and for looking inside. */
  readonly observe?: (envelope: Envelope) => void
}

export function createEndpoint(options: EndpointOptions): Endpoint {
  return new MessageEndpoint(options)
}

class MessageEndpoint implements Endpoint, ConnectionHost, CallOwner {
  readonly identity: Identity
  readonly clock: Clock
  readonly log: Log
  readonly isDebugging: boolean
  readonly deadlines: Deadlines
  readonly handled = new CallMetrics()
  readonly #calls = new CallMetrics()
  readonly #connections = new Map<EndpointId, PortConnection>()
  readonly #served = new Map<string, ServedContract>()
  readonly #waiting = new WaitingCalls()
  readonly #events: EventListeners
  readonly #requestPort: ((peer: EndpointId) => unknown) | undefined
  readonly #observer: ((envelope: Envelope) => void) | undefined
  #messagesIn = 0
  #messagesOut = 0
  #droppedCalls = 0
  #sequence = 0
  #isDisposed = false

  constructor(options: EndpointOptions) {
    this.identity = options.identity
    this.clock = options.clock ?? systemClock
    this.log = options.log ?? silentLog
    this.isDebugging = options.isDebugging ?? false
    this.deadlines = new Deadlines(this.clock)
    this.#events = new EventListeners(options.identity.role)
    this.#requestPort = options.requestPort
    this.#observer = options.observe
  }

  get metrics(): EndpointMetrics {
    return {
      messagesIn: this.#messagesIn,
      messagesOut: this.#messagesOut,
      snapshot: () => ({
        messagesIn: this.#messagesIn,
        messagesOut: this.#messagesOut,
        waitingCalls: this.#waiting.size,
        droppedCalls: this.#droppedCalls,
        connections: [...this.#connections.values()].map(({ peer, counters }) => ({ peer, ...counters })),
        calls: this.#calls.snapshot(),
        handled: this.handled.snapshot(),
      }),
    }
  }

  connect(port: Port, peer: Identity): Connection {
    this.#connections.get(peer.id)?.close('replaced by a new connection')
    const connection = new PortConnection(port, peer, this)
    if (this.#isDisposed) {
      connection.close('the endpoint was closed')
      return connection
    }
    this.#connections.set(peer.id, connection)
    connection.onClose(() => {
      if (this.#connections.get(peer.id) === connection) this.#connections.delete(peer.id)
    })
    connection.open()
    for (const call of this.#waiting.take(peer.id)) connection.send(call)
    return connection
  }

  connectionTo(peer: EndpointId): Connection | null {
    return this.#connections.get(peer) ?? null
  }

  serve<C extends Contract>(contract: C, handlers: Handlers<C>): Disposable {
    if (this.#served.has(contract.name)) {
      throw new IdentifierConflictError(`${contract.name} is served already`)
    }
    const served = ServedContract.of(contract, handlers)
    this.#served.set(contract.name, served)
    for (const connection of this.#connections.values()) connection.contractServed(contract.name)
    return {
      [Symbol.dispose]: () => {
        if (this.#served.get(contract.name) === served) this.#served.delete(contract.name)
      },
    }
  }

  client<C extends Contract>(contract: C, peer: EndpointId): Client<C> {
    return createClient(this, contract, peer)
  }

  announce<C extends Contract, E extends keyof C['events'] & string>(
    contract: C,
    event: E,
    payload: PayloadOf<C['events'][E]>,
    options: { readonly to?: (peer: Identity) => boolean } = {},
  ): void {
    const listeners = contract.events[event]?.listeners ?? []
    for (const connection of this.#connections.values()) {
      if (!allowsRole(listeners, connection.peer.role)) continue
      if (options.to !== undefined && !options.to(connection.peer)) continue
      connection.announce(contract.name, event, payload)
    }
  }

  giveUpOn(peer: EndpointId, error: IpcError): void {
    for (const call of this.#waiting.take(peer)) call.fail(error, 'failed')
  }

  [Symbol.dispose](): void {
    if (this.#isDisposed) return
    this.#isDisposed = true
    for (const connection of [...this.#connections.values()]) connection.close('the endpoint was closed')
    for (const call of this.#waiting.takeAll()) call.fail(this.#closedError(), 'failed')
    this.#served.clear()
    this.#events.clear()
    this.deadlines[Symbol.dispose]()
  }

  // ---- what clients stand on -------------------------------------------------------------------------------------

  /** @internal */
  call(
    peer: EndpointId,
    contract: string,
    method: string,
    declaration: MethodDeclaration,
    args: unknown,
    options: CallOptions<unknown>,
  ): Promise<unknown> {
    const name = `${contract}.${method}`
    if (this.#isDisposed) return Promise.reject(this.#closedError())
    if (options.signal?.aborted === true) return Promise.reject(new CancelledError(`${name} was cancelled`))
    const startedAt = this.clock.now()
    const deadlineMs = Math.min(Math.max(0, options.deadlineMs ?? declaration.deadlineMs), maxDeadlineMs)
    const call = new OutgoingCall(
      this,
      { peer, contract, method, declaration, args, startedAt, deadlineMs },
      options,
    )
    this.deadlines.add(call, startedAt + deadlineMs)
    const connection = this.#connections.get(peer)
    if (connection !== undefined) connection.send(call)
    else this.#wait(call)
    return call.result
  }

  /** @internal */
  listen(
    peer: EndpointId,
    contract: Contract,
    event: string,
    listener: (payload: unknown) => void,
  ): Disposable {
    return this.#events.add(peer, contract, event, listener)
  }

  // ---- what calls and connections report -------------------------------------------------------------------------

  /** @internal */
  abandon(call: OutgoingCall, outcome: 'timedOut' | 'cancelled'): void {
    this.#waiting.remove(call)
    this.#connections.get(call.peer)?.abandon(call)
    const error =
      outcome === 'timedOut'
        ? new TimeoutError(
            `${call.name} of ${call.peer} did not answer within ${Math.round(call.deadlineMs)} ms`,
          )
        : new CancelledError(`${call.name} was cancelled`)
    call.fail(error, outcome)
  }

  /** @internal */
  settled(call: OutgoingCall, outcome: CallOutcome): void {
    this.#calls.record(call.peer, call.contract, call.method, outcome, this.clock.now() - call.startedAt)
  }

  /** @internal */
  served(contract: string): ServedContract | undefined {
    return this.#served.get(contract)
  }

  /** @internal */
  receiveEvent(peer: Identity, contract: string, event: string, payload: unknown): Offence | null {
    return this.#events.receive(peer, contract, event, payload)
  }

  /** @internal */
  counted(direction: 'in' | 'out'): void {
    if (direction === 'in') this.#messagesIn += 1
    else this.#messagesOut += 1
  }

  /** @internal */
  observe(direction: 'in' | 'out', peer: Identity, message: WireMessage): void {
    if (this.#observer === undefined) return
    this.#sequence += 1
    const [source, target] = direction === 'in' ? [peer.id, this.identity.id] : [this.identity.id, peer.id]
    this.#observer(
      envelopeOf(message, { source, target, sequence: this.#sequence, timestamp: this.clock.wallClock() }),
    )
  }

  #wait(call: OutgoingCall): void {
    // What would be refused when it is sent is not worth keeping until then.
    if (approximateBytes(call.args) > maxMessageBytes) {
      call.fail(new MessageTooLargeError(`${call.name}: more than ${maxMessageBytes} bytes`), 'failed')
      return
    }
    const place = this.#waiting.add(call)
    if (place === 'full') {
      this.#droppedCalls += 1
      call.fail(new QueueFullError(`Too many calls wait for ${call.peer}`), 'failed')
      return
    }
    if (place === 'queued' || this.#requestPort === undefined) return
    try {
      Promise.resolve(this.#requestPort(call.peer)).catch(error => this.#giveUpAfter(call.peer, error))
    } catch (error) {
      this.#giveUpAfter(call.peer, error)
    }
  }

  #giveUpAfter(peer: EndpointId, error: unknown): void {
    const cause = error instanceof IpcError ? error : new TargetUnavailableError(`${peer} cannot be reached`)
    this.giveUpOn(peer, cause)
  }

  #closedError(): IpcError {
    return new TargetUnavailableError(`The endpoint ${this.identity.id} was closed`)
  }
}
