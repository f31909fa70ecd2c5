import { chmodSync, closeSync, existsSync, mkdirSync, openSync, renameSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import type { OpeningReport } from '../contracts/storage.ts'
import { migrate } from './migrations.ts'
import { type Saved, salvage } from './salvage.ts'
import { openSqlite, type SqlDatabase } from './sqlite-driver.ts'
import { StorageError } from './storage-error.ts'

/** A database that is ready for use, and what was found on the way. */
export interface OpenedDatabase {
  readonly database: SqlDatabase
  readonly report: OpeningReport
}

/**
 * Opens the database, whatever state its file is in. A damaged file is kept beside the new one under a name with the
 * time, and what can be read is carried over. When the file cannot be used at all (a folder that may not be written, a
 * file of a later Nexus), the work goes on in memory, filled with what can be read, and the report says `failed`.
 * `onDamage` is called when damage shows later; opening again recovers from it.
 */
export function openDatabase(
  file: string,
  wallClock: () => number,
  onDamage: () => void = () => {},
): OpenedDatabase {
  try {
    return openFile(file, wallClock, onDamage)
  } catch (error) {
    const problem = StorageError.of(error)
    return {
      database: openInMemory(file, problem),
      report: { kind: 'failed', code: problem.code, reason: problem.message },
    }
  }
}

function openFile(file: string, wallClock: () => number, onDamage: () => void): OpenedDatabase {
  createFolder(dirname(file))
  if (!existsSync(file)) return { database: openSound(file, onDamage), report: { kind: 'created' } }
  const damage = damageOf(file)
  if (damage === null) return { database: openSound(file, onDamage), report: { kind: 'opened' } }
  return recover(file, damage, wallClock, onDamage)
}

/** What is wrong with the file, in words; null when it is sound. Throws when it may not be read or written. */
function damageOf(file: string): string | null {
  const found = statSync(file)
  if (!found.isFile()) return 'There was something else than a file in its place'
  if (found.size === 0) return 'The file was empty'
  try {
    using database = openSqlite(file)
    const [first] = database.prepare('PRAGMA quick_check(1)').all()
    const verdict = String(first?.quick_check ?? 'no answer')
    return verdict === 'ok' ? null : `SQLite found: ${verdict}`
  } catch (error) {
    const problem = StorageError.of(error)
    if (problem.code === 'DATABASE_DAMAGED' || problem.code === 'DATABASE_ERROR') return problem.message
    throw problem
  }
}

function openSound(file: string, onDamage: () => void): SqlDatabase {
  keepFromOthers(file)
  const database = openSqlite(file, onDamage)
  try {
    // A write-ahead log lets readers and the writer work side by side. FULL waits for the disk at every commit, so that
    // an acknowledged write survives not only kill -9 but also a loss of power.
    database.execute('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON')
    migrate(database)
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

function recover(
  file: string,
  damage: string,
  wallClock: () => number,
  onDamage: () => void,
): OpenedDatabase {
  const aside = freeName(`${file}.damaged-${timestamp(wallClock())}`)
  renameSync(file, aside)
  // The log belongs to the damaged file; left in place it would be played into the new one.
  for (const suffix of ['-wal', '-shm'])
    if (existsSync(file + suffix)) renameSync(file + suffix, aside + suffix)
  const database = openSound(file, onDamage)
  return {
    database,
    report: {
      kind: 'recovered',
      damagedFile: aside,
      saved: trySalvage(aside, database),
      reason: damage.slice(0, 2_000),
    },
  }
}

function openInMemory(file: string, problem: StorageError): SqlDatabase {
  const database = openSqlite(':memory:')
  migrate(database)
  // Of a later format nobody here knows what its columns mean.
  if (problem.code !== 'DATABASE_TOO_NEW') trySalvage(file, database)
  return database
}

function trySalvage(source: string, database: SqlDatabase): Saved {
  try {
    return salvage(source, database)
  } catch {
    // Nothing could be copied, for instance because it is a folder.
    return { historyEntries: 0, tabs: 0 }
  }
}

/** What was read and visited is nobody else's business. SQLite gives the files beside it the same rights. */
function keepFromOthers(file: string): void {
  try {
    closeSync(openSync(file, 'a', 0o600))
    chmodSync(file, 0o600)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    const isReadOnly = code === 'EACCES' || code === 'EROFS' || code === 'EPERM'
    throw new StorageError(
      isReadOnly ? 'DATABASE_READ_ONLY' : 'DATABASE_UNREACHABLE',
      `The file of the database cannot be written (${String(code)})`,
      error,
    )
  }
}

function createFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
  } catch (cause) {
    throw new StorageError(
      'DATABASE_UNREACHABLE',
      `The folder of the database cannot be made: ${folder}`,
      cause,
    )
  }
}

/** For a file name: 20261120T101500Z. */
function timestamp(at: number): string {
  return new Date(at).toISOString().replaceAll(/[-:]|\.\d+/g, '')
}

function freeName(wanted: string): string {
  for (let attempt = 1; ; attempt += 1) {
    const name = attempt === 1 ? wanted : `${wanted}-${attempt}`
    if (!existsSync(name)) return name
  }
}
