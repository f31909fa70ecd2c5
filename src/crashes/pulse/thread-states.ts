/** What the first thread of a process does: a page runs on it, and answers on it. */
export type ThreadState =
  /** It computes, or would if it were let. */
  | 'running'
  /** Somebody stopped it from outside (SIGSTOP). */
  | 'stopped'
  /** It waits, as one does that shows a dialog, stands at a breakpoint or has nothing to do; or nobody knows. */
  | 'waiting'

/** Null where there is no such process. */
export type ReadThreadState = (pid: number) => ThreadState | null

/** As the operating system tells it. Of a thread that a debugger holds ("t") it is not said that it is stopped. */
export function linuxThreadStates(readFile: (path: string) => string): ReadThreadState {
  return pid => {
    try {
      const stat = readFile(`/proc/${pid}/task/${pid}/stat`)
      // The name, in brackets, may hold anything.
      const letter = stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3)
      if (letter === 'R') return 'running'
      return letter === 'T' ? 'stopped' : 'waiting'
    } catch {
      return null
    }
  }
}

/** What the engine measured of a process: processor time since its start, where it tells that. */
export interface ProcessTime {
  readonly pid: number
  readonly cpuSeconds: number | null
}

/** A process that took more of the time that went by computes. */
const runningShare = 0.5

/**
 * Where threads cannot be looked at: by the processor time of the whole process between two looks. One that was stopped
 * from outside is not told from one that waits; the engine notices it when the person touches the page.
 */
export function measuredThreadStates(
  measure: () => readonly ProcessTime[],
  now: () => number,
): ReadThreadState {
  const before = new Map<number, { readonly at: number; readonly cpuSeconds: number }>()
  return pid => {
    const found = measure().find(one => one.pid === pid)
    if (found === undefined) {
      before.delete(pid)
      return null
    }
    if (found.cpuSeconds === null) return 'waiting'
    const at = now()
    const last = before.get(pid)
    before.set(pid, { at, cpuSeconds: found.cpuSeconds })
    if (last === undefined || at <= last.at) return 'waiting'
    const share = ((found.cpuSeconds - last.cpuSeconds) * 1_000) / (at - last.at)
    return share > runningShare ? 'running' : 'waiting'
  }
}
