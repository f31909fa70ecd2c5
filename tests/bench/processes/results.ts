import { machine, median } from '../result.ts'

/** One figure; beside it what bare Chromium takes for the same, in the same run. */
export interface ProcessResult {
  readonly name: string
  readonly unit: string
  readonly value: number
  readonly baseline: number | null
  readonly ratio: number | null
  /** In words; null where none was asked. */
  readonly target: string | null
  /** Null without a target. */
  readonly met: boolean | null
}

export function result(
  name: string,
  unit: string,
  value: number,
  options: {
    readonly baseline?: number
    readonly target?: { readonly words: string; readonly isMet: (value: number, ratio: number) => boolean }
  } = {},
): ProcessResult {
  const { baseline, target } = options
  const ratio = baseline === undefined ? null : rounded(value / baseline)
  return {
    name,
    unit,
    value: rounded(value),
    baseline: baseline === undefined ? null : rounded(baseline),
    ratio,
    target: target?.words ?? null,
    met: target === undefined ? null : target.isMet(value, ratio ?? Number.NaN),
  }
}

/** The same, of the medians of what was measured by turns. */
export function medians(
  name: string,
  values: readonly number[],
  baselines: readonly number[],
  target?: NonNullable<Parameters<typeof result>[3]>['target'],
): ProcessResult {
  return result(name, 'ms', median(values), {
    baseline: median(baselines),
    ...(target === undefined ? {} : { target }),
  })
}

/** Prints a table, and with `isJson` one object as the last line. */
export function print(results: readonly ProcessResult[], isJson: boolean): void {
  const runtime = `${process.env.NEXUS_RUNTIME ?? 'unknown'}, Node ${process.versions.node}`
  console.log(`processes: measured on ${runtime}; ${machine()}`)
  console.table(
    results.map(({ name, unit, value, baseline, ratio, target, met }) => ({
      measured: name,
      value: `${value} ${unit}`,
      'bare Chromium': baseline ?? '',
      ratio: ratio ?? '',
      target: target ?? '',
      met: met ?? '',
    })),
  )
  if (isJson) console.log(JSON.stringify({ benchmark: 'processes', runtime, machine: machine(), results }))
}

function rounded(value: number): number {
  return Math.round(value * 1_000) / 1_000
}
