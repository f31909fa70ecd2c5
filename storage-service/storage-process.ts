import { parseArgs } from 'node:util'
import { systemClock } from '../ipc/clock.ts'
import { startUtilityEndpoint } from '../ipc/entry/utility.ts'
import { BackupFolder } from './care/backup-folder.ts'
import { threadInspector } from './care/inspector-thread.ts'
import { confine } from './confinement.ts'
import { isUsable } from './opening/is-usable.ts'
import { openDatabase } from './opening/opening.ts'
import { markSuspect } from './opening/recovery.ts'
import { serveStorage } from './service.ts'

/** While the file cannot be used it is tried so often. */
const retryMs = 3_000

/** `entry` is the program of this process. */
export async function runStorage(entry: URL): Promise<void> {
  const { values } = parseArgs({ options: { database: { type: 'string' } }, strict: false })
  const file = values.database
  if (typeof file !== 'string' || file === '') {
    throw new TypeError('The storage process needs --database=<file>')
  }
  confine(file)
  const warn = (message: string): void => console.error(`storage: ${message}`)
  const endSoon = (): void => {
    // Only opening can recover, and main starts this process again. The answer to the failed call goes out first.
    setImmediate(() => process.exit(1))
  }
  const onDamage = (): void => {
    markSuspect(file)
    endSoon()
  }
  const { database, report, obstacle } = openDatabase(file, { wallClock: systemClock.wallClock, onDamage })
  // Every write is on disk already; folding the log into the file lets the next start open faster. The database stays
  // open, because a late write may still come before the process is ended.
  const endpoint = await startUtilityEndpoint({
    trim: () => service.trim(),
    prepareToStop: () => {
      service.flush()
      database.execute('PRAGMA wal_checkpoint(TRUNCATE)')
    },
    log: ({ level, message, details }) => {
      if (level !== 'debug') console.error(`storage: ${message}`, details ?? '')
    },
  })
  const service = serveStorage({
    endpoint,
    database,
    report,
    obstacle,
    backups: new BackupFolder(file),
    inspector: threadInspector(file, entry),
    clock: systemClock,
    onDamage: faults => {
      for (const fault of faults.slice(0, 5)) warn(`the file is damaged: ${fault}`)
      onDamage()
    },
    warn,
  })
  if (obstacle !== null) {
    setInterval(() => {
      if (isUsable(file)) endSoon()
    }, retryMs).unref()
  }
}
