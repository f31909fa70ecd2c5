import type { CallOptions, SendOptions } from './call-options.ts'
import type { CallTarget } from './call-target.ts'
import type { ClientHost, ItemStream } from './client.ts'
import type { Clock } from './clock.ts'
import type { PortConnection } from './connection.ts'
import { type Contract, defaultDeadlineMs } from './contract.ts'
import { DeadlineSweep } from './deadline-sweep.ts'
import { CancelledError, IpcError, QueueFullError, TargetUnavailableError, TimeoutError } from './errors.ts'
import type { EventListeners } from './event-listeners.ts'
import type { EndpointId } from './identity.ts'
import type { LatestOnly } from './latest-only.ts'
import type { Log } from './log.ts'
import { kinds, maxDeadlineMs } from './message.ts'
import type { CallBook } from './metrics/call-book.ts'
import type { CallOutcome } from './metrics/method-meter.ts'
import { notice } from './notice.ts'
import { checkSize, type Outgoing, type UnwrittenBody, writeText } from './outgoing.ts'
import { type CallExtras, type CallOwner, OutgoingCall } from './outgoing-call.ts'
import { priorityRank } from './priority.ts'
import { callWithRetry } from './retrying.ts'
import { IncomingStream, streamWindow } from './streams/incoming-stream.ts'
import { WaitingForPeers } from './waiting-for-peers.ts'

/** What calling needs of the endpoint. */
export interface CallerOptions {
  readonly name: () => EndpointId
  readonly clock: Clock
  readonly log: Log
  readonly random: () => number
  readonly book: CallBook
  readonly events: EventListeners
  readonly latest: LatestOnly
  readonly connections: ReadonlyMap<EndpointId, PortConnection>
  readonly requestPort: ((peer: EndpointId) => unknown) | undefined
}

/** Makes the calls of one endpoint, and keeps those whose peer is not connected yet. */
export class Caller implements ClientHost, CallOwner, Disposable {
  readonly waiting = new WaitingForPeers()
  readonly #options: CallerOptions
  readonly #deadlines: DeadlineSweep
  /** Begins every key of a repeatable call, so that those of two runs of a process differ. */
  readonly #keyPrefix: string
  #lastKey = 0
  #isDisposed = false

  constructor(options: CallerOptions) {
    this.#options = options
    this.#deadlines = new DeadlineSweep(options.clock, now => this.#expire(now))
    this.#keyPrefix = Math.floor(options.random() * Number.MAX_SAFE_INTEGER).toString(36)
  }

  call(target: CallTarget, args: unknown, options: CallOptions<unknown, unknown>): Promise<unknown> {
    const policy = options.retry === undefined ? target.declaration.retry : options.retry
    if (policy === undefined || policy === null) return this.#attempt(target, args, options, null)
    const key = target.declaration.idempotent ? {} : { repeatKey: this.#nextKey() }
    const { clock, random } = this.#options
    return callWithRetry({
      policy,
      clock,
      random,
      signal: options.signal,
      attempt: retry => {
        if (retry > 0) target.meter?.retried()
        return this.#attempt(target, args, options, { ...key, ...(retry > 0 ? { retry } : {}) })
      },
    })
  }

  stream(
    target: CallTarget,
    args: unknown,
    options: CallOptions<unknown, unknown>,
  ): ItemStream<unknown, unknown> {
    const stopping = new AbortController()
    let opened: OutgoingCall | null = null
    const demand = (upTo: number): void => {
      if (opened !== null) this.#options.connections.get(target.peer)?.demandItems(opened, upTo)
    }
    const items = new IncomingStream<unknown>(demand, () => stopping.abort(), streamWindow)
    const { signal: own } = options
    const signal = own === undefined ? stopping.signal : AbortSignal.any([own, stopping.signal])
    const result = this.#attempt(target, args, { ...options, signal }, { items }, call => {
      opened = call
    })
    // Whoever only reads the items is told of a failure there.
    result.catch(error => items.fail(error))
    return { result, [Symbol.asyncIterator]: () => items }
  }

  send(target: CallTarget, args: unknown, options: SendOptions): void {
    if (this.#isDisposed) return
    const { priority, within, isLatestOnly } = options
    const rank = priority === undefined ? target.rank : priorityRank[priority]
    const { log, connections, latest, book } = this.#options
    const message = notice({
      kind: kinds.notification,
      name: target.name,
      value: args,
      isText: target.areArgsText,
      group: target.notificationGroup,
      rank,
      protection: target.protection,
      trace: within?.traceId ?? null,
      log,
    })
    const go = (): void => {
      const connection = connections.get(target.peer)
      const isTaken =
        connection === undefined ? this.#waitToTell(target.peer, message) : connection.tell(message)
      target.meter ??= book.calls.meter(target.peer, target.name)
      target.meter.told()
      if (!isTaken) book.dropped(target.peer, target.name)
    }
    if (isLatestOnly === true) latest.put(`${target.peer}\n${target.name}`, go)
    else go()
  }

  listen(
    peer: EndpointId,
    contract: Contract,
    event: string,
    listener: (payload: unknown) => void,
  ): Disposable {
    return this.#options.events.add(peer, contract, event, listener)
  }

  /** A peer is connected: what has waited for it goes out. */
  connected(connection: PortConnection): void {
    for (const message of this.waiting.take(connection.peer.id)) {
      if (message instanceof OutgoingCall) this.#send(message, connection, this.#options.clock.now())
      else if (!connection.tell(message)) this.#options.book.dropped(connection.peer.id, 'notifications')
    }
  }

  giveUpOn(peer: EndpointId, error: IpcError): void {
    for (const message of this.waiting.take(peer)) message.refuse(error)
  }

  [Symbol.dispose](): void {
    this.#isDisposed = true
    for (const message of this.waiting.takeAll()) message.refuse(this.#closedError())
    this.#deadlines[Symbol.dispose]()
  }

  // ---- what calls report -----------------------------------------------------------------------------------------

  /** @internal */
  abandon(call: OutgoingCall, outcome: 'timedOut' | 'cancelled'): void {
    this.waiting.remove(call.peer, call)
    this.#options.connections.get(call.peer)?.abandon(call)
    const { name, peer } = call.target
    const patienceMs = call.deadlineMs
    const error =
      outcome === 'timedOut'
        ? new TimeoutError(`${name} of ${peer} did not answer within ${patienceMs} ms`)
        : new CancelledError(`${name} was cancelled`)
    call.fail(error, outcome)
  }

  /** @internal */
  settled(call: OutgoingCall, outcome: CallOutcome): void {
    const { book, connections } = this.#options
    book.settled(call, outcome, connections.get(call.peer)?.spanOf(call) ?? 0)
  }

  // ---- inside ----------------------------------------------------------------------------------------------------

  #attempt(
    target: CallTarget,
    args: unknown,
    options: CallOptions<unknown, unknown>,
    extras: CallExtras | null,
    onOpened?: (call: OutgoingCall) => void,
  ): Promise<unknown> {
    if (this.#isDisposed) return Promise.reject(this.#closedError())
    const { signal } = options
    if (signal?.aborted === true) return Promise.reject(new CancelledError(`${target.name} was cancelled`))
    let body: string | UnwrittenBody
    try {
      body = bodyOf(target, args)
    } catch (error) {
      return Promise.reject(error)
    }
    const { book, clock, connections } = this.#options
    target.meter ??= book.calls.meter(target.peer, target.name)
    const startedAt = clock.now()
    const patienceMs = options.deadlineMs ?? target.declaration.deadlineMs ?? defaultDeadlineMs
    const deadlineMs = Math.min(Math.max(0, patienceMs), maxDeadlineMs)
    const all = extrasOf(options, extras, deadlineMs)
    const { call, result } = OutgoingCall.open(target, body, startedAt, deadlineMs, all)
    if (signal !== undefined) this.#abandonOn(signal, call, result)
    onOpened?.(call)
    this.#deadlines.watch(call.deadlineAt)
    this.#send(call, connections.get(target.peer), startedAt)
    return result
  }

  #send(call: OutgoingCall, connection: PortConnection | undefined, now: number): void {
    const isTaken = connection === undefined ? this.#wait(call.peer, call) : connection.send(call, now)
    if (isTaken) return
    this.#options.book.dropped(call.peer, call.target.name)
    call.fail(
      new QueueFullError(`Too many calls wait for ${call.peer}, which takes no more for now`),
      'failed',
    )
  }

  #abandonOn(signal: AbortSignal, call: OutgoingCall, result: Promise<unknown>): void {
    const onAbort = (): void => this.abandon(call, 'cancelled')
    signal.addEventListener('abort', onAbort, { once: true })
    const forget = (): void => signal.removeEventListener('abort', onAbort)
    result.then(forget, forget)
  }

  /** Nobody waits for a notification, so that it does not wait for ever either. */
  #waitToTell(peer: EndpointId, message: Outgoing): boolean {
    const isTaken = this.#wait(peer, message)
    this.#deadlines.watch(this.waiting.noticeWaits(peer, this.#options.clock.now()))
    return isTaken
  }

  /** False when too many wait for this peer already. */
  #wait(peer: EndpointId, message: Outgoing): boolean {
    const place = this.waiting.add(peer, message)
    if (place === 'full') return false
    const { requestPort } = this.#options
    if (place === 'queued' || requestPort === undefined) return true
    try {
      Promise.resolve(requestPort(peer)).catch(error => this.#giveUpAfter(peer, error))
    } catch (error) {
      this.#giveUpAfter(peer, error)
    }
    return true
  }

  #giveUpAfter(peer: EndpointId, error: unknown): void {
    const cause = error instanceof IpcError ? error : new TargetUnavailableError(`${peer} cannot be reached`)
    this.giveUpOn(peer, cause)
  }

  /** Gives up the calls whose deadline has passed, and finds the next one. */
  #expire(now: number): { readonly earliest: number; readonly seen: number } {
    let earliest = this.waiting.expireNotices(
      now,
      message => message instanceof OutgoingCall,
      peer => this.#options.book.dropped(peer, 'notifications'),
    )
    let seen = 0
    const due: OutgoingCall[] = []
    const look = (call: OutgoingCall): void => {
      seen += 1
      if (call.deadlineAt <= now) due.push(call)
      else if (call.deadlineAt < earliest) earliest = call.deadlineAt
    }
    for (const connection of this.#options.connections.values()) connection.calls().forEach(look)
    for (const message of this.waiting.values()) if (message instanceof OutgoingCall) look(message)
    for (const call of due) this.abandon(call, 'timedOut')
    return { earliest, seen }
  }

  #nextKey(): string {
    this.#lastKey += 1
    return `${this.#keyPrefix}-${this.#lastKey}`
  }

  #closedError(): IpcError {
    return new TargetUnavailableError(`The endpoint ${this.#options.name()} was closed`)
  }
}

function bodyOf(target: CallTarget, args: unknown): string | UnwrittenBody {
  if (target.areArgsText) return writeText(args)
  checkSize(args)
  return { value: args }
}

/** What of the options a call has to remember; nearly always nothing. */
function extrasOf(
  { onProgress, within, priority, input }: CallOptions<unknown, unknown>,
  extras: CallExtras | null,
  deadlineMs: number,
): CallExtras | null {
  if (onProgress === undefined && within === undefined && priority === undefined && input === undefined) {
    return extras?.items === undefined ? extras : { ...extras, silenceMs: deadlineMs }
  }
  return {
    ...extras,
    onProgress,
    input,
    silenceMs: deadlineMs,
    ...(within === undefined ? {} : { trace: within.traceId, parent: within.spanId }),
    ...(priority === 'high' ? { priority: 'h' } : priority === 'low' ? { priority: 'l' } : {}),
  }
}
