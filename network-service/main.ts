import { parseArgs } from 'node:util'
import { systemClock } from '../ipc/clock.ts'
import { startUtilityEndpoint } from '../ipc/entry/utility.ts'
import type { Log } from '../ipc/log.ts'
import { confineNetwork, OwnFiles } from './confinement.ts'
import { hostsFilePath } from './dns/hosts-file.ts'
import { serveFiltering } from './filtering/serve-filtering.ts'
import { type NetworkService, serveNetwork } from './service.ts'

/**
 * The network process: what pages fetch, it fetches. Keeps its own answers in the file of `--cache=<file>`, and judges by the
 * compiled filter lists of `--filters=<file>`.
 */
const { values } = parseArgs({
  options: { cache: { type: 'string' }, filters: { type: 'string' } },
  strict: false,
})
const cacheFile = typeof values.cache === 'string' ? values.cache : ':memory:'

const listsFile = typeof values.filters === 'string' ? values.filters : null

const hostsFile = hostsFilePath(process.platform, process.env)
const files = new OwnFiles(cacheFile, listsFile === null ? [hostsFile] : [hostsFile, listsFile])
confineNetwork(files)

let service: NetworkService | null = null
const log: Log = ({ level, message, details }) => {
  if (level !== 'debug') console.error(`network: ${message}`, details ?? '')
}
const endpoint = await startUtilityEndpoint({
  prepareToStop: () => service?.stop(),
  trim: () => service?.trim(),
  log,
})
service = serveNetwork(endpoint, cacheFile, files)
serveFiltering({ endpoint, listsFile, clock: systemClock, log })

// A fault in one connection must not end all others; it is said, and main restarts us should we hang.
process.on('uncaughtException', error => console.error(`network: ${error.stack ?? error.message}`))
