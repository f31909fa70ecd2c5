import { parseArgs } from 'node:util'
import { storageContract } from '../contracts/storage.ts'
import { systemClock } from '../ipc/clock.ts'
import { startUtilityEndpoint } from '../ipc/entry/utility.ts'
import { openDatabase } from './opening.ts'
import { createStorageHandlers } from './service.ts'

/** The storage process: opens the database named by `--database=<file>` and serves it to main. */
const { values } = parseArgs({ options: { database: { type: 'string' } }, strict: false })
if (typeof values.database !== 'string' || values.database === '') {
  throw new TypeError('The storage process needs --database=<file>')
}

const { wallClock } = systemClock
const { database, report } = openDatabase(values.database, wallClock, () => {
  // Only opening can recover, and main starts this process again. The answer to the failed call goes out first.
  setImmediate(() => process.exit(1))
})
// Every write is on disk already; folding the log into the file lets the next start open faster. The database stays
// open, because a late write may still come before the process is ended.
const endpoint = await startUtilityEndpoint({
  prepareToStop: () => database.execute('PRAGMA wal_checkpoint(TRUNCATE)'),
  log: ({ level, message, details }) => {
    if (level !== 'debug') console.error(`storage: ${message}`, details ?? '')
  },
})
endpoint.serve(
  storageContract,
  createStorageHandlers({
    database,
    report,
    wallClock,
    announceSettings: settings => endpoint.announce(storageContract, 'settingsChanged', settings),
    warn: message => console.error(`storage: ${message}`),
  }),
)
