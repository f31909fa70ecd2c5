/** The AI process as main starts it, but forked by Node: confined, and with a watch on its event loop. */
import { confine } from '../../../ai-service/confinement.ts'
import { serveAi } from '../../../ai-service/service.ts'
import { createEndpoint } from '../../../ipc/endpoint.ts'
import { identity } from '../../../ipc/identity.ts'
import { type ForkChannel, forkPort } from '../../../ipc/transports/process-channel.ts'
import { loopContract } from './loop-contract.ts'

const modelsFolder = process.argv[2] ?? ''
confine(modelsFolder)

const endpoint = createEndpoint({ identity: identity('ai', 'ai') })
serveAi({ endpoint, modelsFolder })

let longestDelayMs = 0
let longestBusyMs = 0
let lastMs = performance.now()
let lastBusyMs = busyMs()
let resetBusyMs = lastBusyMs
function look(): void {
  const now = performance.now()
  const busy = busyMs()
  // A loop with nothing to do waits for this timer; the rest is delay.
  longestDelayMs = Math.max(longestDelayMs, now - lastMs - lookEveryMs)
  longestBusyMs = Math.max(longestBusyMs, busy - lastBusyMs)
  lastMs = now
  lastBusyMs = busy
  // Between two slices of work immediates run before timers, so that each of them is looked at.
  if (isWatching) setImmediate(look)
  else setTimeout(look, lookEveryMs)
}
const lookEveryMs = 1
let isWatching = false
look()

endpoint.serve(loopContract, {
  reset: () => {
    isWatching = true
    lastMs = performance.now()
    lastBusyMs = busyMs()
    resetBusyMs = lastBusyMs
    longestDelayMs = 0
    longestBusyMs = 0
    return {}
  },
  read: () => {
    isWatching = false
    const { user, system } = process.cpuUsage()
    return {
      longestDelayMs,
      longestBusyMs,
      busyMs: busyMs() - resetBusyMs,
      processMs: (user + system) / 1_000,
      residentBytes: process.memoryUsage.rss(),
    }
  },
})
// Node gives `send` to a process that was forked, as this one was.
endpoint.connect(forkPort(process as ForkChannel), identity('controller', 'controller'))
process.on('disconnect', () => process.exit(0))

/** Processor time of this thread. */
function busyMs(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1_000
}
