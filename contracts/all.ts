import type { Contract } from '../ipc/contract.ts'
import { hubContract } from '../ipc/hub-contract.ts'
import { aiContract } from './ai.ts'
import { areaContracts } from './areas.ts'
import { browserContract } from './browser.ts'
import { compositorContract } from './compositor.ts'
import { controlContract } from './control.ts'
import { pageContract } from './page.ts'
import { serviceContract } from './service.ts'
import { storageContract } from './storage.ts'

/** Everything that may be said between processes. A recording knows by it what is sensitive. */
export const allContracts: readonly Contract[] = [
  ...Object.values(areaContracts),
  aiContract,
  browserContract,
  compositorContract,
  controlContract,
  hubContract,
  pageContract,
  serviceContract,
  storageContract,
]
