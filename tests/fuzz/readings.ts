import { readdirSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** What a process holds once everything that nobody needs is gone. */
export interface Reading {
  /** Heap, and buffers that hang on it. */
  readonly heapBytes: number
  readonly rssBytes: number
  /** What keeps the event loop of Node busy, such as sockets, ports and timers that hold the process. */
  readonly resources: readonly string[]
  /** Open files; 0 where the system has no /proc. */
  readonly files: number
}

// As good as starting Node with --expose-gc, and works inside of a test runner too.
setFlagsFromString('--expose-gc')
const collectGarbage: () => void = runInNewContext('gc')

/** Waits for what is on its way to end, collects garbage until no more goes, and reads. */
export async function settledReading(): Promise<Reading> {
  let heapBytes = Number.POSITIVE_INFINITY
  for (let round = 0; round < 20; round += 1) {
    // Finalizers and the closing of handles run between tasks.
    await delay(50)
    collectGarbage()
    const now = heapNow()
    if (now > heapBytes - 10_000 && round >= 8) break
    heapBytes = Math.min(heapBytes, now)
  }
  return {
    heapBytes: heapNow(),
    rssBytes: process.memoryUsage.rss(),
    resources: process.getActiveResourcesInfo().toSorted(),
    files: filesNow(),
  }
}

function heapNow(): number {
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

function filesNow(): number {
  return process.platform === 'linux' ? readdirSync('/proc/self/fd').length : 0
}

/** What holds the process now and did not before, one for each that is more. */
export function grownResources(before: Reading, after: Reading): readonly string[] {
  const left = [...before.resources]
  return after.resources.filter(resource => {
    const at = left.indexOf(resource)
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
}

export function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(2)} MB`
}
