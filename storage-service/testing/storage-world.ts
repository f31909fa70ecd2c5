import type { OpeningReport } from '../../contracts/storage.ts'
import { createEndpoint, type Endpoint } from '../../ipc/endpoint.ts'
import { identity } from '../../ipc/identity.ts'
import { SimulatedClock } from '../../ipc/simulated-clock.ts'
import { createMemoryChannel } from '../../ipc/transports/memory.ts'
import { BackupFolder } from '../care/backup-folder.ts'
import { copyChecked, faultsOf } from '../care/inspection.ts'
import { migrate } from '../migrations.ts'
import { openDatabase } from '../opening/opening.ts'
import { type StorageService, serveStorage } from '../service.ts'
import { openSqlite, type SqlDatabase } from '../sqlite-driver.ts'
import type { StorageError } from '../storage-error.ts'

const controller = identity('controller', 'controller')
export const storageIdentity = identity('storage', 'storage')

/** The whole service and its caller, over the real framework in one process, for tests. */
export class StorageWorld implements Disposable {
  readonly clock = new SimulatedClock()
  readonly serving: Endpoint
  readonly calling: Endpoint
  readonly database: SqlDatabase
  readonly report: OpeningReport
  readonly service: StorageService
  readonly warnings: string[] = []
  readonly damage: string[] = []

  /** On a file, or in memory without one. */
  constructor(file: string | null = null, obstacle: StorageError | null = null) {
    const opened =
      file === null ? inMemory() : openDatabase(file, { wallClock: () => this.clock.wallClock() })
    this.database = opened.database
    this.report = opened.report
    this.serving = createEndpoint({ identity: storageIdentity })
    this.calling = createEndpoint({ identity: controller })
    this.service = serveStorage({
      endpoint: this.serving,
      database: this.database,
      report: opened.report,
      obstacle: obstacle ?? opened.obstacle,
      backups: new BackupFolder(file ?? '/nowhere/nexus.sqlite'),
      inspector: {
        copy: async place => copyChecked(file ?? '', place),
        faults: async () => faultsOf(file ?? ''),
      },
      clock: this.clock,
      onDamage: faults => this.damage.push(...faults),
      warn: message => this.warnings.push(message),
    })
    const [near, far] = createMemoryChannel()
    this.calling.connect(near, storageIdentity)
    this.serving.connect(far, controller)
  }

  [Symbol.dispose](): void {
    this.service[Symbol.dispose]()
    this.calling[Symbol.dispose]()
    this.serving[Symbol.dispose]()
    this.database.close()
  }
}

function inMemory(): { database: SqlDatabase; report: OpeningReport; obstacle: null } {
  const database = openSqlite(':memory:')
  migrate(database)
  return { database, report: { kind: 'created' }, obstacle: null }
}
