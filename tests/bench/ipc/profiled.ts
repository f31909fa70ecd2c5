import type { Cell } from './cell.ts'
import { nexusName } from './contestants/all.ts'
import type { Caller } from './contestants/contestant.ts'
import { runCell } from './pairing.ts'
import type { ProfileTask } from './profile.ts'
import { openPair } from './transports/pair.ts'

/** Entry of the process that is profiled; its answering side inherits the profiler. */
const warmUpMs = 1_500
const durationMs = 4_000

async function work(caller: Caller, cell: Cell): Promise<void> {
  await runCell(caller, cell, warmUpMs)
  const { callsPerSecond, cpuPerCall } = await runCell(caller, cell, durationMs)
  console.log(`${Math.round(callsPerSecond)} a second, ${cpuPerCall.toFixed(2)} us of this process for each`)
}

process.once('message', async ({ transport, cell }: ProfileTask) => {
  const pair = await openPair(transport, nexusName, process.execArgv)
  await Promise.race([work(pair.caller, cell), pair.failure])
  await pair.end()
  process.exit(0)
})
