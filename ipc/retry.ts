import type { IpcError } from './errors.ts'

/** How often, and how long apart, a call is tried again. Milliseconds. */
export interface RetryPolicy {
  /** Attempts after the first. */
  readonly maxRetries: number
  readonly initialDelayMs: number
  readonly maxDelayMs: number
  readonly backoffMultiplier: number
  /** Added to each delay, at random and up to this share of it, so that many callers do not come back at once. */
  readonly jitterShare: number
}

/** The one to name in a contract unless there is a reason for another. */
export const defaultRetryPolicy: RetryPolicy = {
  maxRetries: 3,
  initialDelayMs: 100,
  maxDelayMs: 5_000,
  backoffMultiplier: 2,
  jitterShare: 0.25,
}

/**
 * How long to wait before the next attempt, or null when there is none: the error will not pass, or the attempts are
 * used up. `attempt` counts from 0 for the first; `random` is between 0 and 1.
 */
export function delayBeforeRetry(
  error: IpcError,
  attempt: number,
  policy: RetryPolicy,
  random: number,
): number | null {
  if (!error.retryable || attempt >= policy.maxRetries) return null
  const delayMs = Math.min(policy.maxDelayMs, policy.initialDelayMs * policy.backoffMultiplier ** attempt)
  return delayMs + delayMs * policy.jitterShare * random
}
