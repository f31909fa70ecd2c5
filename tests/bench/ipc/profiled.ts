import { runSlice } from './load.ts'
import { canNotify, runNotifications } from './notifying.ts'
import type { ProfileTask } from './profile.ts'
import { openPair } from './transports/pair.ts'

/** Entry of the process that is profiled; its answering side inherits the profiler. */
const durationMs = 4_000

process.once('message', async ({ transport, cell }: ProfileTask) => {
  const pair = await openPair(transport, 'Nexus', process.execArgv)
  const { caller } = pair
  const work =
    cell.kind === 'calls'
      ? runSlice(caller, { ...cell, durationMs })
      : canNotify(caller) && runNotifications(caller, { burst: 64, durationMs })
  await Promise.race([work, pair.failure])
  await pair.end()
  process.exit(0)
})
