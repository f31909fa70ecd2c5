import { readFileSync } from 'node:fs'
import type { Core } from './core-plan.ts'

/**
 * The cores that this process may run on, with their speed: `cpu_capacity` where cores differ by design, else what they
 * can be clocked at. Linux only.
 * @see https://docs.kernel.org/admin-guide/abi-testing.html (/sys/devices/system/cpu)
 */
export function readCores(read: (file: string) => string = file => readFileSync(file, 'utf8')): Core[] {
  const allowed = /^Cpus_allowed_list:\s*(.+)$/m.exec(read('/proc/self/status'))?.[1] ?? ''
  return readCoreList(allowed).map(id => ({ id, speed: speedOf(id, read) }))
}

/** Reads "0-2,5". */
export function readCoreList(text: string): number[] {
  return text.split(',').flatMap(part => {
    if (part.trim() === '') return []
    const [first = NaN, last = first] = part.trim().split('-').map(Number)
    if (!Number.isSafeInteger(first) || !Number.isSafeInteger(last) || last < first) return []
    return Array.from({ length: last - first + 1 }, (_, index) => first + index)
  })
}

function speedOf(id: number, read: (file: string) => string): number {
  for (const file of ['cpu_capacity', 'cpufreq/cpuinfo_max_freq']) {
    try {
      const speed = Number(read(`/sys/devices/system/cpu/cpu${id}/${file}`))
      if (Number.isFinite(speed) && speed > 0) return speed
    } catch {
      // This machine does not tell so.
    }
  }
  return 1
}
