/**
 * Text to rows of the embedding model's table, shared by training and inference: the model file is only valid with
 * exactly these functions. A change here asks for a new model (`ai-service/training/embedding/train.ts`).
 */

/** More text than this does not make the vector of a passage better. */
export const maxTextUnits = 4_000
/** Words of one text that are read. */
const maxWords = 400
/** Longer runs of letters are base64, hashes or abuse. */
const longestWordUnits = 40
const shortestGram = 3
const longestGram = 5

/** Abbreviations such as "u.s.", numbers with their points and commas, letters and marks with apostrophes inside. */
const wordPattern = /(?<!\p{L})(?:\p{L}\.){2,}|\p{N}+(?:[.,]\p{N}+)*|[\p{L}\p{M}]+(?:'[\p{L}\p{M}]+)*/gu
const foldedApostrophes = /[\u2018\u2019\u02bc]/g
/** Scripts written without spaces: their words are overlapping pairs of characters. */
const unspacedRuns =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u

const wholeContractions: ReadonlyMap<string, readonly string[]> = new Map([
  ["can't", ['can', 'not']],
  ["won't", ['will', 'not']],
  ["shan't", ['shall', 'not']],
  ['cannot', ['can', 'not']],
])
const endings: ReadonlyMap<string, readonly string[]> = new Map([
  ["'s", []],
  ["n't", ['not']],
  ["'ll", ['will']],
  ["'re", ['are']],
  ["'ve", ['have']],
  ["'m", ['am']],
  ["'d", ['would']],
])

/** The words of a text in order, lower-cased, contractions opened, at most 400. Any string will do. */
export function wordsOf(text: string): string[] {
  const folded = text
    .slice(0, maxTextUnits)
    .normalize('NFKC')
    .slice(0, maxTextUnits)
    .replace(foldedApostrophes, "'")
    .toLowerCase()
  const words: string[] = []
  for (const [run] of folded.matchAll(wordPattern)) {
    if (words.length >= maxWords) break
    if (unspacedRuns.test(run)) pushPairs(run, words)
    else pushWord(run, words)
  }
  return words.slice(0, maxWords)
}

function pushPairs(run: string, words: string[]): void {
  const characters = [...run]
  if (characters.length === 1) words.push(run)
  for (let index = 1; index < characters.length && words.length < maxWords; index++) {
    words.push(`${characters[index - 1] ?? ''}${characters[index] ?? ''}`)
  }
}

function pushWord(run: string, words: string[]): void {
  const whole = wholeContractions.get(run)
  if (whole !== undefined) {
    words.push(...whole)
    return
  }
  if (!run.includes("'")) {
    words.push(run.replaceAll(',', ''))
    return
  }
  for (const [ending, opened] of endings) {
    if (!run.endsWith(ending) || run.length === ending.length) continue
    words.push(...run.slice(0, -ending.length).split("'"), ...opened)
    return
  }
  words.push(...run.split("'"))
}

/** A 32-bit name of a word; two of 100,000 words share one by chance in 1 case of 43,000. */
export function hashOf(word: string, start = 0, end = word.length): number {
  let hash = 0x811c9dc5
  for (let index = start; index < end; index++) hash = Math.imul(hash ^ word.charCodeAt(index), 0x01000193)
  // The last steps of MurmurHash3 (public domain), so that every bit reaches the low ones.
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return hash ^ (hash >>> 16)
}

/** What the model reads of one text: rows of its table, and how much each counts. */
export interface TextFeatures {
  readonly rows: Int32Array<ArrayBuffer>
  readonly weights: Float32Array<ArrayBuffer>
}

/**
 * The rows of words. Row 0 is empty, the rows from 1 are the known words in the order given, the rest are buckets for
 * the pieces of every other word: all runs of 3 to 5 letters with a mark at both ends, and the whole word
 * (Bojanowski et al. 2017, "Enriching Word Vectors with Subword Information").
 */
export class Vocabulary {
  /** Open addressing: a place holds the number of a row, 0 where free. */
  readonly #places: Int32Array
  readonly #hashes: Int32Array
  readonly #buckets: number

  /** `hashes`: of the known words, as `hashOf` gives them. */
  constructor(hashes: Int32Array, buckets: number) {
    this.#hashes = hashes
    this.#buckets = buckets
    this.#places = new Int32Array(2 ** Math.ceil(Math.log2(hashes.length * 2 + 2)))
    const mask = this.#places.length - 1
    hashes.forEach((hash, index) => {
      let place = hash & mask
      while ((this.#places[place] ?? 0) !== 0) place = (place + 1) & mask
      this.#places[place] = index + 1
    })
  }

  /** Rows and weights of a text. A word that comes n times counts sqrt(n) times; the pieces of one word count as one. */
  featuresOf(text: string): TextFeatures {
    const counts = new Map<string, number>()
    for (const word of wordsOf(text)) counts.set(word, (counts.get(word) ?? 0) + 1)
    const rows: number[] = []
    const weights: number[] = []
    for (const [word, count] of counts) {
      const known = this.rowOf(word)
      if (known !== 0) {
        rows.push(known)
        weights.push(Math.sqrt(count))
        continue
      }
      const pieces = this.piecesOf(word)
      for (const piece of pieces) {
        rows.push(piece)
        weights.push(Math.sqrt(count) / pieces.length)
      }
    }
    return { rows: Int32Array.from(rows), weights: Float32Array.from(weights) }
  }

  /** The row of a known word, else 0. */
  rowOf(word: string): number {
    const hash = hashOf(word)
    const mask = this.#places.length - 1
    let place = hash & mask
    for (let row = this.#places[place] ?? 0; row !== 0; row = this.#places[place] ?? 0) {
      if (this.#hashes[row - 1] === hash) return row
      place = (place + 1) & mask
    }
    return 0
  }

  /** The rows of the pieces of a word; never empty. */
  piecesOf(word: string): number[] {
    const marked = `<${word.slice(0, longestWordUnits)}>`
    const pieces = [this.#bucketOf(marked, 0, marked.length)]
    for (let length = shortestGram; length <= longestGram && length < marked.length; length++) {
      for (let start = 0; start + length <= marked.length; start++) {
        pieces.push(this.#bucketOf(marked, start, start + length))
      }
    }
    return pieces
  }

  #bucketOf(word: string, start: number, end: number): number {
    return 1 + this.#hashes.length + ((hashOf(word, start, end) >>> 0) % this.#buckets)
  }
}
