import { vectorBytes } from '../../contracts/page-analysis.ts'

/** Vectors one after another, as bytes that can cross processes; each byte is a signed number. */
export function joinVectors(vectors: readonly Int8Array[]): Uint8Array {
  const bytes = new Int8Array(vectors.length * vectorBytes)
  for (const [index, vector] of vectors.entries()) bytes.set(vector, index * vectorBytes)
  return new Uint8Array(bytes.buffer)
}
