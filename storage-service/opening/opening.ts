import { existsSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import type { OpeningReport } from '../../contracts/storage.ts'
import { BackupFolder } from '../care/backup-folder.ts'
import { copyChecked } from '../care/inspection.ts'
import { latestVersion, migrate, versionOf } from '../migrations.ts'
import { openSqlite, type SqlDatabase } from '../sqlite-driver.ts'
import { StorageError, type StorageErrorCode } from '../storage-error.ts'
import { createFolder, keepFromOthers } from './files.ts'
import { isSuspect, recover } from './recovery.ts'
import { salvage } from './salvage.ts'

/** A database that is ready for use, and what was found on the way. */
export interface OpenedDatabase {
  readonly database: SqlDatabase
  readonly report: OpeningReport
  /**
   * Why the file cannot be used just now though it may be soon: it is held by another program, or there is no room. What
   * could be read is in `database`; what would be written must be refused. Null otherwise.
   */
  readonly obstacle: StorageError | null
}

export interface OpeningOptions {
  readonly wallClock: () => number
  /** Called when damage shows later; opening again recovers from it. */
  readonly onDamage?: () => void
  /** A file up to this size is looked through as a whole before it is used; a larger one beside the work, later. */
  readonly checkedBytes?: number
}

/** Looking through it takes some ten milliseconds. */
const checkedBytes = 8 * 1024 * 1024
/** While it is used; a person waits for what is answered. */
const busyTimeoutMs = 250

/**
 * Opens the database, whatever state its file is in. A damaged or missing file is recovered, see `recover`; before the
 * tables of an earlier version are changed, a copy is made. When the file cannot be used at all (a folder that may not be
 * written, a full disk, a lock of another program, a file of a later Nexus), the work goes on in memory, filled with what
 * can be read, and the report says `failed`.
 */
export function openDatabase(file: string, options: OpeningOptions): OpenedDatabase {
  try {
    return { ...openFile(file, options), obstacle: null }
  } catch (error) {
    const problem = StorageError.of(error)
    const mayPass = problem.code === 'DATABASE_BUSY' || problem.code === 'DISK_FULL'
    return {
      database: openInMemory(file, problem),
      report: {
        kind: 'failed',
        code: problem.code,
        reason: problem.message.slice(0, 2_000),
        wayOut: waysOut[problem.code] ?? 'Restart Nexus; if that does not help, move the file away.',
      },
      obstacle: mayPass ? problem : null,
    }
  }
}

/** What a person can do about it. */
const waysOut: Partial<Record<StorageErrorCode, string>> = {
  DISK_FULL: 'Free some space on the disk. Nexus goes on by itself.',
  DATABASE_BUSY: 'Close the program that uses the profile. Nexus goes on by itself.',
  DATABASE_READ_ONLY: 'Allow writing to the folder of the profile, and restart Nexus.',
  DATABASE_UNREACHABLE: 'Check the disk and the folder of the profile, and restart Nexus.',
  DATABASE_TOO_NEW: 'Update Nexus: this profile was used with a later version.',
}

function openFile(file: string, options: OpeningOptions): Omit<OpenedDatabase, 'obstacle'> {
  createFolder(dirname(file))
  if (!existsSync(file)) {
    if (new BackupFolder(file).list().length === 0) {
      return { database: openSound(file, options), report: { kind: 'created' } }
    }
    return recovered(file, 'The file was gone', options)
  }
  const damage = damageOf(file, options.checkedBytes ?? checkedBytes)
  if (damage !== null) return recovered(file, damage, options)
  try {
    return { database: openSound(file, options), report: { kind: 'opened' } }
  } catch (error) {
    // Found when it was copied before a migration.
    if (StorageError.of(error).code !== 'DATABASE_DAMAGED') throw error
    return recovered(file, StorageError.of(error).message, options)
  }
}

function recovered(file: string, damage: string, options: OpeningOptions): Omit<OpenedDatabase, 'obstacle'> {
  const report = recover(file, damage, options.wallClock)
  return { database: openSound(file, options), report }
}

/** What is wrong with the file, in words; null when it is sound. Throws when it may not be read or written. */
function damageOf(file: string, checked: number): string | null {
  const found = statSync(file)
  if (!found.isFile()) return 'There was something else than a file in its place'
  if (found.size === 0) return 'The file was empty'
  try {
    using database = openSqlite(file)
    if (versionOf(database) > latestVersion) return null
    // Reading the tables shows what is wrong with the beginning and the length, however large the file is.
    database.prepare('SELECT count(*) FROM sqlite_master').get()
    if (!isSuspect(file) && found.size > checked) return null
    const check = isSuspect(file) ? 'integrity_check' : 'quick_check'
    const [first] = database.prepare(`PRAGMA ${check}(1)`).all()
    const verdict = String(first?.[check] ?? 'no answer')
    return verdict === 'ok' ? (isSuspect(file) ? whatWasSuspected : null) : `SQLite found: ${verdict}`
  } catch (error) {
    const problem = StorageError.of(error)
    if (problem.code === 'DATABASE_DAMAGED' || problem.code === 'DATABASE_ERROR') return problem.message
    throw problem
  }
}

/** The texts and their index disagree, for instance, which SQLite by itself does not look at. */
const whatWasSuspected = 'Something that is stored was found changed while the file was used'

function openSound(file: string, { wallClock, onDamage }: OpeningOptions): SqlDatabase {
  keepFromOthers(file)
  const database = openSqlite(file, onDamage === undefined ? {} : { onDamage })
  try {
    // A write-ahead log lets readers and the writer work side by side. FULL waits for the disk at every commit, so that
    // an acknowledged write survives not only kill -9 but also a loss of power.
    database.execute('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON')
    const version = versionOf(database)
    if (version > 0 && version < latestVersion) copyBeforeMigration(file, version, wallClock)
    migrate(database)
    database.execute(`PRAGMA busy_timeout = ${busyTimeoutMs}`)
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

function copyBeforeMigration(file: string, version: number, wallClock: () => number): void {
  const folder = new BackupFolder(file)
  const outcome = copyChecked(file, folder.place(wallClock(), version, 'migration'))
  if (outcome.kind === 'damaged') {
    throw new StorageError('DATABASE_DAMAGED', outcome.faults[0] ?? 'The file is damaged')
  }
  if (outcome.kind === 'failed') {
    throw new StorageError(
      outcome.code === 'DISK_FULL' ? 'DISK_FULL' : 'DATABASE_UNREACHABLE',
      `The database could not be copied before its tables are changed: ${outcome.message}`,
    )
  }
  folder.rotate()
}

function openInMemory(file: string, problem: StorageError): SqlDatabase {
  const database = openSqlite(':memory:')
  try {
    // Of a later format nobody here knows what its columns mean.
    if (problem.code !== 'DATABASE_TOO_NEW' && existsSync(file)) salvage(file, database)
  } catch {
    // There is no room even for looking.
  }
  migrate(database)
  return database
}
