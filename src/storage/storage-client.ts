import { storageContract } from '../../contracts/storage.ts'
import type { Client } from '../../ipc/client.ts'
import type { Endpoint } from '../../ipc/endpoint.ts'
import { endpointId } from '../../ipc/identity.ts'

export type StorageClient = Client<typeof storageContract>

export function storageClient(endpoint: Endpoint): StorageClient {
  return endpoint.client(storageContract, endpointId('storage'))
}
