import { startUtilityEndpoint } from '../ipc/entry/utility.ts'
import { serveNetwork } from './service.ts'

/** The network process: what pages fetch, it fetches. */
const endpoint = await startUtilityEndpoint({
  log: ({ level, message, details }) => {
    if (level !== 'debug') console.error(`network: ${message}`, details ?? '')
  },
})
serveNetwork(endpoint)

// A fault in one connection must not end all others; it is said, and main restarts us should we hang.
process.on('uncaughtException', error => console.error(`network: ${error.stack ?? error.message}`))
