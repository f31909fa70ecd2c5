import { IpcError } from '../../ipc/errors.ts'

type FetchCode = 'FETCH_REFUSED' | 'FETCH_TYPE' | 'FETCH_TOO_LARGE' | 'FETCH_FAILED' | 'FETCH_TIMED_OUT'

/** A small resource was not fetched. Crosses to main by its code. */
export class FetchError extends IpcError {
  constructor(code: FetchCode, message: string, cause?: unknown) {
    super(code, message, { retryable: code === 'FETCH_FAILED' || code === 'FETCH_TIMED_OUT', cause })
  }
}

/** Any error of a connection, as one of a fetch. */
export function rethrowAsFetchError(error: unknown): never {
  if (error instanceof IpcError) throw error
  const name = error instanceof Error ? error.name : ''
  if (name === 'TimeoutError' || /Timeout/.test(name))
    throw new FetchError('FETCH_TIMED_OUT', 'It took too long', error)
  throw new FetchError('FETCH_FAILED', error instanceof Error ? error.message : String(error), error)
}
