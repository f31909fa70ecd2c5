import type { Difficulty } from '../../contracts/page-analysis.ts'
import type { TextDocument } from './document.ts'
import { isUnspaced, primarySubtag } from './words.ts'

/** Below these a text is too short to be judged. */
const fewestWords = 100
const fewestSentences = 3
/** Statistics settle long before this many sentences. */
const mostSentences = 2_000

/**
 * How many LIX points texts of a language lie above English ones of the same kind, because its words are longer, or
 * below, because vowels are not written. Rough: from the mean length of its words.
 */
const shift: Readonly<Record<string, number>> = {
  de: 6,
  nl: 3,
  fi: 18,
  et: 14,
  hu: 12,
  tr: 14,
  az: 14,
  kk: 14,
  eu: 12,
  ru: 10,
  uk: 10,
  be: 10,
  bg: 6,
  pl: 9,
  cs: 5,
  sk: 5,
  lt: 11,
  lv: 9,
  el: 7,
  is: 3,
  ar: -12,
  fa: -14,
  he: -14,
  ur: -14,
}

/** Scripts with spaces whose letters are counted otherwise: no measure of ours was made for them. */
const unmeasured = new Set([
  'hi',
  'mr',
  'ne',
  'bn',
  'ta',
  'te',
  'ml',
  'kn',
  'gu',
  'pa',
  'or',
  'si',
  'ko',
  'am',
  'ka',
  'und',
])

/**
 * LIX (Björnsson 1968; used across languages by Anderson 1981): words a sentence, plus the share of words over six
 * letters in percent, less `shift`. Easy below 40, hard from 52. Chinese and Japanese by characters a sentence: easy
 * below 28, hard from 48. 0 and 1 of the score are 20 and 70, or 8 and 68.
 */
export function readingDifficulty(document: TextDocument): Difficulty {
  const language = primarySubtag(document.language)
  const sentences = document.sentences.slice(0, mostSentences).filter(({ tokens }) => tokens.length > 2)
  let words = 0
  let long = 0
  let units = 0
  for (const { tokens } of sentences) {
    words += tokens.length
    for (const { text } of tokens) {
      units += text.length
      if (text.length > 6) long++
    }
  }
  if (words < fewestWords || sentences.length < fewestSentences || unmeasured.has(language)) {
    return { kind: 'unknown' }
  }
  if (isUnspaced(language)) {
    if (language !== 'zh' && language !== 'ja') return { kind: 'unknown' }
    return graded(units / sentences.length, { easiest: 8, medium: 28, hard: 48, hardest: 68 })
  }
  const lix = words / sentences.length + (100 * long) / words - (shift[language] ?? 0)
  return graded(lix, { easiest: 20, medium: 40, hard: 52, hardest: 70 })
}

function graded(
  value: number,
  scale: {
    readonly easiest: number
    readonly medium: number
    readonly hard: number
    readonly hardest: number
  },
): Difficulty {
  const score = Math.min(1, Math.max(0, (value - scale.easiest) / (scale.hardest - scale.easiest)))
  const level = value < scale.medium ? 'easy' : value < scale.hard ? 'medium' : 'hard'
  return { kind: 'known', level, score }
}
