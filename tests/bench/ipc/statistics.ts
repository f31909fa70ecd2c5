/** The middle of some measurements and the two values between which half of them lie. */
export interface Spread {
  readonly median: number
  readonly lower: number
  readonly upper: number
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b)
  return {
    median: quantileOf(sorted, 0.5),
    lower: quantileOf(sorted, 0.25),
    upper: quantileOf(sorted, 0.75),
  }
}

/** Of values that are sorted already; between two neighbours it takes its share of both. */
export function quantileOf(sorted: readonly number[], share: number): number {
  const position = (sorted.length - 1) * share
  const below = sorted[Math.floor(position)] ?? Number.NaN
  const above = sorted[Math.ceil(position)] ?? Number.NaN
  return below + (above - below) * (position - Math.floor(position))
}
