import { parseArgs } from 'node:util'
import { startUtilityEndpoint } from '../ipc/entry/utility.ts'
import { type NetworkService, serveNetwork } from './service.ts'

/** The network process: what pages fetch, it fetches. Keeps its own answers in the file of `--cache=<file>`. */
const { values } = parseArgs({ options: { cache: { type: 'string' } }, strict: false })
const cacheFile = typeof values.cache === 'string' ? values.cache : ':memory:'

let service: NetworkService | null = null
const endpoint = await startUtilityEndpoint({
  prepareToStop: () => service?.stop(),
  log: ({ level, message, details }) => {
    if (level !== 'debug') console.error(`network: ${message}`, details ?? '')
  },
})
service = serveNetwork(endpoint, cacheFile)

// A fault in one connection must not end all others; it is said, and main restarts us should we hang.
process.on('uncaughtException', error => console.error(`network: ${error.stack ?? error.message}`))
