import type { Priority } from './priority.ts'
import type { RetryPolicy } from './retry.ts'

/** What a caller may say beside the arguments. */
export interface CallOptions<Progress, Input = never> {
  /** Aborting it rejects the call with CANCELLED and stops the handler. */
  readonly signal?: AbortSignal | undefined
  /** Called for each report, in order, before the result. */
  readonly onProgress?: ((report: Progress) => void) | undefined
  /** Instead of the contract's deadline. */
  readonly deadlineMs?: number | undefined
  /** Instead of the contract's priority. */
  readonly priority?: Priority | undefined
  /**
   * Instead of the contract's policy; null for a single attempt. A method that is not idempotent may be tried again
   * too: its repeats carry a key, and the other side does the work once.
   */
  readonly retry?: RetryPolicy | null | undefined
  /** The call within whose handler this one is made, so that both belong to one trace. */
  readonly within?: TracedCall | undefined
  /** Sent along, for methods that take a stream. */
  readonly input?: AsyncIterable<Input> | Iterable<Input> | undefined
}

/** What a trace needs of the call that another is made within. */
export interface TracedCall {
  readonly traceId: number
  readonly spanId: number
}

/** What a sender of one-way messages may say. */
export interface SendOptions {
  readonly priority?: Priority | undefined
  readonly within?: TracedCall | undefined
  /** Of several in one tick only the last is sent. */
  readonly isLatestOnly?: boolean | undefined
}
