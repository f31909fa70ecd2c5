import type { Clock } from '../clock.ts'
import { statusOfFailure } from '../envelope.ts'
import { IpcError } from '../errors.ts'
import { type Difference, differencesBetween } from './comparison.ts'
import type { RecordedCall } from './recorded-calls.ts'

export interface ReplayOptions {
  readonly calls: readonly RecordedCall[]
  /**
   * Makes a call at a fresh instance of the process that was recorded. Rejects with the call's `IpcError`, with
   * `NotReplayable` to skip it, and with anything else to end the replay.
   */
  readonly call: (method: string, args: unknown) => Promise<unknown>
  /**
   * `original`: each call as long after the first as when it was recorded, answered or not. `none`: one after the other,
   * each after the answer to the one before.
   */
  readonly pacing: 'original' | 'none'
  readonly clock: Clock
  readonly signal?: AbortSignal | undefined
  /** Told of each call as it is done. */
  readonly onCall?: ((outcome: ReplayedCall) => void) | undefined
}

/** What came of one call of a recording; `same` when it is what came of it then. */
export type ReplayedCall = { readonly call: RecordedCall } & (
  | { readonly kind: 'same' }
  | { readonly kind: 'different'; readonly differences: readonly Difference[] }
  /** The recording does not tell what came of it. */
  | { readonly kind: 'notCompared' }
  | { readonly kind: 'skipped'; readonly reason: string }
)

const obstacles = {
  redacted: 'its arguments were redacted',
  stream: 'it takes a stream, which is not replayed',
} as const

/** Makes the calls of a recording again and says what came of each, in their order. Rejects when aborted. */
export async function replay(options: ReplayOptions): Promise<readonly ReplayedCall[]> {
  const { calls, clock, signal, pacing, onCall } = options
  const startedAt = clock.now()
  const firstAt = calls[0]?.at ?? 0
  const outcomes: Promise<ReplayedCall>[] = []
  for (const call of calls) {
    if (pacing === 'original') await waitUntil(startedAt + (call.at - firstAt), clock, signal)
    signal?.throwIfAborted()
    const outcome = replayOne(call, options).then(made => {
      onCall?.(made)
      return made
    })
    outcomes.push(outcome)
    // It is waited for below, which may be long after it failed.
    outcome.catch(() => {})
    if (pacing === 'none') await outcome
  }
  return Promise.all(outcomes)
}

async function replayOne(call: RecordedCall, { call: make }: ReplayOptions): Promise<ReplayedCall> {
  if (call.obstacle !== null) return { call, kind: 'skipped', reason: obstacles[call.obstacle] }
  let replayed: Pick<NonNullable<RecordedCall['response']>, 'status' | 'result'> & {
    readonly code: string | null
  }
  try {
    replayed = { status: 'ok', result: await make(call.method, call.args), code: null }
  } catch (error) {
    if (error instanceof NotReplayable) return { call, kind: 'skipped', reason: error.message }
    // Calls fail with an `IpcError`; anything else is the fault of whoever makes them.
    if (!(error instanceof IpcError)) throw error
    const { code } = error
    replayed = { status: statusOfFailure(code), result: undefined, code }
  }
  const { response } = call
  if (response === null) return { call, kind: 'notCompared' }
  const differences =
    response.status === replayed.status
      ? [
          ...differencesBetween(response.error?.code ?? null, replayed.code, 'error/code'),
          ...differencesBetween(response.result, replayed.result, 'result'),
        ]
      : [
          {
            path: 'status',
            recorded: describe(response.status, response.error?.code ?? null),
            replayed: describe(replayed.status, replayed.code),
          },
        ]
  return differences.length === 0 ? { call, kind: 'same' } : { call, kind: 'different', differences }
}

/** Thrown by whoever makes the calls: this one is not made, and why. */
export class NotReplayable extends IpcError {
  constructor(message: string) {
    super('NOT_REPLAYABLE', message)
  }
}

function describe(status: string, code: string | null): string {
  return code === null ? status : `${status} ${code}`
}

/** Resolves when that time has come, or early when aborted. */
function waitUntil(at: number, clock: Clock, signal: AbortSignal | undefined): Promise<void> {
  const delayMs = at - clock.now()
  if (delayMs <= 0 || signal?.aborted === true) return Promise.resolve()
  return new Promise(resolve => {
    const finish = (): void => {
      timer[Symbol.dispose]()
      signal?.removeEventListener('abort', finish)
      resolve()
    }
    const timer = clock.after(delayMs, finish)
    signal?.addEventListener('abort', finish)
  })
}
