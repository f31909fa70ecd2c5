import { IpcError } from '../ipc/errors.ts'

type StorageErrorCode =
  | 'DATABASE_DAMAGED'
  | 'DATABASE_BUSY'
  | 'DATABASE_READ_ONLY'
  | 'DATABASE_UNREACHABLE'
  | 'DATABASE_TOO_NEW'
  | 'DISK_FULL'
  | 'DATABASE_ERROR'

/** SQLite's primary result codes that mean something to a person; https://sqlite.org/rescode.html */
const codes: ReadonlyMap<number, StorageErrorCode> = new Map([
  [5, 'DATABASE_BUSY'],
  [6, 'DATABASE_BUSY'],
  [8, 'DATABASE_READ_ONLY'],
  [10, 'DATABASE_UNREACHABLE'],
  [11, 'DATABASE_DAMAGED'],
  [13, 'DISK_FULL'],
  [14, 'DATABASE_UNREACHABLE'],
  [26, 'DATABASE_DAMAGED'],
])

/** What went wrong with the database, in words that hold nothing of what is stored in it. */
export class StorageError extends IpcError {
  declare readonly code: StorageErrorCode

  constructor(code: StorageErrorCode, message: string, cause?: unknown) {
    super(code, message, { cause, retryable: code === 'DATABASE_BUSY' })
  }

  static of(error: unknown): StorageError {
    if (error instanceof StorageError) return error
    const result =
      typeof error === 'object' && error !== null && 'errcode' in error ? error.errcode : undefined
    // Extended codes carry the primary one in their low byte.
    const code = typeof result === 'number' ? codes.get(result & 0xff) : undefined
    const words = error instanceof Error ? error.message : 'unknown error'
    return new StorageError(code ?? 'DATABASE_ERROR', `The database could not do this: ${words}`, error)
  }
}
