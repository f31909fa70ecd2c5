import type { Identity } from './identity.ts'
import type { Call } from './served-contract.ts'

/** Where reports of progress go. */
interface ReportTo {
  report(id: number, index: number, value: unknown): void
}

/** One call that a handler of this endpoint is answering. */
export class IncomingCall implements Call<unknown> {
  readonly id: number
  readonly peer: Identity
  readonly contract: string
  readonly method: string
  readonly startedAt: number
  readonly deadlineAt: number
  readonly #reportTo: ReportTo
  #controller: AbortController | null = null
  #abortReason: Error | null = null
  #isOver = false
  #reports = 0

  constructor(
    call: {
      id: number
      peer: Identity
      contract: string
      method: string
      startedAt: number
      deadlineAt: number
    },
    reportTo: ReportTo,
  ) {
    this.id = call.id
    this.peer = call.peer
    this.contract = call.contract
    this.method = call.method
    this.startedAt = call.startedAt
    this.deadlineAt = call.deadlineAt
    this.#reportTo = reportTo
  }

  /** Made when somebody asks: most handlers are done before they could be cancelled. */
  get signal(): AbortSignal {
    if (this.#controller === null) {
      this.#controller = new AbortController()
      if (this.#abortReason !== null) this.#controller.abort(this.#abortReason)
    }
    return this.#controller.signal
  }

  get isOver(): boolean {
    return this.#isOver
  }

  progress(value: unknown): void {
    if (this.#isOver) return
    this.#reports += 1
    this.#reportTo.report(this.id, this.#reports, value)
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
