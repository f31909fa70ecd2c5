import { vectorBytes } from '../../contracts/page-analysis.ts'

/** Vectors one after another, as bytes that can cross processes; each byte is a signed number. */
export function joinVectors(vectors: readonly Int8Array[]): Uint8Array {
  const bytes = new Int8Array(vectors.length * vectorBytes)
  for (const [index, vector] of vectors.entries()) bytes.set(vector, index * vectorBytes)
  return new Uint8Array(bytes.buffer)
}

/** The vectors that `joinVectors` joined; bytes beyond the last whole one are left out. */
export function splitVectors(bytes: Uint8Array): readonly Int8Array[] {
  return Array.from({ length: Math.floor(bytes.length / vectorBytes) }, (_, index) =>
    Int8Array.from(new Int8Array(bytes.buffer, bytes.byteOffset + index * vectorBytes, vectorBytes)),
  )
}
