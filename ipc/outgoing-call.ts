import type { MethodDeclaration } from './contract.ts'
import { Deadline } from './deadlines.ts'
import type { IpcError } from './errors.ts'
import { ValidationError } from './errors.ts'
import type { EndpointId } from './identity.ts'
import type { CallOutcome } from './metrics.ts'
import { checkerOf } from './validation.ts'

/** What a caller may say beside the arguments. */
export interface CallOptions<Progress> {
  /** Aborting it rejects the call with CANCELLED and stops the handler. */
  readonly signal?: AbortSignal | undefined
  /** Called for each report, in order, before the result. */
  readonly onProgress?: ((report: Progress) => void) | undefined
  /** Instead of the contract's deadline. */
  readonly deadlineMs?: number | undefined
}

/** What a call needs of the endpoint that made it. */
export interface CallOwner {
  /** The deadline passed or the caller cancelled: take it out of wherever it stands. */
  abandon(call: OutgoingCall, outcome: 'timedOut' | 'cancelled'): void
  settled(call: OutgoingCall, outcome: CallOutcome): void
}

/** One call from here to a peer, from the moment it is made until it is settled. Settles once. */
export class OutgoingCall extends Deadline {
  readonly peer: EndpointId
  readonly contract: string
  readonly method: string
  readonly declaration: MethodDeclaration
  readonly args: unknown
  readonly startedAt: number
  readonly deadlineMs: number
  readonly result: Promise<unknown>
  /** The number on its port; 0 until it is sent. */
  id = 0
  readonly #owner: CallOwner
  readonly #signal: AbortSignal | undefined
  readonly #onProgress: ((report: unknown) => void) | undefined
  readonly #onAbort: (() => void) | null = null
  #resolve: (value: unknown) => void = () => {}
  #reject: (error: unknown) => void = () => {}
  #isSettled = false
  #reports = 0

  constructor(
    owner: CallOwner,
    call: {
      peer: EndpointId
      contract: string
      method: string
      declaration: MethodDeclaration
      args: unknown
      startedAt: number
      deadlineMs: number
    },
    options: CallOptions<unknown>,
  ) {
    super()
    this.#owner = owner
    this.peer = call.peer
    this.contract = call.contract
    this.method = call.method
    this.declaration = call.declaration
    this.args = call.args
    this.startedAt = call.startedAt
    this.deadlineMs = call.deadlineMs
    this.#signal = options.signal
    this.#onProgress = options.onProgress
    this.result = new Promise((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
    })
    if (this.#signal !== undefined) {
      this.#onAbort = () => owner.abandon(this, 'cancelled')
      this.#signal.addEventListener('abort', this.#onAbort, { once: true })
    }
  }

  /** The deadline has passed. */
  override expire(): void {
    this.#owner.abandon(this, 'timedOut')
  }

  get isSettled(): boolean {
    return this.#isSettled
  }

  /** `contract.method`, for messages. */
  get name(): string {
    return `${this.contract}.${this.method}`
  }

  /** Takes the answer; one that does not fit the contract fails the call. */
  answer(result: unknown): void {
    const checker = checkerOf(this.declaration.result)
    if (checker.check(result)) {
      if (this.#finish('answered')) this.#resolve(result)
    } else {
      this.fail(
        new ValidationError(
          `${this.name} of ${this.peer} answered wrongly: ${checker.explain(result, 'result')}`,
        ),
        'failed',
      )
    }
  }

  /** Takes a report of progress; false when it is out of order or does not fit the contract. */
  report(index: number, value: unknown): boolean {
    const schema = this.declaration.progress
    if (index !== this.#reports + 1 || schema === undefined || !checkerOf(schema).check(value)) return false
    this.#reports = index
    this.#onProgress?.(value)
    return true
  }

  fail(error: IpcError, outcome: Exclude<CallOutcome, 'answered'>): void {
    if (this.#finish(outcome)) this.#reject(error)
  }

  #finish(outcome: CallOutcome): boolean {
    if (this.#isSettled) return false
    this.#isSettled = true
    this.remove()
    if (this.#onAbort !== null) this.#signal?.removeEventListener('abort', this.#onAbort)
    this.#owner.settled(this, outcome)
    return true
  }
}
