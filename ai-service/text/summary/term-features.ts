import type { Sentence } from '../document.ts'
import type { TermIndex } from '../term-index.ts'

/** What the model is told of each content word of a text, in this order. Trained models depend on it. */
export const termFeatureNames = [
  'count',
  'sentences',
  'share',
  'first',
  'firstShare',
  'early',
  'inFirst',
  'inSecond',
  'inThird',
  'last',
  'lastShare',
  'capitals',
  'acronyms',
  'digits',
  'units',
  'allSentences',
  'allWords',
  'mass',
] as const

/** Facts about each term of `index` within `candidates`, row by row; terms that stand elsewhere only have zeros. */
export function termFeatures(candidates: readonly Sentence[], index: TermIndex): Float32Array {
  const size = index.counts.length
  const capitals = new Uint32Array(size)
  const acronyms = new Uint32Array(size)
  const digits = new Uint8Array(size)
  const units = new Uint8Array(size)
  const first = new Int32Array(size).fill(-1)
  const last = new Int32Array(size)
  const flags = new Uint8Array(size)
  let words = 0
  for (const [place, { tokens, index: row }] of candidates.entries()) {
    words += tokens.length
    const terms = index.rows[row] ?? new Int32Array(0)
    for (let at = 0; at < terms.length; at++) {
      const term = terms[at] ?? -1
      const token = tokens[at]
      if (term < 0 || token === undefined) continue
      if ((first[term] ?? 0) < 0) first[term] = place
      last[term] = place
      if (place < 3) flags[term] = (flags[term] ?? 0) | (1 << place)
      units[term] = Math.min(30, token.text.length)
      const code = token.text.charCodeAt(0)
      if (code >= 48 && code <= 57) digits[term] = 1
      if (token.text === token.folded) continue
      if (at > 0 && token.text[0] !== token.folded[0]) capitals[term] = (capitals[term] ?? 0) + 1
      if (token.text.length > 1 && token.text === token.text.toUpperCase()) {
        acronyms[term] = (acronyms[term] ?? 0) + 1
      }
    }
  }
  const values = new Float32Array(size * termFeatureNames.length)
  const sentences = Math.max(1, candidates.length)
  for (let term = 0; term < size; term++) {
    const start = first[term] ?? -1
    if (start < 0) continue
    const count = index.counts[term] ?? 1
    const flag = flags[term] ?? 0
    values.set(
      [
        Math.log(count),
        Math.log(index.sentences[term] ?? 1),
        (index.sentences[term] ?? 1) / sentences,
        Math.log1p(start),
        start / sentences,
        Math.exp(-start / 3),
        flag & 1,
        (flag >> 1) & 1,
        (flag >> 2) & 1,
        (last[term] ?? 0) === sentences - 1 ? 1 : 0,
        (last[term] ?? 0) / sentences,
        (capitals[term] ?? 0) / count,
        (acronyms[term] ?? 0) / count,
        digits[term] ?? 0,
        units[term] ?? 0,
        Math.log(sentences),
        Math.log1p(words),
        count / Math.max(1, words),
      ],
      term * termFeatureNames.length,
    )
  }
  return values
}
