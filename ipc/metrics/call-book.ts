import type { Clock } from '../clock.ts'
import type { PortConnection } from '../connection.ts'
import type { EndpointId } from '../identity.ts'
import { OutgoingCall } from '../outgoing-call.ts'
import type { Priority } from '../priority.ts'
import type { SpanSink } from '../tracing/span-sink.ts'
import { traceIdText } from '../tracing/trace-id.ts'
import type { WaitingForPeers } from '../waiting-for-peers.ts'
import type { EndpointMetrics } from './endpoint-metrics.ts'
import { Meters } from './meters.ts'
import type { CallOutcome } from './method-meter.ts'
import type { LineFacts, PeerMeter } from './peer-meter.ts'
import { SlidingMinute } from './sliding-minute.ts'
import { maxPendingCalls, type PendingCall } from './traffic.ts'

/** What the book reads of its endpoint. */
export interface BookSources {
  readonly self: EndpointId
  readonly waiting: WaitingForPeers
  readonly connections: ReadonlyMap<EndpointId, PortConnection>
}

/** The meters of one connection. */
export interface LineMeters {
  readonly sent: PeerMeter
  readonly received: PeerMeter
}

const priorities: readonly [Priority, Priority, Priority] = ['high', 'normal', 'low']

/** Keeps the numbers of one endpoint: what it called, what it answered, and how long that took. */
export class CallBook {
  /** The endpoint's clock. Whoever reads it tells the meters the time, so that counting has not to ask. */
  readonly clock: Clock
  readonly calls: Meters
  readonly handled: Meters
  readonly #spans: SpanSink | null
  #messagesIn = 0
  #messagesOut = 0
  #dropped = 0
  /** Of the call that is being answered right now. */
  #answeredAt = 0
  #handlerMs = 0
  #answeredCall: OutgoingCall | null = null

  constructor(clock: Clock, spans: SpanSink | null) {
    const minute = new SlidingMinute(clock.now())
    this.clock = {
      now: () => {
        const now = clock.now()
        minute.advance(now)
        return now
      },
      wallClock: () => clock.wallClock(),
      after: (delayMs, action) => clock.after(delayMs, action),
    }
    this.#spans = spans
    this.calls = new Meters(minute)
    this.handled = new Meters(minute)
  }

  /** Asked anew for each connection. */
  line(peer: EndpointId): LineMeters {
    return { sent: this.calls.peer(peer), received: this.handled.peer(peer) }
  }

  counted(direction: 'in' | 'out', messages: number): void {
    if (direction === 'in') this.#messagesIn += messages
    else this.#messagesOut += messages
  }

  /** An event was announced to a peer, or refused because too many wait for it. */
  announced(peer: EndpointId, name: string, isTaken: boolean): void {
    this.calls.meter(peer, name).told()
    if (!isTaken) this.dropped(peer, name)
  }

  dropped(peer: EndpointId, name: string): void {
    this.#dropped += 1
    this.calls.meter(peer, name).dropped()
  }

  /** An answer has come for a call, which settles right after this. */
  answered(call: OutgoingCall, arrivedAt: number, handlerMs: number): void {
    this.#answeredCall = call
    this.#answeredAt = arrivedAt
    this.#handlerMs = handlerMs
  }

  /** A call is over. `spanId` is its name in traces. */
  settled(call: OutgoingCall, outcome: CallOutcome, spanId: number): void {
    const { target, startedAt, extras } = call
    const isAnswered = this.#answeredCall === call
    this.#answeredCall = null
    const totalMs = Math.max(0, (isAnswered ? this.#answeredAt : this.clock.now()) - startedAt)
    target.meter?.settled(outcome, totalMs)
    const queuedMs = call.queuedMicros / 1_000
    const handlerMs = isAnswered ? Math.min(this.#handlerMs, totalMs) : 0
    const wireMs = Math.max(0, totalMs - queuedMs - handlerMs)
    if (isAnswered) target.meter?.timed(queuedMs, wireMs, handlerMs)
    this.#spans?.called({
      traceId: extras?.trace ?? spanId,
      spanId,
      parentSpanId: extras?.parent ?? 0,
      peer: target.peer,
      method: target.name,
      startedAt,
      queuedMs,
      wireMs,
      handlerMs,
      totalMs,
      outcome,
    })
  }

  metrics(sources: BookSources): EndpointMetrics {
    return {
      messagesIn: this.#messagesIn,
      messagesOut: this.#messagesOut,
      snapshot: () => {
        const now = this.clock.now()
        const { connections, waiting } = sources
        const lineTo = (peer: EndpointId): LineFacts | null => {
          const connection = connections.get(peer)
          if (connection === undefined) return null
          const { inFlight, waiting: queued } = connection.counters
          return { pendingCalls: inFlight + queued, isPaused: connection.isPaused }
        }
        const counters = [...connections.values()].map(({ peer, counters }) => ({ peer, ...counters }))
        return {
          messagesIn: this.#messagesIn,
          messagesOut: this.#messagesOut,
          waitingCalls: waiting.size,
          droppedCalls: this.#dropped,
          connections: counters,
          calls: this.calls.snapshot(now, lineTo),
          handled: this.handled.snapshot(now),
          pending: this.#pending(sources, now),
        }
      },
    }
  }

  #pending({ self, connections, waiting }: BookSources, now: number): readonly PendingCall[] {
    const calls = [...connections.values()].flatMap(connection =>
      connection.calls().map(call => ({ call, spanId: connection.spanOf(call) })),
    )
    for (const message of waiting.values()) {
      if (message instanceof OutgoingCall) calls.push({ call: message, spanId: 0 })
    }
    const epoch = this.clock.wallClock() - now
    return calls
      .sort((one, other) => one.call.startedAt - other.call.startedAt)
      .slice(0, maxPendingCalls)
      .map(({ call, spanId }) => ({
        from: self,
        to: call.peer,
        method: call.target.name,
        sentAt: Math.max(0, Math.round(epoch + call.startedAt)),
        ageMs: Math.max(0, now - call.startedAt),
        deadlineMs: call.deadlineMs,
        priority: priorities[call.rank],
        retryCount: call.extras?.retry ?? 0,
        traceId: spanId === 0 ? '' : traceIdText(call.extras?.trace ?? spanId),
      }))
  }
}
