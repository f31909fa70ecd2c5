import type { TracedCall } from './call-options.ts'
import type { Identity } from './identity.ts'
import type { Call, ServedMethod } from './served-contract.ts'

/** What a call needs of whoever answers it. */
export interface IncomingCallLine {
  report(call: IncomingCall, index: number, value: unknown): void
  openInput(call: IncomingCall): AsyncIterable<never>
}

/** One call that a handler of this endpoint is answering. */
export class IncomingCall implements Call<unknown, never>, TracedCall {
  /** 0 for a notification, which is not answered. */
  readonly id: number
  readonly peer: Identity
  readonly method: ServedMethod
  readonly traceId: number
  readonly spanId: number
  /** Times of the endpoint's clock. */
  readonly arrivedAt: number
  readonly startedAt: number
  readonly deadlineAt: number
  readonly #line: IncomingCallLine
  #controller: AbortController | null = null
  #abortReason: Error | null = null
  #isOver = false
  #reports = 0
  #input: AsyncIterable<never> | null = null

  constructor(
    line: IncomingCallLine,
    id: number,
    peer: Identity,
    method: ServedMethod,
    trace: TracedCall,
    arrivedAt: number,
    startedAt: number,
    deadlineAt: number,
  ) {
    this.#line = line
    this.id = id
    this.peer = peer
    this.method = method
    this.traceId = trace.traceId
    this.spanId = trace.spanId
    this.arrivedAt = arrivedAt
    this.startedAt = startedAt
    this.deadlineAt = deadlineAt
  }

  /** Made when somebody asks: most handlers are done before they could be cancelled. */
  get signal(): AbortSignal {
    if (this.#controller === null) {
      this.#controller = new AbortController()
      if (this.#abortReason !== null) this.#controller.abort(this.#abortReason)
    }
    return this.#controller.signal
  }

  get input(): AsyncIterable<never> {
    this.#input ??= this.#line.openInput(this)
    return this.#input
  }

  get isOver(): boolean {
    return this.#isOver
  }

  progress(value: unknown): void {
    if (this.#isOver || this.id === 0) return
    this.#reports += 1
    this.#line.report(this, this.#reports, value)
  }

  /** The answer is out: later reports go nowhere. */
  end(): void {
    this.#isOver = true
  }

  /** Nobody waits any more. */
  abort(reason: Error): void {
    this.#isOver = true
    this.#abortReason = reason
    this.#controller?.abort(reason)
  }
}
