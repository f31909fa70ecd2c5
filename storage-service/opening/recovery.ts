import { copyFileSync, existsSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { OpeningReport } from '../../contracts/storage.ts'
import { BackupFolder } from '../care/backup-folder.ts'
import { faultsOf } from '../care/inspection.ts'
import { latestVersion, migrate } from '../migrations.ts'
import { integerOf } from '../row.ts'
import { SessionJournal } from '../sessions/session-journal.ts'
import { openSqlite, type SqlDatabase } from '../sqlite-driver.ts'
import { StorageError } from '../storage-error.ts'
import {
  freeName,
  keepFromOthers,
  moveDatabase,
  removeDatabase,
  syncFile,
  syncFolder,
  timestamp,
} from './files.ts'
import { mergeNewer } from './merge-newer.ts'
import { salvage } from './salvage.ts'

export type Recovered = Extract<OpeningReport, { kind: 'recovered' }>

const suspectName = (file: string): string => `${file}.suspect`

/** Remembers, beyond the end of this process, that the file was found damaged while it was used. */
export function markSuspect(file: string): void {
  try {
    writeFileSync(suspectName(file), '', { mode: 0o600 })
  } catch {
    // Where nothing can be written, the damage is met again.
  }
}

export function isSuspect(file: string): boolean {
  return existsSync(suspectName(file))
}

export function clearSuspicion(file: string): void {
  removeDatabase(suspectName(file))
}

/**
 * Makes a sound database in the place of a damaged or missing one: the last good copy, and over it what is newer in the
 * damaged file; that file is kept under a name with the time. It is made aside and put in place when it is whole, so that
 * being ended in the middle leaves the damaged file where it was, to be met again.
 */
export function recover(file: string, damage: string, wallClock: () => number): Recovered {
  const made = `${file}.recovering`
  const salvaged = `${file}.salvaged`
  for (const leftover of [made, salvaged]) removeDatabase(leftover)
  const isThere = existsSync(file)
  keepFromOthers(salvaged)
  {
    using target = openSqlite(salvaged)
    if (isThere) salvage(file, target)
    else migrate(target)
  }
  const backupAt = restoreCopy(file, made, salvaged)
  if (backupAt === null) moveDatabase(salvaged, made)
  else removeDatabase(salvaged)
  const saved = settle(made)
  const aside = isThere ? freeName(`${file}.damaged-${timestamp(wallClock())}`) : null
  if (aside !== null) moveDatabase(file, aside)
  renameSync(made, file)
  syncFolder(dirname(file))
  clearSuspicion(file)
  return {
    kind: 'recovered',
    damagedFile: aside,
    backupAt,
    saved,
    reason: damage.slice(0, 2_000),
  }
}

/** Puts the latest copy that is good, with what is newer, at `made`; gives its time, or null where there is none. */
function restoreCopy(file: string, made: string, salvaged: string): number | null {
  for (const backup of new BackupFolder(file).list()) {
    if (backup.version > latestVersion) continue
    try {
      copyFileSync(backup.file, made)
      // It was good when it was made; a disk that spoilt one file may have spoilt another.
      if (faultsOf(made).length > 0) throw new StorageError('DATABASE_DAMAGED', 'The copy is damaged too')
      using database = openSqlite(made)
      migrate(database)
      mergeNewer(database, salvaged)
      return backup.at
    } catch (error) {
      removeDatabase(made)
      if (StorageError.of(error).code === 'DISK_FULL') throw error
    }
  }
  return null
}

/** Puts all of it on disk, in one file, and counts what there is. */
function settle(made: string): Recovered['saved'] {
  keepFromOthers(made)
  let saved: Recovered['saved']
  {
    using database = openSqlite(made)
    saved = {
      historyEntries: countOf(database, 'SELECT count(*) AS count FROM pages'),
      // Some may stand in the journal alone.
      tabs: new SessionJournal(database, () => {}).state.tabs,
      bookmarks: countOf(database, 'SELECT count(*) AS count FROM bookmarks WHERE url IS NOT NULL'),
    }
  }
  syncFile(made)
  return saved
}

function countOf(database: SqlDatabase, sql: string): number {
  return integerOf(database.prepare(sql).get() ?? {}, 'count')
}
