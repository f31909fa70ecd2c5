import { storageContract } from '../../../contracts/storage.ts'
import { storageCareContract } from '../../../contracts/storage-care.ts'
import { storageCrashesContract } from '../../../contracts/storage-crashes.ts'
import { storageDownloadsContract } from '../../../contracts/storage-downloads.ts'
import { storageLibraryContract } from '../../../contracts/storage-library.ts'
import { storageListsContract } from '../../../contracts/storage-lists.ts'
import { storageSessionsContract } from '../../../contracts/storage-sessions.ts'
import { storageSitesContract } from '../../../contracts/storage-sites.ts'
import type { Endpoint } from '../../../ipc/endpoint.ts'
import { endpointId } from '../../../ipc/identity.ts'

const id = endpointId('storage')

/** Every contract that the storage process serves, as main calls it. */
export function clientsOf(endpoint: Endpoint) {
  return {
    storage: endpoint.client(storageContract, id),
    care: endpoint.client(storageCareContract, id),
    crashes: endpoint.client(storageCrashesContract, id),
    downloads: endpoint.client(storageDownloadsContract, id),
    library: endpoint.client(storageLibraryContract, id),
    lists: endpoint.client(storageListsContract, id),
    sessions: endpoint.client(storageSessionsContract, id),
    sites: endpoint.client(storageSitesContract, id),
  }
}

export type Clients = ReturnType<typeof clientsOf>
