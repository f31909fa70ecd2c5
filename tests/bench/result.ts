import { cpus, release, totalmem, type } from 'node:os'

/** One measured step beside its baseline, in the same unit and the same run. */
export interface Measurement {
  readonly name: string
  readonly unit: 'ms'
  /** Medians. */
  readonly value: number
  readonly baseline: number
  readonly ratio: number
  /** Largest ratio that is still good. */
  readonly target: number
  readonly met: boolean
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2
}

export function measurement(
  name: string,
  values: readonly number[],
  baselines: readonly number[],
  target: number,
): Measurement {
  const value = round(median(values))
  const baseline = round(median(baselines))
  const ratio = round(value / baseline)
  return { name, unit: 'ms', value, baseline, ratio, target, met: ratio <= target }
}

/** What the figures were measured on, in words. */
export function machine(): string {
  return `${cpus().length} cores ${cpus()[0]?.model ?? ''}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${type()} ${release()}`
}

/** Prints a table, and with `--json` one object as the last line. */
export function print(benchmark: string, results: readonly Measurement[]): void {
  const runtime = `${process.env.NEXUS_RUNTIME ?? 'unknown'}, Node ${process.versions.node}`
  console.log(`${benchmark}: measured on ${runtime}; ${machine()}`)
  console.table(
    results.map(({ name, value, baseline, ratio, target, met }) => ({
      step: name,
      'Nexus, ms': value,
      'bare Chromium, ms': baseline,
      ratio,
      target,
      met,
    })),
  )
  if (process.argv.includes('--json'))
    console.log(JSON.stringify({ benchmark, runtime, machine: machine(), results }))
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
