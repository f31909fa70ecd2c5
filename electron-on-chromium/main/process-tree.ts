import { readdirSync, readFileSync } from 'node:fs'

/** One process as /proc shows it. */
export interface ProcessSample {
  readonly pid: number
  readonly parentPid: number
  readonly commandLine: readonly string[]
  readonly cpuMilliseconds: number
  readonly startedAtMs: number
  readonly residentKilobytes: number
  readonly isZombie: boolean
}

/** Clock ticks are 10 ms on every Linux that Chromium runs on. */
const millisecondsPerTick = 10
const kilobytesPerPage = 4

let bootTimeMs: number | null = null

function bootTime(): number {
  bootTimeMs ??= Number(/^btime (\d+)/m.exec(readFileSync('/proc/stat', 'utf8'))?.[1] ?? 0) * 1000
  return bootTimeMs
}

/** A process that is there, or null. */
export function sampleProcess(pid: number): ProcessSample | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name, in parentheses, may hold anything; what follows the last one is fields.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const field = (number: number): number => Number(fields[number - 3] ?? 0)
    return {
      pid,
      parentPid: field(4),
      isZombie: fields[0] === 'Z',
      cpuMilliseconds: (field(14) + field(15)) * millisecondsPerTick,
      startedAtMs: bootTime() + field(22) * millisecondsPerTick,
      residentKilobytes: field(24) * kilobytesPerPage,
      commandLine: commandLineOf(pid),
    }
  } catch {
    return null
  }
}

/** Chromium rewrites the command line of its children into one string with spaces. */
function commandLineOf(pid: number): string[] {
  return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
    .split(/[\0 ]/)
    .filter(part => part !== '')
}

/** A process and all below it. */
export function sampleTree(rootPid: number): ProcessSample[] {
  const parents = new Map<number, number[]>()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const parent = parentOf(name)
    if (parent === null) continue
    const children = parents.get(parent)
    if (children) children.push(Number(name))
    else parents.set(parent, [Number(name)])
  }
  const found: ProcessSample[] = []
  const visit = (pid: number): void => {
    const sample = sampleProcess(pid)
    if (sample && !sample.isZombie) found.push(sample)
    for (const child of parents.get(pid) ?? []) visit(child)
  }
  visit(rootPid)
  return found
}

function parentOf(pid: string): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return Number(stat.slice(stat.lastIndexOf(')') + 4).split(' ')[0])
  } catch {
    return null
  }
}
