import { type Script, scriptIndexOf, scriptNames } from './scripts.ts'

/**
 * Text to features, shared by training and inference: the model file is only valid with exactly these functions.
 * A change here asks for a new model (`ai-service/training/language/train.ts`).
 *
 * Words of one script, lower-cased, with a mark at both ends, give all character n-grams of 1 to 5 UTF-16 units and,
 * where longer, the whole word; each is hashed into one of `bucketCount` buckets ("feature hashing": Weinberger et
 * al. 2009; character n-grams for language identification: Joulin et al. 2017, fastText).
 */
export const bucketCount = 131_072
const longestGram = 5
/** Longer runs of letters are base64, hashes or abuse. */
const longestWordUnits = 40
/** More text than this does not make the answer better. */
export const maxFeatureUnits = 4_000

export interface LanguageFeatures {
  /** Distinct buckets, ascending by first occurrence. */
  readonly buckets: Int32Array<ArrayBuffer>
  /** Weight of each bucket. */
  readonly weights: Float32Array<ArrayBuffer>
}

const wordMark = 0x5f
const apostrophe = 0x27
const foldedApostrophes = /[\u2018\u2019\u02bc\u02bb\u05f3]/g
const hashOffset = 0x811c9dc5
const wholeWordOffset = 0x2f0b4c47
const hashPrime = 0x01000193

const counts = new Uint16Array(bucketCount)
const touched = new Int32Array(bucketCount)
const word = new Uint16Array(longestWordUnits + 2)

/** Features of the words of `text` written in `script`; both arrays are empty when there are none. */
export function languageFeatures(text: string, script: Script): LanguageFeatures {
  const wanted = scriptNames.indexOf(script)
  const folded = text
    .slice(0, maxFeatureUnits)
    .normalize('NFC')
    .slice(0, maxFeatureUnits)
    .replace(foldedApostrophes, "'")
    .toLowerCase()
  const length = Math.min(folded.length, maxFeatureUnits)
  let distinct = 0
  let total = 0
  word[0] = wordMark

  const count = (hash: number): void => {
    const bucket = bucketOf(hash)
    if (counts[bucket] === 0) touched[distinct++] = bucket
    counts[bucket] = (counts[bucket] ?? 0) + 1
    total++
  }

  let index = 0
  while (index < length) {
    if (scriptIndexOf(folded.charCodeAt(index)) !== wanted) {
      index++
      continue
    }
    let units = 1
    while (index < length) {
      const unit = folded.charCodeAt(index)
      const isApostrophe = unit === apostrophe && scriptIndexOf(folded.charCodeAt(index + 1)) === wanted
      if (!isApostrophe && scriptIndexOf(unit) !== wanted && !isCombining(unit)) break
      if (units <= longestWordUnits) word[units++] = unit
      index++
    }
    word[units++] = wordMark
    for (let start = 0; start < units; start++) {
      let hash = hashOffset
      const end = Math.min(units, start + longestGram)
      for (let position = start; position < end; position++) {
        hash = Math.imul(hash ^ (word[position] ?? 0), hashPrime)
        if (position === start && word[position] === wordMark) continue
        count(hash)
      }
    }
    if (units > longestGram) {
      let hash = wholeWordOffset
      for (let position = 0; position < units; position++) {
        hash = Math.imul(hash ^ (word[position] ?? 0), hashPrime)
      }
      count(hash)
    }
  }

  const buckets = new Int32Array(distinct)
  const weights = new Float32Array(distinct)
  // Between the sum (a long text is always sure) and the mean (a long text is as unsure as a short one).
  const divisor = total ** lengthExponent
  for (let position = 0; position < distinct; position++) {
    const bucket = touched[position] ?? 0
    buckets[position] = bucket
    weights[position] = (counts[bucket] ?? 0) / divisor
    counts[bucket] = 0
  }
  return { buckets, weights }
}

const lengthExponent = 0.75

/** The last steps of MurmurHash3 (public domain), so that every bit of the hash reaches the bucket. */
function bucketOf(hash: number): number {
  let mixed = hash ^ (hash >>> 16)
  mixed = Math.imul(mixed, 0x85ebca6b)
  mixed ^= mixed >>> 13
  mixed = Math.imul(mixed, 0xc2b2ae35)
  mixed ^= mixed >>> 16
  return mixed & (bucketCount - 1)
}

function isCombining(unit: number): boolean {
  return (
    (unit >= 0x300 && unit <= 0x36f) || unit === 0x200c || unit === 0x200d || (unit >= 0x64b && unit <= 0x65f)
  )
}
