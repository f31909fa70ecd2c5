import { porterStem } from './porter-stemmer.ts'

/** F1 of overlap with a reference, 0 to 1. */
export interface Rouge {
  readonly rouge1: number
  readonly rouge2: number
  readonly rougeLsum: number
}

/**
 * ROUGE as Google's `rouge-score` computes it (Lin 2004): lower-cased runs of a-z and 0-9, with `use_stemmer` Porter
 * stems of those over three letters, clipped n-grams, and for Lsum the union of the longest common
 * subsequences, sentence by sentence.
 */
export function rouge(reference: readonly string[], summary: readonly string[], useStemmer = true): Rouge {
  const tokens = (text: string): string[] => rougeTokens(text, useStemmer)
  const wanted = reference.map(tokens)
  const given = summary.map(tokens)
  return {
    rouge1: ngramOverlap(wanted.flat(), given.flat(), 1),
    rouge2: ngramOverlap(wanted.flat(), given.flat(), 2),
    rougeLsum: unionOverlap(wanted, given),
  }
}

const stems = new Map<string, string>()

export function rougeTokens(text: string, useStemmer = true): string[] {
  return (text.toLowerCase().match(/[a-z0-9]+/g) ?? []).map(word => {
    if (!useStemmer || word.length <= 3) return word
    const stem = stems.get(word) ?? porterStem(word)
    stems.set(word, stem)
    return stem
  })
}

function ngramOverlap(reference: readonly string[], summary: readonly string[], size: number): number {
  const wanted = ngramCounts(reference, size)
  const given = ngramCounts(summary, size)
  let hits = 0
  for (const [ngram, count] of wanted) hits += Math.min(count, given.get(ngram) ?? 0)
  return harmonicMean(hits, Math.max(0, reference.length - size + 1), Math.max(0, summary.length - size + 1))
}

function ngramCounts(tokens: readonly string[], size: number): Map<string, number> {
  const counts = new Map<string, number>()
  for (let index = 0; index + size <= tokens.length; index++) {
    const ngram = tokens.slice(index, index + size).join(' ')
    counts.set(ngram, (counts.get(ngram) ?? 0) + 1)
  }
  return counts
}

function unionOverlap(reference: readonly string[][], summary: readonly string[][]): number {
  const unusedWanted = ngramCounts(reference.flat(), 1)
  const unusedGiven = ngramCounts(summary.flat(), 1)
  let hits = 0
  for (const sentence of reference) {
    const covered = new Set<number>()
    for (const other of summary) for (const place of longestCommon(sentence, other)) covered.add(place)
    for (const place of covered) {
      const token = sentence[place] ?? ''
      const wanted = unusedWanted.get(token) ?? 0
      const given = unusedGiven.get(token) ?? 0
      if (wanted <= 0 || given <= 0) continue
      hits++
      unusedWanted.set(token, wanted - 1)
      unusedGiven.set(token, given - 1)
    }
  }
  return harmonicMean(hits, reference.flat().length, summary.flat().length)
}

/** Places in `reference` of one longest common subsequence. */
function longestCommon(reference: readonly string[], other: readonly string[]): number[] {
  const width = other.length + 1
  const lengths = new Uint16Array((reference.length + 1) * width)
  const at = (row: number, column: number): number => lengths[row * width + column] ?? 0
  for (let row = 1; row <= reference.length; row++) {
    for (let column = 1; column <= other.length; column++) {
      lengths[row * width + column] =
        reference[row - 1] === other[column - 1]
          ? at(row - 1, column - 1) + 1
          : Math.max(at(row - 1, column), at(row, column - 1))
    }
  }
  const places: number[] = []
  let row = reference.length
  let column = other.length
  while (row > 0 && column > 0) {
    if (reference[row - 1] === other[column - 1]) {
      places.push(row - 1)
      row--
      column--
    } else if (at(row, column - 1) > at(row - 1, column)) column--
    else row--
  }
  return places
}

function harmonicMean(hits: number, wanted: number, given: number): number {
  if (hits === 0) return 0
  const precision = hits / given
  const recall = hits / wanted
  return (2 * precision * recall) / (precision + recall)
}
