import type { DownloadFailureCode } from '../../contracts/downloads.ts'

/** A file was not had, or not all of it. */
export class DownloadError extends Error {
  override readonly name = 'DownloadError'
  readonly code: DownloadFailureCode
  /** For people: a status, an error of the system. */
  readonly detail: string
  /** Whether the same may go well soon. */
  readonly isPassing: boolean
  /** Milliseconds that the server asked to be left alone; null when it did not. */
  readonly retryAfterMs: number | null

  constructor(
    code: DownloadFailureCode,
    detail: string,
    options: { readonly isPassing?: boolean; readonly retryAfterMs?: number | null } = {},
  ) {
    super(`${code}: ${detail}`)
    this.code = code
    this.detail = detail.slice(0, 500)
    this.isPassing = options.isPassing ?? false
    this.retryAfterMs = options.retryAfterMs ?? null
  }
}

/** What an error of the disk means for a download. */
export function diskError(error: unknown): DownloadError {
  if (error instanceof DownloadError) return error
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const isFull = code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG'
  return new DownloadError(isFull ? 'DISK_FULL' : 'FOLDER', code === '' ? String(error) : code)
}
