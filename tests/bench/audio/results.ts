import { machine } from '../result.ts'

/** One figure beside a raw limit or a peer, measured in the same run. */
export interface AudioResult {
  readonly name: string
  readonly unit: 'times real time' | '% of one core'
  /** Medians. */
  readonly value: number
  /** What it is compared with, in the same unit; null for nothing. */
  readonly baseline: number | null
  readonly comparedWith: string | null
  readonly ratio: number | null
  readonly target: { readonly atMost: number } | { readonly atLeast: number } | null
  readonly met: boolean | null
}

export interface Figure {
  readonly name: string
  readonly unit: AudioResult['unit']
  readonly value: number
  readonly baseline?: { readonly name: string; readonly value: number }
  readonly target?: AudioResult['target']
}

export function result({ name, unit, value, baseline, target = null }: Figure): AudioResult {
  const figure = round(value)
  return {
    name,
    unit,
    value: figure,
    baseline: baseline === undefined ? null : round(baseline.value),
    comparedWith: baseline?.name ?? null,
    ratio: baseline === undefined ? null : round(value / baseline.value),
    target,
    met: target === null ? null : 'atMost' in target ? figure <= target.atMost : figure >= target.atLeast,
  }
}

/** Prints a table, and with `--json` one object as the last line. */
export function print(results: readonly AudioResult[], isJson: boolean): void {
  const runtime = `Node ${process.versions.node}`
  console.log(`Audio: measured on ${runtime}; ${machine()}`)
  console.table(
    results.map(({ name, unit, value, baseline, comparedWith, ratio, target, met }) => ({
      measured: name,
      value: `${value} ${unit}`,
      beside: comparedWith === null ? '' : `${comparedWith}: ${baseline}`,
      ratio: ratio ?? '',
      target: target === null ? '' : 'atMost' in target ? `≤ ${target.atMost}` : `≥ ${target.atLeast}`,
      met: met ?? '',
    })),
  )
  if (isJson) console.log(JSON.stringify({ benchmark: 'audio', runtime, machine: machine(), results }))
}

function round(value: number): number {
  return Math.round(value * 1_000) / 1_000
}
