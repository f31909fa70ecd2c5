import type { Contract } from '../ipc/contract.ts'
import { hubContract } from '../ipc/hub-contract.ts'
import { aiContract } from './ai.ts'
import { areaContracts } from './areas.ts'
import { audioContract } from './audio.ts'
import { browserContract } from './browser.ts'
import { compositorContract } from './compositor.ts'
import { controlContract } from './control.ts'
import { downloadsContract } from './downloads.ts'
import { fetchingContract } from './fetching.ts'
import { networkContract } from './network.ts'
import { networkFilteringContract } from './network-filtering.ts'
import { pageContract } from './page.ts'
import { pageMediaContract } from './page-media.ts'
import { pageStateContract } from './page-state.ts'
import { serviceContract } from './service.ts'
import { storageContract } from './storage.ts'
import { storageCareContract } from './storage-care.ts'
import { storageCrashesContract } from './storage-crashes.ts'
import { storageDownloadsContract } from './storage-downloads.ts'
import { storageLibraryContract } from './storage-library.ts'
import { storageListsContract } from './storage-lists.ts'
import { storageSessionsContract } from './storage-sessions.ts'
import { storageSitesContract } from './storage-sites.ts'

/** Everything that may be said between processes. A recording knows by it what is sensitive. */
export const allContracts: readonly Contract[] = [
  ...Object.values(areaContracts),
  aiContract,
  audioContract,
  browserContract,
  compositorContract,
  controlContract,
  downloadsContract,
  fetchingContract,
  hubContract,
  networkContract,
  networkFilteringContract,
  pageContract,
  pageMediaContract,
  pageStateContract,
  serviceContract,
  storageContract,
  storageCareContract,
  storageCrashesContract,
  storageDownloadsContract,
  storageLibraryContract,
  storageListsContract,
  storageSessionsContract,
  storageSitesContract,
]
