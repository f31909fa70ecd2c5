import type { Pace } from './pace.ts'
import { piecesOf, sentenceSplitter } from './sentences.ts'
import { type Token, wordSplitter } from './words.ts'

export interface Sentence {
  readonly text: string
  /** Index of the paragraph it stands in. */
  readonly paragraph: number
  /** Place among all sentences, from 0. */
  readonly index: number
  /** Code units of the paragraph where it starts and where it has ended. */
  readonly start: number
  readonly end: number
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
    let pieceStart = 0
    for (const piece of piecesOf(whole)) {
      const offset = pieceStart
      pieceStart += piece.length
      if (words >= mostReadWords) {
        for (const { text } of splitWords(piece)) {
          words++
          characters += text.length
        }
        await pace.breathe()
        continue
      }
      let cursor = 0
      for (const text of splitSentences(piece)) {
        const at = piece.indexOf(text, cursor)
        cursor = at + text.length
        const tokens = splitWords(text)
        words += tokens.length
        for (const token of tokens) characters += token.text.length
        const start = offset + at
        sentences.push({
          text,
          paragraph,
          start,
          end: start + text.length,
          index: sentences.length,
          tokens,
        })
      }
      await pace.breathe()
    }
  }
  return { language, title: page.title, sentences, words, characters }
}

/** A document of sentences that are cut already, each a paragraph of its own: what models are trained and judged on. */
export function documentOfSentences(texts: readonly string[], language: string, title = ''): TextDocument {
  const splitWords = wordSplitter(language)
  const sentences = texts.map((text, index): Sentence => {
    const tokens = splitWords(text)
    return { text, paragraph: index, index, start: 0, end: text.length, tokens }
  })
  const tokens = sentences.flatMap(sentence => sentence.tokens)
  const characters = tokens.reduce((sum, token) => sum + token.text.length, 0)
  return { language, title, sentences, words: tokens.length, characters }
}
