import { parseArgs } from 'node:util'
import { systemClock } from '../ipc/clock.ts'
import { startUtilityEndpoint } from '../ipc/entry/utility.ts'
import type { Log } from '../ipc/log.ts'
import { serveFiltering } from './filtering/serve-filtering.ts'

/** The network process. `--filters=<file>` names the compiled filter lists. */
const { values } = parseArgs({ options: { filters: { type: 'string' } }, strict: false })

const log: Log = ({ level, message, details }) => {
  if (level !== 'debug') console.error(`network: ${message}`, details ?? '')
}

const endpoint = await startUtilityEndpoint({ log })
serveFiltering({
  endpoint,
  listsFile: typeof values.filters === 'string' ? values.filters : null,
  clock: systemClock,
  log,
})
