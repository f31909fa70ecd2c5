import type { Backup } from '../../contracts/storage-care.ts'
import type { Clock } from '../../ipc/clock.ts'
import { latestVersion } from '../migrations.ts'
import { RefusedChange } from '../refused-change.ts'
import { integerOf } from '../row.ts'
import type { SqlDatabase } from '../sqlite-driver.ts'
import { StorageError } from '../storage-error.ts'
import type { BackupFolder } from './backup-folder.ts'
import type { CopyOutcome } from './inspection.ts'

/** A start is not made slower by a copy. */
const afterStartMs = 60_000
const betweenChecksMs = 15 * 60_000
const oldMs = 24 * 3_600_000
/** After something was deleted the copies are gone; soon there is one again. */
const afterScrubMs = 30_000

/** Does the slow work on a file beside the work on the database: in a thread. */
export interface Inspector {
  copy(place: { readonly partial: string; readonly file: string }): Promise<CopyOutcome>
  faults(): Promise<readonly string[]>
}

export interface KeeperOptions {
  readonly database: SqlDatabase
  readonly folder: BackupFolder
  readonly inspector: Inspector
  readonly clock: Clock
  /** Puts on disk what is waiting. */
  readonly flush: () => void
  /** The file was found damaged beside the work. */
  readonly onDamage: (faults: readonly string[]) => void
  readonly warn: (message: string) => void
}

/** Keeps good copies of the database, one a day where something changed, and looks through the file on the way. */
export class Keeper implements Disposable {
  readonly #options: KeeperOptions
  #timer: Disposable | null = null
  #copying: Promise<Backup> | null = null
  /** Counts deletions: a copy that began before one is no good. */
  #scrubs = 0
  #isLogToBeEmptied = false
  #changesAtLastCopy = -1

  constructor(options: KeeperOptions) {
    this.#options = options
  }

  /** Begins to look after the copies. */
  start(): void {
    this.#wait(afterStartMs)
  }

  backups(): Backup[] {
    return this.#options.folder.list()
  }

  /** Fails with BACKUP_FAILED, or with DATABASE_DAMAGED. */
  backUp(reason: 'periodic' | 'asked'): Promise<Backup> {
    this.#copying ??= this.#copy(reason).finally(() => {
      this.#copying = null
    })
    return this.#copying
  }

  faults(): Promise<readonly string[]> {
    this.#options.flush()
    return this.#options.inspector.faults()
  }

  /**
   * What was deleted leaves the log and the copies too. To be called when the deletion is on disk. A copy without it is
   * made soon.
   */
  scrub(): void {
    const { database, folder, flush, warn } = this.#options
    this.#scrubs += 1
    try {
      flush()
      // Words of removed bookmarks stay in their index until it is made tight.
      database.execute("INSERT INTO bookmarks_search (bookmarks_search) VALUES ('optimize')")
      this.#emptyLog()
      folder.clear()
    } catch (error) {
      warn(`What was deleted may still be in the log or in a copy: ${StorageError.of(error).message}`)
      this.#isLogToBeEmptied = true
    }
    this.#wait(afterScrubMs)
  }

  [Symbol.dispose](): void {
    this.#timer?.[Symbol.dispose]()
  }

  #emptyLog(): void {
    const row = this.#options.database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()
    // Somebody reads an older state, a copy that is being made for instance.
    this.#isLogToBeEmptied = row?.busy === 1
  }

  #wait(delayMs: number): void {
    this.#timer?.[Symbol.dispose]()
    this.#timer = this.#options.clock.after(delayMs, () => {
      this.#wait(betweenChecksMs)
      void this.#look()
    })
  }

  async #look(): Promise<void> {
    const { clock, warn, flush, folder } = this.#options
    try {
      if (this.#isLogToBeEmptied) {
        flush()
        this.#emptyLog()
        folder.clear()
      }
      const [latest] = this.backups()
      const isOld = latest === undefined || clock.wallClock() - latest.at >= oldMs
      if (isOld && this.#changes() !== this.#changesAtLastCopy) await this.backUp('periodic')
    } catch (error) {
      warn(`The database was not copied: ${error instanceof Error ? error.message : error}`)
    }
  }

  async #copy(reason: 'periodic' | 'asked'): Promise<Backup> {
    const { folder, inspector, clock, onDamage, flush } = this.#options
    flush()
    const scrubs = this.#scrubs
    const changes = this.#changes()
    const place = folder.place(clock.wallClock(), latestVersion, reason)
    const outcome = await inspector.copy(place)
    if (scrubs !== this.#scrubs) {
      folder.clear()
      throw new RefusedChange('BACKUP_FAILED', 'Something was deleted while the copy was made')
    }
    switch (outcome.kind) {
      case 'damaged':
        onDamage(outcome.faults)
        throw new StorageError('DATABASE_DAMAGED', `The database is damaged: ${outcome.faults[0] ?? ''}`)
      case 'failed':
        throw new RefusedChange(
          'BACKUP_FAILED',
          `No copy could be made (${outcome.code}): ${outcome.message}`,
        )
      case 'sound': {
        this.#changesAtLastCopy = changes
        folder.rotate()
        const backup = folder.get(place.file)
        if (backup === null) throw new RefusedChange('BACKUP_FAILED', 'The copy is gone')
        return backup
      }
    }
  }

  #changes(): number {
    return integerOf(this.#options.database.prepare('SELECT total_changes() AS count').get() ?? {}, 'count')
  }
}
