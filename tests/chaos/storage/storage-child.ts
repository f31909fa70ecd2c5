// The storage service as a process of its own, without Electron: started and killed by the chaos test.
import { systemClock } from '../../../ipc/clock.ts'
import { createEndpoint } from '../../../ipc/endpoint.ts'
import { identity } from '../../../ipc/identity.ts'
import { forkPort } from '../../../ipc/transports/process-channel.ts'
import { BackupFolder } from '../../../storage-service/care/backup-folder.ts'
import { copyChecked, faultsOf } from '../../../storage-service/care/inspection.ts'
import { openDatabase } from '../../../storage-service/opening/opening.ts'
import { serveStorage } from '../../../storage-service/service.ts'

const file = process.argv[2] ?? ''
const { database, report, obstacle } = openDatabase(file, { wallClock: Date.now })
const endpoint = createEndpoint({ identity: identity('storage', 'storage') })
serveStorage({
  endpoint,
  database,
  report,
  obstacle,
  backups: new BackupFolder(file),
  inspector: { copy: async place => copyChecked(file, place), faults: async () => faultsOf(file) },
  clock: systemClock,
  onDamage: () => process.exit(3),
  warn: message => console.error(message),
})
endpoint.connect(forkPort(process), identity('controller', 'controller'))
