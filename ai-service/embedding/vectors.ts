/** Numbers in a vector of the embedding model. */
export const vectorLength = 128
/** Length that vectors are stored with: whole numbers from -127 to 127. */
const storedLength = 127

/** A vector of unit length, times 127, rounded; all zeros for a vector without direction. */
export function quantise(values: ArrayLike<number>): Int8Array {
  let squares = 0
  for (let index = 0; index < values.length; index++) squares += (values[index] ?? 0) ** 2
  const scale = squares > 0 && Number.isFinite(squares) ? storedLength / Math.sqrt(squares) : 0
  return Int8Array.from(values, value => Math.round(value * scale))
}

/**
 * How alike two texts are by meaning: the cosine of their vectors, -1 to 1; 0 where one of them has no words. The
 * vectors are of one length.
 */
export function similarity(a: Int8Array, b: Int8Array): number {
  let product = 0
  let squaresA = 0
  let squaresB = 0
  for (let index = 0; index < a.length; index++) {
    const left = a[index] ?? 0
    const right = b[index] ?? 0
    product += left * right
    squaresA += left * left
    squaresB += right * right
  }
  return squaresA === 0 || squaresB === 0 ? 0 : product / Math.sqrt(squaresA * squaresB)
}

/**
 * One vector of a page from those of its passages: their mean. Empty passages do not count; a page without any has
 * the vector of zeros.
 */
export function pageVector(passages: readonly Int8Array[]): Int8Array {
  const sum = new Float64Array(vectorLength)
  for (const passage of passages) {
    for (let index = 0; index < vectorLength; index++) sum[index] = (sum[index] ?? 0) + (passage[index] ?? 0)
  }
  return quantise(sum)
}
