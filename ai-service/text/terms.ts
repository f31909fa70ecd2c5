import type { TextDocument } from './document.ts'
import { stopWordsOf } from './stop-words.ts'
import { isUnspaced } from './words.ts'

/** What counts as a content word in one document, and under which name its forms are counted together. */
export interface Vocabulary {
  /** False for function words, numbers, and pieces too short to mean anything. */
  isContent(folded: string): boolean
  /**
   * One name for the forms of a word: its first letters. Truncation does nearly as well as a stemmer in many
   * languages and needs no list (McNamee and Mayfield 2004, "Character n-gram tokenization").
   */
  stem(folded: string): string
}

const stemUnits = 7

export function vocabularyOf(document: TextDocument): Vocabulary {
  const stopWords = stopWordsOf(document.language) ?? commonShortWords(document)
  const leastUnits = isUnspaced(document.language) ? 2 : 3
  return {
    isContent: folded =>
      folded.length >= leastUnits &&
      !stopWords.has(folded) &&
      /\p{L}/u.test(folded) &&
      !onlyHiragana.test(folded),
    stem: folded => folded.slice(0, stemUnits),
  }
}

/** Japanese particles, auxiliaries and endings. */
const onlyHiragana = /^[\u3041-\u309f]+$/

/** Sentences looked at for the guess below; more do not change it. */
const sampleSentences = 400

/**
 * Function words of a language without a list, guessed from the page: short words that stand in many of its
 * sentences (Luhn 1958: the most frequent words carry no topic).
 */
function commonShortWords(document: TextDocument): ReadonlySet<string> {
  const sentences = document.sentences.slice(0, sampleSentences)
  const sentencesOf = new Map<string, number>()
  for (const { tokens } of sentences) {
    for (const word of new Set(tokens.map(token => token.folded))) {
      sentencesOf.set(word, (sentencesOf.get(word) ?? 0) + 1)
    }
  }
  const least = Math.max(3, sentences.length * 0.12)
  return new Set(
    [...sentencesOf].filter(([word, count]) => word.length <= 5 && count >= least).map(([word]) => word),
  )
}
