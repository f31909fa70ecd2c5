import { storageContract } from '../../contracts/storage.ts'
import { storageCareContract } from '../../contracts/storage-care.ts'
import { storageCrashesContract } from '../../contracts/storage-crashes.ts'
import { storageDownloadsContract } from '../../contracts/storage-downloads.ts'
import { storageLibraryContract } from '../../contracts/storage-library.ts'
import { storageListsContract } from '../../contracts/storage-lists.ts'
import { storageSessionsContract } from '../../contracts/storage-sessions.ts'
import { storageSitesContract } from '../../contracts/storage-sites.ts'
import type { Client } from '../../ipc/client.ts'
import type { Endpoint } from '../../ipc/endpoint.ts'
import { endpointId } from '../../ipc/identity.ts'

export type StorageClient = Client<typeof storageContract>

export function storageClient(endpoint: Endpoint): StorageClient {
  return endpoint.client(storageContract, endpointId('storage'))
}

/** Everything else that the storage process serves, by topic. */
export interface StorageClients {
  readonly care: Client<typeof storageCareContract>
  readonly crashes: Client<typeof storageCrashesContract>
  readonly downloads: Client<typeof storageDownloadsContract>
  readonly library: Client<typeof storageLibraryContract>
  readonly lists: Client<typeof storageListsContract>
  readonly sessions: Client<typeof storageSessionsContract>
  readonly sites: Client<typeof storageSitesContract>
}

export function storageClients(endpoint: Endpoint): StorageClients {
  const id = endpointId('storage')
  return {
    care: endpoint.client(storageCareContract, id),
    crashes: endpoint.client(storageCrashesContract, id),
    downloads: endpoint.client(storageDownloadsContract, id),
    library: endpoint.client(storageLibraryContract, id),
    lists: endpoint.client(storageListsContract, id),
    sessions: endpoint.client(storageSessionsContract, id),
    sites: endpoint.client(storageSitesContract, id),
  }
}
