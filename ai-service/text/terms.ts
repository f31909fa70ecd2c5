import type { TextDocument } from './document.ts'
import { stopWordsOf } from './stop-words.ts'
import { isUnspaced, primarySubtag, type Token } from './words.ts'

/** What counts as a content word in one document, and under which name its forms are counted together. */
export interface Vocabulary {
  /** False for function words, numbers, and pieces too short to mean anything; "AI" and "EU" are long enough. */
  isContent(token: Pick<Token, 'text' | 'folded'>): boolean
  /**
   * One name for the forms of a word: its first letters. Truncation does nearly as well as a stemmer in many
   * languages and needs no list (McNamee and Mayfield 2004, "Character n-gram tokenization").
   */
  stem(folded: string): string
}

const stemUnits = 7

export function vocabularyOf(document: TextDocument): Vocabulary {
  const stopWords = stopWordsOf(document.language) ?? commonShortWords(document)
  const isEnglish = primarySubtag(document.language) === 'en'
  const leastUnits = isUnspaced(document.language) ? 2 : 3
  const isWord = (part: string): boolean => part.length >= leastUnits && !stopWords.has(part)
  return {
    isContent: ({ text, folded }) => {
      if (!hasLetter.test(folded) || onlyHiragana.test(folded) || stopWords.has(folded)) return false
      if (folded.length === 2 && text === text.toUpperCase() && text !== folded) return true
      // "don't", "it's", "d'un": function words on both sides of the apostrophe.
      return apostrophe.test(folded) ? folded.split(apostrophe).some(isWord) : isWord(folded)
    },
    stem: folded => {
      const bare = folded.replace(possessive, '')
      return (isEnglish ? withoutPlural(bare) : bare).slice(0, stemUnits)
    },
  }
}

const hasLetter = /\p{L}/u
const apostrophe = /['’]/
const possessive = /['’]s$/

/** The S-stemmer of Harman 1991, "How effective is suffixing?": its three rules, no more. */
function withoutPlural(word: string): string {
  if (word.length < 4 || !word.endsWith('s')) return word
  if (word.endsWith('ies') && !/[ea]ies$/.test(word)) return `${word.slice(0, -3)}y`
  if (word.endsWith('es') && !/[aeo]es$/.test(word)) return word.slice(0, -1)
  return /[us]s$/.test(word) ? word : word.slice(0, -1)
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
