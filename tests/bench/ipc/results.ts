import type { Spread } from './statistics.ts'

/** What has to hold for a result to be good. */
export interface Target {
  readonly value: number
  /** What is compared with it. */
  readonly of: 'ratio' | 'value'
  readonly bound: 'atMost' | 'atLeast'
}

/** One line of the benchmark's output, as `--json` gives it. */
export interface Result {
  readonly name: string
  readonly unit: string
  /** Medians. */
  readonly value: number
  readonly baseline: number | null
  /** Median of the paired ratios, and the two between which half of them lie. */
  readonly ratio: number | null
  readonly quartiles: readonly [number, number] | null
  readonly target: number | null
  readonly targetOf: Target['of'] | null
  readonly bound: Target['bound'] | null
  readonly met: boolean | null
  /** Quartiles of raw against itself in the same cell: a difference smaller than that says nothing. */
  readonly noise: readonly [number, number] | null
}

export interface Measured {
  readonly name: string
  readonly unit: string
  readonly value: number
  readonly baseline?: number
  readonly ratio?: Spread
  readonly target?: Target | undefined
  readonly noise?: Spread | undefined
}

export function resultOf({ name, unit, value, baseline, ratio, target, noise }: Measured): Result {
  const compared = target?.of === 'value' ? value : ratio?.median
  return {
    name,
    unit,
    value: rounded(value),
    baseline: baseline === undefined ? null : rounded(baseline),
    ratio: ratio === undefined ? null : rounded(ratio.median),
    quartiles: ratio === undefined ? null : [rounded(ratio.lower), rounded(ratio.upper)],
    target: target?.value ?? null,
    targetOf: target?.of ?? null,
    bound: target?.bound ?? null,
    met: target === undefined || compared === undefined ? null : isMet(compared, target),
    noise: noise === undefined ? null : [rounded(noise.lower), rounded(noise.upper)],
  }
}

export function atMost(value: number, of: Target['of'] = 'ratio'): Target {
  return { value, of, bound: 'atMost' }
}

export function atLeast(value: number): Target {
  return { value, of: 'ratio', bound: 'atLeast' }
}

function isMet(compared: number, { value, bound }: Target): boolean {
  return bound === 'atMost' ? compared <= value : compared >= value
}

/** Three figures that mean something. */
export function rounded(value: number): number {
  return Math.abs(value) >= 1_000 ? Math.round(value) : Number(value.toPrecision(3))
}
