/**
 * What a person typed, to features; shared by training and inference: the model file is only valid with exactly this.
 * A change here asks for a new model (`ai-service/training/intent/train.ts`).
 *
 * Words, pairs of words (also with one left out between them), and character 3- to 5-grams of words, each hashed into
 * one of `bucketCount` buckets (feature hashing: Weinberger et al. 2009).
 */
export const bucketCount = 32_768
/** What is longer is no wish said in the omnibox; the rest is not looked at. */
export const maxIntentUnits = 400
const mostWords = 40
const longestWordUnits = 24

export interface IntentFeatures {
  /** Distinct buckets in the order of their first occurrence; empty for text without a word. */
  readonly buckets: Int32Array<ArrayBuffer>
  /** Weight of each bucket. */
  readonly weights: Float32Array<ArrayBuffer>
}

/** Letters, digits, and a question mark, which says more than any word. Apostrophes are gone by then. */
const wordPattern = /[\p{L}\p{M}]+|\p{N}+|\?/gu
const hashPrime = 0x01000193
/** Shares of the whole that words, pairs and characters have together. */
const wordShare = 1
const pairShare = 1
const gramShare = 1

export function intentFeatures(text: string): IntentFeatures {
  const words = intentWords(text)
  const weights = new Map<number, number>()
  const add = (hashes: readonly number[], share: number): void => {
    // between the sum and the mean, so that long texts are neither loud nor faint
    const weight = share / Math.sqrt(hashes.length)
    for (const hash of hashes) {
      const bucket = bucketOf(hash)
      weights.set(bucket, (weights.get(bucket) ?? 0) + weight)
    }
  }
  if (words.length > 0) {
    add(
      words.map(word => hashOf('w', word)),
      wordShare,
    )
    add(pairsOf(words), pairShare)
    add(words.flatMap(gramsOf), gramShare)
  }
  return { buckets: Int32Array.from(weights.keys()), weights: Float32Array.from(weights.values()) }
}

/** The words that features are made of: folded, digits as one sign, at most `mostWords`. */
export function intentWords(text: string): string[] {
  const folded = text
    .slice(0, maxIntentUnits)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/['\u2018\u2019\u02bc]/g, '')
  return (folded.match(wordPattern) ?? [])
    .slice(0, mostWords)
    .map(word => (/^\p{N}/u.test(word) ? '#' : word.slice(0, longestWordUnits)))
}

function pairsOf(words: readonly string[]): number[] {
  const marked = ['^', ...words, '$']
  const pairs = marked.slice(1).map((word, index) => hashOf('p', `${marked[index]} ${word}`))
  const skips = marked.slice(2).map((word, index) => hashOf('s', `${marked[index]} ${word}`))
  const length = hashOf('n', String(Math.min(words.length, 12)))
  return [...pairs, ...skips, length]
}

function gramsOf(word: string): number[] {
  const marked = `_${word}_`
  const grams: number[] = []
  for (let size = 3; size <= 5; size++) {
    for (let start = 0; start + size <= marked.length; start++) {
      grams.push(hashOf('c', marked.slice(start, start + size)))
    }
  }
  return grams
}

/** FNV-1a over UTF-16 units (public domain). */
function hashOf(kind: string, text: string): number {
  let hash = Math.imul(0x811c9dc5 ^ kind.charCodeAt(0), hashPrime)
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), hashPrime)
  }
  return hash
}

/** The last steps of MurmurHash3 (public domain), so that every bit of the hash reaches the bucket. */
function bucketOf(hash: number): number {
  let mixed = hash ^ (hash >>> 16)
  mixed = Math.imul(mixed, 0x85ebca6b)
  mixed ^= mixed >>> 13
  mixed = Math.imul(mixed, 0xc2b2ae35)
  mixed ^= mixed >>> 16
  return mixed & (bucketCount - 1)
}
