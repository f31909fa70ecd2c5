import { readdirSync, readFileSync } from 'node:fs'

const ticksPerSecond = 100

/** Processor time used so far by processes and all that descend from them, in milliseconds. Linux only. */
export function processorTimeMs(roots: readonly number[]): number {
  const processes = readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .flatMap(readProcess)
  const family = new Set(roots)
  for (let size = -1; size !== family.size; ) {
    size = family.size
    for (const each of processes) if (family.has(each.parent)) family.add(each.pid)
  }
  const ticks = processes.filter(each => family.has(each.pid)).reduce((sum, each) => sum + each.ticks, 0)
  return (ticks / ticksPerSecond) * 1000
}

function readProcess(name: string): { pid: number; parent: number; ticks: number }[] {
  try {
    const stat = readFileSync(`/proc/${name}/stat`, 'latin1')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return [{ pid: Number(name), parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) }]
  } catch {
    return []
  }
}
