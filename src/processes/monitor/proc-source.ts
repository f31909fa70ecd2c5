import { readProc } from './proc-files.ts'
import type { ProcessUsage, UsageSource } from './process-usage.ts'

/** What the kernel calls a tick to programs is 10 ms on every machine that Chromium runs on (USER_HZ). */
const msPerTick = 10

/**
 * What processes use, by /proc of Linux: two small files a process, one where only memory is asked. Memory is `RssAnon`
 * and `VmSwap` of `status`. `smaps_rollup` could share out what is shared (PSS), but the kernel walks all pages of a
 * process for it, under a lock that the process itself needs: several milliseconds for one renderer, against 14 µs.
 */
export class ProcSource implements UsageSource {
  readonly #read: (path: string) => string | null
  #bootedAt: number | null = null

  constructor(read: (path: string) => string | null = readProc) {
    this.#read = read
  }

  read(pids: Iterable<number>): readonly ProcessUsage[] {
    const found: ProcessUsage[] = []
    for (const pid of pids) {
      const stat = this.#read(`/proc/${pid}/stat`)
      const memoryBytes = this.#memoryOf(pid)
      if (stat === null || memoryBytes === null) continue
      const times = parseStat(stat)
      if (times === null) continue
      found.push({
        pid,
        memoryBytes,
        processorMs: times.processorTicks * msPerTick,
        startedAt: this.#bootTime() + times.startedTicks * msPerTick,
      })
    }
    return found
  }

  readMemory(pids: Iterable<number>): ReadonlyMap<number, number> {
    const found = new Map<number, number>()
    for (const pid of pids) {
      const memoryBytes = this.#memoryOf(pid)
      if (memoryBytes !== null) found.set(pid, memoryBytes)
    }
    return found
  }

  #memoryOf(pid: number): number | null {
    const status = this.#read(`/proc/${pid}/status`)
    return status === null ? null : parseMemory(status)
  }

  #bootTime(): number {
    this.#bootedAt ??= Number(/^btime (\d+)/m.exec(this.#read('/proc/stat') ?? '')?.[1] ?? 0) * 1_000
    return this.#bootedAt
  }
}

/** Memory of its own of `/proc/<pid>/status`, in bytes; null of a zombie, which holds nothing. */
export function parseMemory(status: string): number | null {
  const resident = kilobytesOf(status, '\nRssAnon:') ?? kilobytesOf(status, '\nVmRSS:')
  return resident === null ? null : (resident + (kilobytesOf(status, '\nVmSwap:') ?? 0)) * 1_024
}

/** By hand, as the text is long and the field one. */
function kilobytesOf(status: string, field: string): number | null {
  const at = status.indexOf(field)
  return at === -1 ? null : Number.parseInt(status.slice(at + field.length, at + field.length + 24), 10)
}

/** Processor time and start of `/proc/<pid>/stat`; null when it is none, or of a zombie. */
export function parseStat(stat: string): { processorTicks: number; startedTicks: number } | null {
  // The name, in parentheses, may hold anything; what follows the last one is fields, the third of all first.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ', 20)
  const [state, user, system, started] = [fields[0], fields[11], fields[12], fields[19]].map(String)
  if (started === 'undefined' || state === 'Z') return null
  return { processorTicks: Number(user) + Number(system), startedTicks: Number(started) }
}
