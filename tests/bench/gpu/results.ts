/** One figure; where the peer does the same, beside its own. */
export interface GpuResult {
  readonly name: string
  readonly unit: 'ms' | 'a second' | 'MB'
  readonly value: number
  /** Sixty `<img>` cards moved by CSS, in the same run. */
  readonly baseline: number | null
  readonly ratio: number | null
  /** At least so many, on a graphics processor. */
  readonly target: number | null
  /** Null without a target, and where there is no graphics processor to measure. */
  readonly met: boolean | null
}

export function result(
  name: string,
  unit: GpuResult['unit'],
  value: number,
  baseline: number | null,
  target: number | null = null,
): GpuResult {
  return {
    name,
    unit,
    value: rounded(value),
    baseline: baseline === null ? null : rounded(baseline),
    ratio: baseline === null ? null : rounded(value / baseline),
    target,
    met: target === null ? null : value >= target,
  }
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

/** Prints a table, and with `--json` one object as the last line. */
export function print(all: readonly GpuResult[], renderer: string, machine: string, isJson: boolean): void {
  const isSoftware = /swiftshader|llvmpipe|softpipe|basic render/i.test(renderer)
  // Sixty frames a second are asked of real hardware; without it the figures are what they are.
  const results = all.map(one => ({ ...one, met: isSoftware ? null : one.met }))
  const runtime = `${isSoftware ? 'measured in software' : 'measured on a graphics processor'}: ${renderer}`
  console.log(`Overview of 60 tabs: ${runtime}; ${machine}`)
  console.table(
    results.map(({ name, unit, value, baseline, ratio, target, met }) => ({
      measured: name,
      value: `${value} ${unit}`,
      'img cards': baseline ?? '',
      ratio: ratio ?? '',
      target: target === null ? '' : `≥ ${target}`,
      met: met ?? '',
    })),
  )
  if (isJson) console.log(JSON.stringify({ benchmark: 'gpu', runtime, machine, results }))
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100
}
