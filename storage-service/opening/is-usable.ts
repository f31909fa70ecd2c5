import { closeSync, openSync, rmSync, writeSync } from 'node:fs'
import { openSqlite } from '../sqlite-driver.ts'

/** Enough for SQLite to open and to begin to write. */
const roomBytes = 256 * 1024

/** Whether a file that could not be used can be by now: there is room beside it, and nobody else holds it. */
export function isUsable(file: string): boolean {
  const attempt = `${file}.room`
  try {
    const opened = openSync(attempt, 'w', 0o600)
    try {
      writeSync(opened, new Uint8Array(roomBytes))
    } finally {
      closeSync(opened)
      rmSync(attempt, { force: true })
    }
    using database = openSqlite(file, { busyTimeoutMs: 0 })
    database.begin()
    database.rollBack()
    return true
  } catch {
    return false
  }
}
