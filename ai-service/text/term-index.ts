import type { TextDocument } from './document.ts'
import type { Pace } from './pace.ts'
import { vocabularyOf } from './terms.ts'

/** Numbers for the content words of a document, made once for everything that counts them. */
export interface TermIndex {
  /** One row a sentence, one number a token: the term's number from 0, or -1 where the token is no content word. */
  readonly rows: readonly Int32Array[]
  /** Occurrences of each term. */
  readonly counts: readonly number[]
  /** Sentences that each term stands in. */
  readonly sentences: readonly number[]
  /** Term numbers of the title's content words, those that the text holds too. */
  readonly title: ReadonlySet<number>
  /** The stem of each term. */
  readonly stems: readonly string[]
}

/** Reads as many words as `mostWords`; later sentences get empty rows. */
export async function indexTerms(document: TextDocument, pace: Pace, mostWords = 50_000): Promise<TermIndex> {
  const vocabulary = vocabularyOf(document)
  // Most words of a text are repeats: what a form means is decided once.
  const numberOfForm = new Map<string, number>()
  const numberOfStem = new Map<string, number>()
  const stems: string[] = []
  const counts: number[] = []
  const sentences: number[] = []
  const lastSentence: number[] = []
  const rows: Int32Array[] = []
  let words = 0
  for (const { tokens, index } of document.sentences) {
    await pace.breathe()
    if (words > mostWords) {
      rows.push(new Int32Array(0))
      continue
    }
    words += tokens.length
    const row = new Int32Array(tokens.length)
    for (let place = 0; place < tokens.length; place++) {
      const token = tokens[place]
      if (token === undefined) continue
      let term = numberOfForm.get(token.text)
      if (term === undefined) {
        term = -1
        if (vocabulary.isContent(token)) {
          const stem = vocabulary.stem(token.folded)
          term = numberOfStem.get(stem) ?? stems.push(stem) - 1
          numberOfStem.set(stem, term)
        }
        numberOfForm.set(token.text, term)
      }
      row[place] = term
      if (term < 0) continue
      counts[term] = (counts[term] ?? 0) + 1
      if (lastSentence[term] !== index) {
        lastSentence[term] = index
        sentences[term] = (sentences[term] ?? 0) + 1
      }
    }
    rows.push(row)
  }
  const title = new Set<number>()
  for (const [text] of document.title.slice(0, longestTitleUnits).matchAll(/[\p{L}\p{M}\p{N}]+/gu)) {
    const folded = text.toLowerCase()
    if (!vocabulary.isContent({ text, folded })) continue
    const term = numberOfStem.get(vocabulary.stem(folded))
    if (term !== undefined) title.add(term)
  }
  return { rows, counts, sentences, title, stems }
}

const longestTitleUnits = 1_000
