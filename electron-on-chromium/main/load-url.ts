import type { EventEmitter } from 'node:events'

interface LoadError {
  readonly errorCode: number
  readonly errorDescription: string
  readonly url: string
}

// biome-ignore lint/suspicious/noExplicitAny: the arguments of an event are up to the event
type Listener = (...args: any[]) => void

/** Settled by the events of a load, or by `fail`. A load that `stopped` was said of has been aborted, if nothing else tells. */
export type LoadOutcome = Promise<void> & { fail(error: LoadError): void; stopped(): void }

/**
 * The promise that `loadURL` gives: settled by the events of the load, as Electron does it. Must be called before
 * the load starts.
 */
export function loadOutcome(webContents: EventEmitter, url: string): LoadOutcome {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  let error: LoadError | null = null
  let hasStarted = false
  let isWithinDocument = false
  let isStopped = false
  const finish = (): void => {
    for (const [event, listener] of listeners) webContents.off(event, listener)
    if (error) reject(loadFailure(error))
    else resolve()
  }
  const fail = (failure: LoadError): void => {
    error ??= failure
    finish()
  }
  const listeners: readonly (readonly [string, Listener])[] = [
    ['did-finish-load', finish],
    [
      'did-fail-load',
      (
        _event: unknown,
        errorCode: number,
        errorDescription: string,
        failedUrl: string,
        isMainFrame: boolean,
      ) => {
        if (!error && isMainFrame) error = { errorCode, errorDescription, url: failedUrl }
      },
    ],
    [
      'did-start-navigation',
      (_event: unknown, startedUrl: string, isSameDocument: boolean, isMainFrame: boolean) => {
        if (!isMainFrame) return
        // Another navigation took the place of ours.
        if (hasStarted && !isSameDocument)
          return fail({ errorCode: -3, errorDescription: 'ERR_ABORTED', url: startedUrl })
        isWithinDocument = !hasStarted && isSameDocument
        hasStarted = true
      },
    ],
    ['did-navigate-in-page', () => isWithinDocument && finish()],
    [
      'did-stop-loading',
      () => {
        if (!hasStarted) return
        const ended = isStopped
          ? { errorCode: -3, errorDescription: 'ERR_ABORTED' }
          : { errorCode: -2, errorDescription: 'ERR_FAILED' }
        if (!isWithinDocument) error ??= { ...ended, url }
        finish()
      },
    ],
    ['destroyed', () => fail({ errorCode: -2, errorDescription: 'ERR_FAILED', url })],
  ]
  for (const [event, listener] of listeners) webContents.on(event, listener)
  // Whoever does not await the load is not to be bothered with an unhandled rejection.
  promise.catch(() => {})
  const stopped = (): void => {
    isStopped = true
  }
  return Object.assign(promise, { fail, stopped })
}

export function loadFailure({ errorCode, errorDescription, url }: LoadError): Error {
  const failure = new Error(`${errorDescription} (${errorCode}) loading '${url.slice(0, 2048)}'`)
  return Object.assign(failure, { errno: errorCode, code: errorDescription, url })
}
