import { readdirSync, readlinkSync } from 'node:fs'
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
  /** Open files by what they are; none where the system has no /proc. */
  readonly files: readonly string[]
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

function filesNow(): readonly string[] {
  return process.platform === 'linux' ? readdirSync('/proc/self/fd').map(fileOf) : []
}

/** Without the number that the system gives each socket or pipe. */
function fileOf(descriptor: string): string {
  try {
    return readlinkSync(`/proc/self/fd/${descriptor}`).replace(/:\[\d+\]$/, '')
  } catch {
    // The folder itself, which is closed by now.
    return 'closed'
  }
}

/** What holds the process or is open now and was not before, one for each that is more. */
export function leftOver(before: Reading, after: Reading): readonly string[] {
  return [...grown(before.resources, after.resources), ...grown(before.files, after.files)]
}

function grown(before: readonly string[], after: readonly string[]): readonly string[] {
  const left = [...before]
  return after.filter(one => {
    const at = left.indexOf(one)
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
}

export function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(2)} MB`
}
