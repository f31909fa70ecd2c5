import { type Spread, spreadOf } from '../statistics.ts'

/** Two things that were measured in turns. */
export interface Alternated {
  readonly value: number
  readonly baseline: number
  readonly ratio: Spread
}

export interface AlternatingOptions {
  /** Pairs that are counted, after those that warm both up. */
  readonly pairs: number
}

const warmUpPairs = 3

/** Measures both right after each other, each first as often as the other. */
export async function alternate(
  own: () => Promise<number>,
  baseline: () => Promise<number>,
  { pairs }: AlternatingOptions,
): Promise<Alternated> {
  const figures: { readonly own: number; readonly baseline: number }[] = []
  for (let pair = -warmUpPairs; pair < pairs; pair += 1) {
    const first = pair % 2 === 0 ? await baseline() : null
    const figure = await own()
    const paired = { own: figure, baseline: first ?? (await baseline()) }
    if (pair >= 0) figures.push(paired)
  }
  return {
    value: spreadOf(figures.map(one => one.own)).median,
    baseline: spreadOf(figures.map(one => one.baseline)).median,
    ratio: spreadOf(figures.map(one => one.own / one.baseline)),
  }
}
