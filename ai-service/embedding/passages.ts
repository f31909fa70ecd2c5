import type { Sentence, TextDocument } from '../text/document.ts'
import { isUnspaced } from '../text/words.ts'

/** A stretch of a page that is found, compared and linked to as one. */
export interface Passage {
  /** Index of the paragraph that it begins in. */
  readonly paragraph: number
  readonly text: string
}

const fewestWords = 25
const mostWords = 120
/** A sentence longer than a passage is cut; languages without spaces count a word for every two characters. */
const mostUnitsOfPassage = 1_200

/**
 * Cuts a document into passages of 25 to 120 words: whole sentences, as far as they fit; paragraphs that are too
 * short (headings, list items) join the next. At most `limit`; what comes after is left out.
 */
export function splitPassages(document: TextDocument, limit: number): Passage[] {
  const passages: Passage[] = []
  let open: Sentence[] = []
  let words = 0
  const close = (): void => {
    const [first] = open
    if (first !== undefined) {
      const text = joinSentences(open, document.language)
      for (let start = 0; start < text.length && passages.length < limit; start += mostUnitsOfPassage) {
        passages.push({ paragraph: first.paragraph, text: text.slice(start, start + mostUnitsOfPassage) })
      }
    }
    open = []
    words = 0
  }
  for (const sentence of document.sentences) {
    if (passages.length >= limit) break
    const startsParagraph = sentence.paragraph !== open.at(-1)?.paragraph
    if (words + sentence.tokens.length > mostWords || (startsParagraph && words >= fewestWords)) close()
    open.push(sentence)
    words += sentence.tokens.length
  }
  close()
  return passages.slice(0, limit)
}

function joinSentences(sentences: readonly Sentence[], language: string): string {
  return sentences.map(sentence => sentence.text).join(isUnspaced(language) ? '' : ' ')
}
