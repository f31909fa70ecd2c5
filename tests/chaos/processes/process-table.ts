import { readdirSync, readFileSync } from 'node:fs'

/** A process as /proc tells of it. */
export interface SeenProcess {
  readonly pid: number
  readonly parentPid: number
  readonly sessionId: number
  /** One letter: "T" stands still, "Z" has ended and nobody asked for its end. */
  readonly state: string
  /** In ticks since the machine started: a pid that is used again has another. */
  readonly startedAt: number
  readonly command: string
}

/** Every process of the machine. Linux only, like the rest of what kills by force here. */
export function allProcesses(): readonly SeenProcess[] {
  return readdirSync('/proc').flatMap(name => (/^\d+$/.test(name) ? readProcess(Number(name)) : []))
}

/** Null once it has gone. */
export function findProcess(pid: number): SeenProcess | null {
  return readProcess(pid)[0] ?? null
}

/**
 * What belongs to a browser: whatever descends from its main process, was started in its session, or names its profile,
 * as helpers do that leave both.
 */
export function processesOf(mainPid: number, profile: string): readonly SeenProcess[] {
  const all = allProcesses()
  const family = new Set([mainPid])
  for (let grown = true; grown; ) {
    const before = family.size
    for (const { pid, parentPid } of all) if (family.has(parentPid)) family.add(pid)
    grown = family.size > before
  }
  return all.filter(
    ({ pid, sessionId, command }) =>
      family.has(pid) || sessionId === mainPid || (pid !== process.pid && command.includes(profile)),
  )
}

/** Proportional set size: what is shared counts for each by its share. Null where it cannot be read. */
export function pssBytes(pid: number): number | null {
  try {
    const kilobytes = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1]
    return kilobytes === undefined ? null : Number(kilobytes) * 1_024
  } catch {
    return null
  }
}

function readProcess(pid: number): readonly [] | readonly [SeenProcess] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name, in brackets, may hold anything.
    const [state = '', parentPid, , sessionId, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()
    return [
      {
        pid,
        parentPid: Number(parentPid),
        sessionId: Number(sessionId),
        state,
        startedAt: Number(rest[15]),
        command: command === '' ? stat.slice(stat.indexOf('('), stat.lastIndexOf(')') + 1) : command,
      },
    ]
  } catch {
    // It ended while we looked.
    return []
  }
}
