import { crashesViewContract } from './crashes-for-chrome.ts'
import { downloadsViewContract } from './downloads-for-chrome.ts'
import { libraryViewContract } from './library-for-chrome.ts'
import { mediaViewContract } from './media-for-chrome.ts'
import { networkViewContract } from './network-for-chrome.ts'
import { overviewViewContract } from './overview-for-chrome.ts'
import { processesViewContract } from './processes-for-chrome.ts'
import { readingViewContract } from './reading-for-chrome.ts'
import { schedulingViewContract } from './scheduling-for-chrome.ts'
import { sitesViewContract } from './sites-for-chrome.ts'

/** What the controller serves to the chrome UI besides `browser`: one contract an area. */
export const areaContracts = {
  network: networkViewContract,
  downloads: downloadsViewContract,
  library: libraryViewContract,
  sites: sitesViewContract,
  media: mediaViewContract,
  overview: overviewViewContract,
  reading: readingViewContract,
  processes: processesViewContract,
  crashes: crashesViewContract,
  scheduling: schedulingViewContract,
} as const

export type AreaName = keyof typeof areaContracts
export type AreaContract<A extends AreaName> = (typeof areaContracts)[A]
