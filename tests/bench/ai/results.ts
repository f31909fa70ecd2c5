import { machine } from '../result.ts'

/** One figure against its target; without a target it is there for comparison. */
export interface AiResult {
  readonly name: string
  readonly unit: 'ms' | 'a second' | 'MB' | 'share'
  readonly value: number
  readonly target: { readonly atMost: number } | { readonly atLeast: number } | null
  /** Null without a target. */
  readonly met: boolean | null
}

/** A case that could not be measured, and why. */
export interface AiFailure {
  readonly case: string
  readonly problem: string
}

export function result(
  name: string,
  unit: AiResult['unit'],
  value: number,
  target: AiResult['target'] = null,
): AiResult {
  const rounded = Math.round(value * 1_000) / 1_000
  return { name, unit, value: rounded, target, met: target === null ? null : isMet(rounded, target) }
}

function isMet(value: number, target: NonNullable<AiResult['target']>): boolean {
  return 'atMost' in target ? value <= target.atMost : value >= target.atLeast
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((left, right) => left - right)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

/** Prints a table, and with `--json` one object as the last line. */
export function print(results: readonly AiResult[], failures: readonly AiFailure[], isJson: boolean): void {
  const runtime = `Node ${process.versions.node}`
  console.log(`AI process: measured on ${runtime}; ${machine()}`)
  console.table(
    results.map(({ name, unit, value, target, met }) => ({
      measured: name,
      value: `${value} ${unit}`,
      target: target === null ? '' : 'atMost' in target ? `≤ ${target.atMost}` : `≥ ${target.atLeast}`,
      met: met ?? '',
    })),
  )
  for (const failure of failures) console.log(`not measured: ${failure.case}: ${failure.problem}`)
  if (isJson) console.log(JSON.stringify({ benchmark: 'ai', runtime, machine: machine(), results, failures }))
}
