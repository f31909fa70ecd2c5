import { machine } from '../result.ts'

/** One figure; beside it what the same takes without us, where there is that, in the same run. */
export interface NetworkResult {
  readonly name: string
  readonly unit: 'MB/s' | 'ms' | 'connections' | 'ms of processor a GB'
  readonly value: number
  readonly baseline: number | null
  readonly ratio: number | null
  readonly target:
    | { readonly ratioAtLeast: number }
    | { readonly atMost: number }
    | { readonly atLeast: number }
    | null
  /** Null without a target. */
  readonly met: boolean | null
}

export function result(
  name: string,
  unit: NetworkResult['unit'],
  value: number,
  options: { readonly baseline?: number; readonly target?: NetworkResult['target'] } = {},
): NetworkResult {
  const { baseline = null, target = null } = options
  const ratio = baseline === null ? null : rounded(value / baseline)
  return {
    name,
    unit,
    value: rounded(value),
    baseline: baseline === null ? null : rounded(baseline),
    ratio,
    target,
    met: target === null ? null : isMet(value, ratio, target),
  }
}

function isMet(value: number, ratio: number | null, target: NonNullable<NetworkResult['target']>): boolean {
  if ('ratioAtLeast' in target) return ratio !== null && ratio >= target.ratioAtLeast
  return 'atMost' in target ? value <= target.atMost : value >= target.atLeast
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((left, right) => left - right)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

/** Prints a table, and with `isJson` one object as the last line. */
export function print(results: readonly NetworkResult[], isJson: boolean): void {
  const runtime = `Node ${process.versions.node}`
  console.log(`network: measured on ${runtime}; ${machine()}`)
  console.table(
    results.map(({ name, unit, value, baseline, ratio, target, met }) => ({
      measured: name,
      value: `${value} ${unit}`,
      baseline: baseline ?? '',
      ratio: ratio ?? '',
      target: target === null ? '' : targetText(target),
      met: met ?? '',
    })),
  )
  if (isJson) console.log(JSON.stringify({ benchmark: 'network', runtime, machine: machine(), results }))
}

function targetText(target: NonNullable<NetworkResult['target']>): string {
  if ('ratioAtLeast' in target) return `ratio ≥ ${target.ratioAtLeast}`
  return 'atMost' in target ? `≤ ${target.atMost}` : `≥ ${target.atLeast}`
}

function rounded(value: number): number {
  return Math.round(value * 1_000) / 1_000
}
