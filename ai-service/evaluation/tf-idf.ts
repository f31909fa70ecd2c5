import { stopWordsOf } from '../text/stop-words.ts'

const longestPhrase = 3

/** The baseline of the literature: phrases by TF-IDF over the set itself, times how early they first stand. */
export class TfIdf {
  readonly #textsOf = new Map<string, number>()
  readonly #texts: number

  constructor(texts: readonly string[]) {
    this.#texts = texts.length
    for (const text of texts) {
      for (const phrase of phrasesOf(text).keys()) {
        this.#textsOf.set(phrase, (this.#textsOf.get(phrase) ?? 0) + 1)
      }
    }
  }

  phrases(text: string, wanted: number): string[] {
    const found = [...phrasesOf(text)].map(([phrase, { count, first }]) => ({
      phrase,
      score: (count * Math.log(this.#texts / (this.#textsOf.get(phrase) ?? 1)) * 1) / (1 + Math.log1p(first)),
    }))
    return found
      .sort((left, right) => right.score - left.score)
      .slice(0, wanted)
      .map(({ phrase }) => phrase)
  }
}

function phrasesOf(text: string): Map<string, { count: number; first: number }> {
  const stops = stopWordsOf('en') ?? new Set<string>()
  const found = new Map<string, { count: number; first: number }>()
  let words = 0
  for (const part of text.toLowerCase().split(/[^\p{L}\p{N}\s'-]+/u)) {
    const tokens = part.match(/[\p{L}\p{N}][\p{L}\p{N}'-]*/gu) ?? []
    for (let start = 0; start < tokens.length; start++) {
      for (let size = 1; size <= longestPhrase && start + size <= tokens.length; size++) {
        const phrase = tokens.slice(start, start + size)
        if (phrase.some(word => stops.has(word) || word.length < 3)) break
        const key = phrase.join(' ')
        const known = found.get(key) ?? { count: 0, first: words + start }
        known.count++
        found.set(key, known)
      }
    }
    words += tokens.length
  }
  return found
}
