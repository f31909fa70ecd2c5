/** How a call ended, as its caller or its handler saw it. */
export type SpanOutcome = 'answered' | 'failed' | 'timedOut' | 'cancelled'

/**
 * One call as its caller saw it, told when it is settled. Any object with these fields will do, so that the call itself
 * can be handed over and nothing is made for the telling. All durations in milliseconds.
 */
export interface CallSpan {
  /** The same for a call and every call made within its handler, across processes. See trace-id.ts. */
  readonly traceId: number
  /** This call alone; travels with it, so that the handler's side can name it. */
  readonly spanId: number
  /** The call within whose handler this one was made; 0 for the first of its trace. */
  readonly parentSpanId: number
  /** Who was called. */
  readonly peer: string
  /** `contract.method`; best one string for all calls of a method, because it is kept. */
  readonly method: string
  /** Time of the endpoint's clock. */
  readonly startedAt: number
  /** From the call until it was posted: no connection yet, no credit, or others first. */
  readonly queuedMs: number
  /** What is left of the total: both ways between the processes, and waiting there. */
  readonly wireMs: number
  /** What the other side says its handler took. */
  readonly handlerMs: number
  readonly totalMs: number
  readonly outcome: SpanOutcome
}

/** One call as its handler's side saw it, told when the answer is out. */
export interface AnswerSpan {
  readonly traceId: number
  /** The caller's, as it came with the request. */
  readonly spanId: number
  /** Who called. */
  readonly peer: string
  /** `contract.method`. */
  readonly method: string
  /** Time of the endpoint's clock. */
  readonly arrivedAt: number
  /** From its arrival until the handler began. */
  readonly waitedMs: number
  readonly handlerMs: number
  readonly outcome: SpanOutcome
}

/** Is told of calls by an endpoint, in its hottest path: must not throw, keep the object, or take long. */
export interface SpanSink {
  called(span: CallSpan): void
  answered(span: AnswerSpan): void
}
