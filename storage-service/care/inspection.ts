import { chmodSync, closeSync, openSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { removeDatabase, syncFile, syncFolder } from '../opening/files.ts'
import { openSqlite, type SqlDatabase } from '../sqlite-driver.ts'
import { StorageError } from '../storage-error.ts'

const mostFaults = 100
/** Another program may hold the file for a moment. */
const patienceMs = 10_000
const searchIndexes = ['pages_search', 'passages_search'] as const

/** What came of a copy. */
export type CopyOutcome =
  | { readonly kind: 'sound' }
  /** The original has these faults, so that no copy of it is any good. */
  | { readonly kind: 'damaged'; readonly faults: readonly string[] }
  /** It could not be made: no room, for instance. Says nothing about the original. */
  | { readonly kind: 'failed'; readonly code: string; readonly message: string }

/** Looks through a whole database file, without changing it; a word for each fault. Takes seconds for a large one. */
export function faultsOf(file: string): string[] {
  return reading(file, faultsIn)
}

/**
 * Makes a copy of a database that others may be using, and checks both: the original page by page with its indexes, the
 * copy also for words that its indexes of words do not have. A copy has its name only when it is sound and on disk.
 */
export function copyChecked(
  file: string,
  place: { readonly partial: string; readonly file: string },
): CopyOutcome {
  try {
    const faults = faultsOf(file)
    if (faults.length > 0) return { kind: 'damaged', faults }
    removeDatabase(place.partial)
    // Made first, so that nobody else can read it for a moment.
    closeSync(openSync(place.partial, 'w', 0o600))
    reading(file, database => database.execute(`VACUUM INTO '${place.partial.replaceAll("'", "''")}'`))
    const copyFaults = faultsOfCopy(place.partial)
    if (copyFaults.length > 0) {
      rmSync(place.partial, { force: true })
      return { kind: 'damaged', faults: copyFaults }
    }
    chmodSync(place.partial, 0o600)
    syncFile(place.partial)
    renameSync(place.partial, place.file)
    syncFolder(dirname(place.file))
    return { kind: 'sound' }
  } catch (error) {
    removeDatabase(place.partial)
    const problem = StorageError.of(error)
    if (problem.code === 'DATABASE_DAMAGED') return { kind: 'damaged', faults: [problem.message] }
    return { kind: 'failed', code: problem.code, message: problem.message }
  }
}

function faultsOfCopy(file: string): string[] {
  using copy = openSqlite(file)
  const faults = faultsIn(copy)
  for (const index of searchIndexes) {
    // An earlier version had fewer.
    if (copy.prepare('SELECT 1 FROM sqlite_master WHERE name = ?').get(index) === undefined) continue
    try {
      // Compares the index with the texts, word by word: a changed letter is found so.
      copy.execute(`INSERT INTO ${index} (${index}, rank) VALUES ('integrity-check', 1)`)
    } catch (error) {
      faults.push(`${index}: ${StorageError.of(error).message}`)
    }
  }
  return faults
}

function faultsIn(database: SqlDatabase): string[] {
  const verdicts = database.prepare(`PRAGMA integrity_check(${mostFaults})`).all()
  const faults = verdicts.map(row => String(row.integrity_check)).filter(verdict => verdict !== 'ok')
  const orphans = database.prepare('PRAGMA foreign_key_check').all().length
  if (orphans > 0) faults.push(`${orphans} rows belong to rows that are not there`)
  return faults.slice(0, mostFaults).map(fault => fault.slice(0, 1_000))
}

function reading<Result>(file: string, read: (database: SqlDatabase) => Result): Result {
  using database = openSqlite(file, { isReadOnly: true, busyTimeoutMs: patienceMs })
  return read(database)
}
