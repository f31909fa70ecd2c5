import { topicWords, urlWords } from './words.ts'

/**
 * Page to features, shared by training and inference: the model file is only valid with exactly these functions. A
 * change here asks for a new model (`ai-service/training/topic/train.ts`).
 *
 * Each word gives itself and its beginning, so that a rare form meets its common relatives; both are hashed ("feature
 * hashing": Weinberger et al. 2009) into `bucketCount` buckets. Pairs of words were tried: they learn publishers'
 * phrases and cost more than they bring.
 */
export const bucketCount = 131_072
const mostTitleWords = 40
const mostDescriptionWords = 60
/** Of the text: what a page is about stands at its beginning. */
export const mostTextWords = 300

/** What topics are told by. All of it is untrusted text of a page; any of it may be empty. */
export interface TopicPage {
  readonly title: string
  readonly description: string
  readonly url: string
  readonly text: string
}

/** Two 32-bit hashes for each word of each part of a page: of the word and, if it has one, of its beginning, else 0. */
export interface HashedPage {
  readonly title: Uint32Array
  readonly description: Uint32Array
  readonly url: Uint32Array
  readonly text: Uint32Array
}

export interface TopicFeatures {
  /** Distinct buckets. */
  readonly buckets: Int32Array<ArrayBuffer>
  /** Weight of each bucket; their squares sum up to 1. */
  readonly weights: Float32Array<ArrayBuffer>
}

/** Hashes the words of a page. Work is bounded, however long its parts are. */
export function hashPage(page: TopicPage): HashedPage {
  return {
    title: hashWords(topicWords(page.title, mostTitleWords)),
    description: hashWords(topicWords(page.description, mostDescriptionWords)),
    url: hashWords(urlWords(page.url)),
    text: hashWords(topicWords(page.text, mostTextWords)),
  }
}

/**
 * Features of hashed parts. A bucket weighs the logarithm of how often it occurs; a word of the title counts twice,
 * as it was chosen to say what the page is about.
 */
export function topicFeatures(page: HashedPage): TopicFeatures {
  const counts = new Map<number, number>()
  const count = (hash: number, times: number): void => {
    if (hash === 0) return
    const bucket = hash & (bucketCount - 1)
    counts.set(bucket, (counts.get(bucket) ?? 0) + times)
  }
  for (const [part, times] of [
    [page.title, 2],
    [page.description, 1],
    [page.url, 1],
    [page.text, 1],
  ] as const) {
    for (const hash of part) count(hash, times)
  }
  const buckets = Int32Array.from(counts.keys())
  const weights = Float32Array.from(counts.values(), times => Math.log(1 + times))
  let squares = 0
  for (const weight of weights) squares += weight * weight
  const norm = Math.sqrt(squares) || 1
  for (let index = 0; index < weights.length; index++) weights[index] = (weights[index] ?? 0) / norm
  return { buckets, weights }
}

/** Hashes that each word of a part has. */
const hashesPerWord = 2
const wordSeed = 0x811c9dc5
const stemSeed = 0x51ed270b
const hashPrime = 0x01000193
/** Words that are no longer are their own beginning. */
const stemUnits = 5

function hashWords(words: readonly string[]): Uint32Array {
  const hashes = new Uint32Array(words.length * hashesPerWord)
  for (const [index, found] of words.entries()) {
    hashes[index * hashesPerWord] = mix(hashUnits(found, wordSeed))
    if (found.length > stemUnits) {
      hashes[index * hashesPerWord + 1] = mix(hashUnits(found.slice(0, stemUnits), stemSeed))
    }
  }
  return hashes
}

/** FNV-1a over UTF-16 code units (Fowler, Noll, Vo; public domain). */
function hashUnits(text: string, seed: number): number {
  let hash = seed
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), hashPrime)
  return hash
}

/** The last steps of MurmurHash3 (public domain), so that every bit of the hash reaches the bucket. Never 0. */
function mix(hash: number): number {
  let mixed = hash ^ (hash >>> 16)
  mixed = Math.imul(mixed, 0x85ebca6b)
  mixed ^= mixed >>> 13
  mixed = Math.imul(mixed, 0xc2b2ae35)
  mixed = (mixed ^ (mixed >>> 16)) >>> 0
  return mixed === 0 ? 1 : mixed
}
