import { IpcError } from '../ipc/errors.ts'

export type StorageErrorCode =
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

/** Extended codes that mean something else than their primary one: nothing more can be written, whatever the system calls it. */
const extendedCodes: ReadonlyMap<number, StorageErrorCode> = new Map([
  // SQLITE_IOERR_WRITE: a quota, or a limit on the size of files.
  [778, 'DISK_FULL'],
  // SQLITE_IOERR_SHMSIZE: the file beside the log cannot grow.
  [4_874, 'DISK_FULL'],
])
/** These pass by themselves, and what was refused is worth trying again. */
const passing: ReadonlySet<StorageErrorCode> = new Set(['DATABASE_BUSY', 'DISK_FULL'])

/** What went wrong with the database, in words that hold nothing of what is stored in it. */
export class StorageError extends IpcError {
  declare readonly code: StorageErrorCode

  constructor(code: StorageErrorCode, message: string, cause?: unknown) {
    super(code, message, { cause, retryable: passing.has(code) })
  }

  static of(error: unknown): StorageError {
    if (error instanceof StorageError) return error
    const result =
      typeof error === 'object' && error !== null && 'errcode' in error ? error.errcode : undefined
    // Extended codes carry the primary one in their low byte.
    const code =
      typeof result === 'number' ? (extendedCodes.get(result) ?? codes.get(result & 0xff)) : undefined
    const words = error instanceof Error ? error.message : 'unknown error'
    return new StorageError(code ?? 'DATABASE_ERROR', `The database could not do this: ${words}`, error)
  }
}
