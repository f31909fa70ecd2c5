import { type OpeningReport, storageContract } from '../contracts/storage.ts'
import { storageCareContract } from '../contracts/storage-care.ts'
import { storageCrashesContract } from '../contracts/storage-crashes.ts'
import { storageDownloadsContract } from '../contracts/storage-downloads.ts'
import { storageLibraryContract } from '../contracts/storage-library.ts'
import { storageListsContract } from '../contracts/storage-lists.ts'
import { storageSessionsContract } from '../contracts/storage-sessions.ts'
import { storageSitesContract } from '../contracts/storage-sites.ts'
import type { Clock } from '../ipc/clock.ts'
import type { Endpoint } from '../ipc/endpoint.ts'
import { Analyses } from './analyses.ts'
import { libraryHandlers } from './bookmarks/serve-library.ts'
import type { BackupFolder } from './care/backup-folder.ts'
import { type Inspector, Keeper } from './care/keeper.ts'
import { careHandlers } from './care/serve-care.ts'
import { Health } from './health.ts'
import { History } from './history/history.ts'
import { HotPages } from './history/hot-pages.ts'
import { Memory } from './memory/memory.ts'
import { crashHandlers } from './records/crashes.ts'
import { downloadHandlers } from './records/downloads.ts'
import { listHandlers } from './records/shared-lists.ts'
import { storageHandlers } from './serve-storage.ts'
import type { ServedParts } from './served-parts.ts'
import { sessionHandlers } from './sessions/serve-sessions.ts'
import { SessionJournal } from './sessions/session-journal.ts'
import { siteHandlers } from './sites/serve-sites.ts'
import type { SqlDatabase } from './sqlite-driver.ts'
import type { StorageError } from './storage-error.ts'
import { WriteGroup } from './write-group.ts'

export interface StorageServiceOptions {
  readonly endpoint: Endpoint
  readonly database: SqlDatabase
  readonly report: OpeningReport
  /** Why nothing may be written for now; null where writing works. */
  readonly obstacle: StorageError | null
  readonly backups: BackupFolder
  readonly inspector: Inspector
  readonly clock: Clock
  /** The file was found damaged beside the work. */
  readonly onDamage: (faults: readonly string[]) => void
  readonly warn: (message: string) => void
}

/** The storage process at work. */
export interface StorageService extends Disposable {
  /** Puts on disk what is waiting for it. */
  flush(): void
  /** Gives back the pages of the file that are held in memory; they are read again when they are needed. */
  trim(): void
}

const nextTurn = (): Promise<void> => new Promise(resolve => setImmediate(resolve))

/** Serves every contract of storage on one database. A write is answered when it is on disk. */
export function serveStorage(options: StorageServiceOptions): StorageService {
  const { endpoint, database, report, obstacle, clock, warn, onDamage } = options
  const group = new WriteGroup({
    database,
    later: commit => void setImmediate(commit),
    onEnd: error => health.ended(error),
    onUndone: () => reload(),
  })
  const write: ServedParts['write'] = work =>
    obstacle === null ? group.write(work) : Promise.reject(obstacle)
  const health = new Health({
    clock,
    announce: state => endpoint.announce(storageCareContract, 'healthChanged', state),
    probe: () => {
      group.write(() => database.execute(probeSql)).catch(() => {})
    },
  })
  if (obstacle !== null) health.ended(obstacle)
  const keeper = new Keeper({
    database,
    folder: options.backups,
    inspector: options.inspector,
    clock,
    flush: () => group.flush(),
    onDamage,
    warn,
  })
  const hot = new HotPages(database, nextTurn)
  const history = new History(database, hot)
  const analyses = new Analyses(database)
  const memory = new Memory({ database, history, analyses, pause: nextTurn, warn })
  const journal = new SessionJournal(database, warn)
  const parts: ServedParts = {
    database,
    write,
    scrub: () => keeper.scrub(),
    wallClock: () => clock.wallClock(),
  }
  function reload(): void {
    hot.reload()
    memory.reload()
    journal.reload()
  }

  endpoint.serve(
    storageContract,
    storageHandlers(parts, {
      report,
      history,
      hot,
      memory,
      analyses,
      warn,
      announceSettings: settings => endpoint.announce(storageContract, 'settingsChanged', settings),
    }),
  )
  endpoint.serve(
    storageLibraryContract,
    libraryHandlers(parts, revision =>
      endpoint.announce(storageLibraryContract, 'bookmarksChanged', { revision }),
    ),
  )
  endpoint.serve(
    storageSitesContract,
    siteHandlers(parts, site => endpoint.announce(storageSitesContract, 'siteChanged', { site })),
  )
  endpoint.serve(
    storageListsContract,
    listHandlers(parts, (id, revision) =>
      endpoint.announce(storageListsContract, 'listChanged', { id, revision }),
    ),
  )
  endpoint.serve(storageDownloadsContract, downloadHandlers(parts))
  endpoint.serve(storageCrashesContract, crashHandlers(parts))
  endpoint.serve(storageSessionsContract, sessionHandlers(parts, journal))
  endpoint.serve(storageCareContract, careHandlers(parts, { health, keeper, journal, reload }))
  if (obstacle === null && report.kind !== 'failed') keeper.start()
  return {
    flush: () => group.flush(),
    trim() {
      group.flush()
      database.execute('PRAGMA shrink_memory')
    },
    [Symbol.dispose]() {
      group.flush()
      health[Symbol.dispose]()
      keeper[Symbol.dispose]()
    },
  }
}

const probeSql =
  "INSERT INTO care (name, value) VALUES ('probe', 1) ON CONFLICT (name) DO UPDATE SET value = value + 1"
