import { vectorLength } from '../embedding/vectors.ts'
import type { TopicPage } from './features.ts'
import { topicWords } from './words.ts'

/** Turns texts into vectors that lie close where meanings do; `Embedder` is one. */
export interface MeaningSource {
  embed(texts: readonly string[]): Promise<readonly Int8Array[]>
}

/** Numbers that say what a page means: of its title, then of its text. */
export const meaningLength = 2 * vectorLength
const mostTitleWords = 40
/** Words of description and text together. */
const mostTextWords = 120

/**
 * The two texts by whose vectors a page's topic is told, levelled over publishers as the other features are: of cut-up
 * or lower-cased headlines the vectors are the same. Shared by training and inference.
 */
export function meaningTexts(page: TopicPage): [title: string, text: string] {
  const description = topicWords(page.description, mostTextWords)
  const text = topicWords(page.text, mostTextWords - description.length)
  return [joined(topicWords(page.title, mostTitleWords)), joined([...description, ...text])]
}

/** The vectors of both texts in a row, as they go into the model. */
export function meaningOf(vectors: readonly Int8Array[]): Float32Array {
  const meaning = new Float32Array(meaningLength)
  for (const [place, vector] of vectors.slice(0, 2).entries()) {
    for (let index = 0; index < vectorLength; index++) {
      meaning[place * vectorLength + index] = (vector[index] ?? 0) / 127
    }
  }
  return meaning
}

function joined(words: readonly string[]): string {
  return words.filter(word => !word.startsWith('#')).join(' ')
}
