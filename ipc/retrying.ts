import type { Clock } from './clock.ts'
import { CancelledError, IpcError } from './errors.ts'
import { delayBeforeRetry, type RetryPolicy } from './retry.ts'

export interface RetryingOptions {
  readonly policy: RetryPolicy
  readonly signal: AbortSignal | undefined
  readonly clock: Clock
  readonly random: () => number
  /** Tries once; `retry` is 0 for the first time. */
  readonly attempt: (retry: number) => Promise<unknown>
}

/** Tries until it succeeds, the error is one that will not pass, or the policy says that it is enough. */
export async function callWithRetry({
  policy,
  signal,
  clock,
  random,
  attempt,
}: RetryingOptions): Promise<unknown> {
  for (let retry = 0; ; retry += 1) {
    try {
      return await attempt(retry)
    } catch (error) {
      const delayMs = error instanceof IpcError ? delayBeforeRetry(error, retry, policy, random()) : null
      if (delayMs === null || signal?.aborted === true) throw error
      await pause(delayMs, clock, signal)
    }
  }
}

function pause(delayMs: number, clock: Clock, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      timer[Symbol.dispose]()
      reject(new CancelledError('The call was cancelled between two attempts'))
    }
    const timer = clock.after(delayMs, () => {
      signal?.removeEventListener('abort', onAbort)
      resolve()
    })
    signal?.addEventListener('abort', onAbort, { once: true })
  })
}
