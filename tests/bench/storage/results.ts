import { machine } from '../result.ts'

/** One figure beside what the same run measured of something comparable. */
export interface StorageResult {
  readonly name: string
  readonly unit: 'ms' | 'a second'
  readonly value: number
  /** What `value` is compared with, in words. */
  readonly against: string
  readonly baseline: number
  readonly ratio: number
  readonly target: { readonly valueAtMost: number } | { readonly ratioAtMost: number } | null
  /** Null without a target. */
  readonly met: boolean | null
}

export function result(
  name: string,
  unit: StorageResult['unit'],
  value: number,
  { against, baseline }: { readonly against: string; readonly baseline: number },
  target: StorageResult['target'] = null,
): StorageResult {
  const ratio = value / baseline
  const met =
    target === null
      ? null
      : 'valueAtMost' in target
        ? value <= target.valueAtMost
        : ratio <= target.ratioAtMost
  return {
    name,
    unit,
    value: round(value),
    against,
    baseline: round(baseline),
    ratio: round(ratio),
    target,
    met,
  }
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((left, right) => left - right)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

/** Prints a table, and with `isJson` one object as the last line. */
export function print(results: readonly StorageResult[], isJson: boolean): void {
  const runtime = `Node ${process.versions.node}`
  console.log(`storage: measured on ${runtime}; ${machine()}`)
  console.table(
    results.map(({ name, unit, value, against, baseline, ratio, target, met }) => ({
      measured: name,
      value: `${value} ${unit}`,
      'beside it': `${against}: ${baseline}`,
      ratio,
      target:
        target === null
          ? ''
          : 'valueAtMost' in target
            ? `≤ ${target.valueAtMost}`
            : `ratio ≤ ${target.ratioAtMost}`,
      met: met ?? '',
    })),
  )
  if (isJson) console.log(JSON.stringify({ benchmark: 'storage', runtime, machine: machine(), results }))
}

function round(value: number): number {
  return Math.round(value * 1_000) / 1_000
}
