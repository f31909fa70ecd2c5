import type { Pace } from './pace.ts'
import { piecesOf, sentenceSplitter } from './sentences.ts'
import { type Token, wordSplitter } from './words.ts'

export interface Sentence {
  readonly text: string
  /** Index of the paragraph it stands in. */
  readonly paragraph: number
  /** Where it stands in its paragraph, in UTF-16 code units. */
  readonly start: number
  /** Place among all sentences, from 0. */
  readonly index: number
  readonly tokens: readonly Token[]
}

/** A page's text, cut once for everything that reads it. */
export interface TextDocument {
  readonly language: string
  readonly title: string
  /** Those of the first `mostReadWords` words; what comes after is only counted. */
  readonly sentences: readonly Sentence[]
  readonly words: number
  /** Letters, digits and marks: what reading time goes by where words have no spaces. */
  readonly characters: number
}

/** As long as a novel. Sentences and words of more than that would fill memory without a better summary. */
export const mostReadWords = 100_000

/** Splits paragraphs into sentences and words. Linear in the text; yields by `pace`. */
export async function readDocument(
  page: { readonly title: string; readonly paragraphs: readonly string[] },
  language: string,
  pace: Pace,
): Promise<TextDocument> {
  const splitSentences = sentenceSplitter(language)
  const splitWords = wordSplitter(language)
  const sentences: Sentence[] = []
  let words = 0
  let characters = 0
  for (const [paragraph, whole] of page.paragraphs.entries()) {
    let passed = 0
    for (const piece of piecesOf(whole)) {
      if (words >= mostReadWords) {
        for (const { text } of splitWords(piece)) {
          words++
          characters += text.length
        }
        await pace.breathe()
        continue
      }
      for (const text of splitSentences(piece)) {
        const tokens = splitWords(text)
        words += tokens.length
        for (const token of tokens) characters += token.text.length
        const start = Math.max(passed, whole.indexOf(text, passed))
        passed = start + text.length
        sentences.push({ text, paragraph, start, index: sentences.length, tokens })
      }
      await pace.breathe()
    }
  }
  return { language, title: page.title, sentences, words, characters }
}
