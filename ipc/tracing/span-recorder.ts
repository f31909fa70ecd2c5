import type { Clock } from '../clock.ts'
import { maxSpansRead, type SpanReading, type SpanRecord } from './span-record.ts'
import type { AnswerSpan, CallSpan, SpanOutcome, SpanSink } from './span-sink.ts'

const outcomes: readonly SpanOutcome[] = ['answered', 'failed', 'timedOut', 'cancelled']
const defaultCapacity = 2_000

/**
 * Keeps the last spans of one endpoint, oldest pushed out first. Everything is laid out beforehand, in one array for
 * each field: recording makes no object and looks nothing up. Names are kept as the strings they came as, which are the
 * connections' and contracts' own.
 */
export class SpanRecorder implements SpanSink {
  readonly #clock: Clock
  readonly #capacity: number
  readonly #isAnswer: Uint8Array
  readonly #outcome: Uint8Array
  readonly #traceId: Float64Array
  readonly #spanId: Float64Array
  readonly #parentSpanId: Float64Array
  readonly #startedAt: Float64Array
  readonly #queuedMs: Float64Array
  readonly #wireMs: Float64Array
  readonly #handlerMs: Float64Array
  readonly #totalMs: Float64Array
  readonly #peer: string[]
  readonly #method: string[]
  /** How many were ever recorded. */
  #count = 0

  constructor(clock: Clock, capacity: number = defaultCapacity) {
    if (!Number.isInteger(capacity) || capacity < 1 || capacity > maxSpansRead) {
      throw new RangeError(`A recorder keeps 1 to ${maxSpansRead} spans, not ${capacity}`)
    }
    this.#clock = clock
    this.#capacity = capacity
    this.#isAnswer = new Uint8Array(capacity)
    this.#outcome = new Uint8Array(capacity)
    this.#traceId = new Float64Array(capacity)
    this.#spanId = new Float64Array(capacity)
    this.#parentSpanId = new Float64Array(capacity)
    this.#startedAt = new Float64Array(capacity)
    this.#queuedMs = new Float64Array(capacity)
    this.#wireMs = new Float64Array(capacity)
    this.#handlerMs = new Float64Array(capacity)
    this.#totalMs = new Float64Array(capacity)
    this.#peer = new Array<string>(capacity).fill('')
    this.#method = new Array<string>(capacity).fill('')
  }

  called(span: CallSpan): void {
    const row = this.#count % this.#capacity
    this.#isAnswer[row] = 0
    this.#parentSpanId[row] = span.parentSpanId
    this.#startedAt[row] = span.startedAt
    this.#queuedMs[row] = notNegative(span.queuedMs)
    this.#wireMs[row] = notNegative(span.wireMs)
    this.#totalMs[row] = notNegative(span.totalMs)
    this.#common(row, span)
  }

  answered(span: AnswerSpan): void {
    const row = this.#count % this.#capacity
    this.#isAnswer[row] = 1
    this.#parentSpanId[row] = 0
    this.#startedAt[row] = span.arrivedAt
    this.#queuedMs[row] = notNegative(span.waitedMs)
    this.#wireMs[row] = 0
    this.#totalMs[row] = notNegative(span.waitedMs) + notNegative(span.handlerMs)
    this.#common(row, span)
  }

  /** The spans that ended within the last `windowMs`, oldest first. Stays readable as often as wanted. */
  read(windowMs: number = Number.POSITIVE_INFINITY): SpanReading {
    const now = this.#clock.now()
    const epochOffset = this.#clock.wallClock() - now
    const since = now - windowMs
    const oldest = Math.max(0, this.#count - this.#capacity)
    const spans: SpanRecord[] = []
    for (let index = oldest; index < this.#count; index += 1) {
      const row = index % this.#capacity
      if (number(this.#startedAt, row) + number(this.#totalMs, row) < since) continue
      spans.push(this.#recordAt(row, epochOffset))
    }
    // When even the oldest that is left belongs to the asked time, those before it may have belonged to it too.
    const lost = spans.length === this.#count - oldest ? oldest : 0
    return { spans, lost }
  }

  #common(row: number, span: CallSpan | AnswerSpan): void {
    this.#traceId[row] = span.traceId
    this.#spanId[row] = span.spanId
    this.#handlerMs[row] = notNegative(span.handlerMs)
    this.#outcome[row] = outcomes.indexOf(span.outcome)
    this.#peer[row] = span.peer
    this.#method[row] = span.method
    this.#count += 1
  }

  #recordAt(row: number, epochOffset: number): SpanRecord {
    return {
      kind: this.#isAnswer[row] === 1 ? 'answer' : 'call',
      traceId: number(this.#traceId, row),
      spanId: number(this.#spanId, row),
      parentSpanId: number(this.#parentSpanId, row),
      peer: this.#peer[row] ?? '',
      method: this.#method[row] ?? '',
      startedAt: number(this.#startedAt, row) + epochOffset,
      queuedMs: number(this.#queuedMs, row),
      wireMs: number(this.#wireMs, row),
      handlerMs: number(this.#handlerMs, row),
      totalMs: number(this.#totalMs, row),
      outcome: outcomes[number(this.#outcome, row)] ?? 'failed',
    }
  }
}

/** The handler's time is the other side's word; a lie about it must not make a reading that no reader takes. */
function notNegative(milliseconds: number): number {
  return milliseconds > 0 ? milliseconds : 0
}

function number(column: Float64Array | Uint8Array, row: number): number {
  return column[row] ?? 0
}
