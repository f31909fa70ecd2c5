import type { Pace } from '../pace.ts'
import type { Weights } from './weights.ts'

/** What is known of the sentences of one text before some are chosen. */
export interface Choice {
  /** What speaks for each sentence by itself. */
  readonly scores: ArrayLike<number>
  /** Chance of each term to stand in a summary. */
  readonly chances: ArrayLike<number>
  /** Term numbers of each sentence, -1 for function words. */
  readonly rows: readonly Int32Array[]
}

/**
 * Places of the `wanted` sentences that together say most, in reading order. As in Gillick and Favre 2009, "A scalable
 * global model for summarization", a set is worth the words of the subject that it covers, each counted once, which
 * leaves out repetition by itself; here by their chances, and in proportion to its length (the expected F1 of its words).
 * Added to it: the scores of its sentences, their place, and against repetition the nearest other one (Carbonell and
 * Goldstein 1998). Greedy, then exchanged one by one while that helps.
 */
export async function selectSentences(
  choice: Choice,
  similar: readonly ArrayLike<number>[],
  wanted: number,
  weights: Weights,
  pace: Pace,
): Promise<number[]> {
  const size = choice.rows.length
  const own = ownValues(choice, weights)
  const single = (sentence: number): number => setValue([sentence], own, choice, similar, wanted, weights)
  const singles = choice.rows.map((_, place) => single(place))
  const shortlist = singles.map((_, place) => place)
  shortlist.sort((left, right) => (singles[right] ?? 0) - (singles[left] ?? 0) || left - right)
  shortlist.length = Math.min(size, mostShortlisted)
  const chosen: number[] = []
  const count = Math.min(wanted, size)
  while (chosen.length < count) {
    await pace.breathe()
    const [best] = bestAddition(chosen, shortlist, other =>
      setValue([...chosen, other], own, choice, similar, wanted, weights),
    )
    if (best === undefined) break
    chosen.push(best)
  }
  let value = setValue(chosen, own, choice, similar, wanted, weights)
  for (let round = 0; round < mostExchanges; round++) {
    let improved = false
    for (let place = 0; place < chosen.length; place++) {
      await pace.breathe()
      const others = chosen.filter((_, at) => at !== place)
      const [best, bestValue] = bestAddition(others, shortlist, other =>
        setValue([...others, other], own, choice, similar, wanted, weights),
      )
      if (best === undefined || bestValue <= value + 1e-9) continue
      chosen[place] = best
      value = bestValue
      improved = true
    }
    if (!improved) break
  }
  return chosen.sort((left, right) => left - right)
}

const mostExchanges = 3
/** Sentences that are weak alone are in no good set. */
const mostShortlisted = 40

function bestAddition(
  taken: readonly number[],
  shortlist: readonly number[],
  valueWith: (sentence: number) => number,
): [best: number | undefined, value: number] {
  let best: number | undefined
  let bestValue = Number.NEGATIVE_INFINITY
  for (const sentence of shortlist) {
    if (taken.includes(sentence)) continue
    const value = valueWith(sentence)
    if (value > bestValue) {
      best = sentence
      bestValue = value
    }
  }
  return [best, bestValue]
}

function ownValues({ scores, rows }: Choice, weights: Weights): Float64Array {
  return Float64Array.from(rows, (_, place) => (scores[place] ?? 0) + weights.lead * Math.exp(-place / 3))
}

function setValue(
  set: readonly number[],
  own: Float64Array,
  { rows, chances }: Choice,
  similar: readonly ArrayLike<number>[],
  wanted: number,
  weights: Weights,
): number {
  const seen = new Set<number>()
  let covered = 0
  let words = 0
  let sum = 0
  let repeats = 0
  for (const sentence of set) {
    const row = rows[sentence] ?? new Int32Array(0)
    words += row.length
    for (const term of row) {
      if (term < 0 || seen.has(term)) continue
      seen.add(term)
      covered += chances[term] ?? 0
    }
    sum += own[sentence] ?? 0
    let nearest = 0
    for (const other of set) {
      if (other !== sentence) nearest = Math.max(nearest, similar[sentence]?.[other] ?? 0)
    }
    repeats += nearest
  }
  return (2 * covered) / (words + weights.expectedWords) + (sum - weights.repeat * repeats) / wanted
}
