import { bytesPerSketch, rowsOfHighest, SketchScorer, sketchInto } from './sketch.ts'

/** Numbers in a vector, each from -127 to 127. */
export const dimensions = 128

/** Half a megabyte at a time: growing copies nothing that is there. */
const rowsPerChunk = 4_096
/** So many are compared in full, chosen by their sketches; one in ten where that is more. */
const leastCandidates = 4_096
const candidateShare = 0.1
/** A row that holds nothing any more. */
const emptyNorm = 0

export interface Nearest {
  readonly id: number
  /** Cosine, -1 to 1. */
  readonly similarity: number
}

interface Chunk {
  readonly vectors: Int8Array
  readonly sketches: Uint8Array
  /** 1 / length of each vector; 0 for a vector of zeros. */
  readonly norms: Float32Array
}

/**
 * Vectors by the number of what they stand for, in memory, for finding the nearest. Among a few thousand every one is
 * compared; among more, those whose signs agree best with the query (one bit a number) are compared in full. Setting,
 * deleting and replacing cost the same however many there are.
 */
export class VectorIndex {
  readonly #chunks: Chunk[] = []
  readonly #ids: number[] = []
  readonly #rowOf = new Map<number, number>()

  get size(): number {
    return this.#ids.length
  }

  has(id: number): boolean {
    return this.#rowOf.has(id)
  }

  /** Adds, or replaces. The vector is copied. Throws a RangeError for one of another length. */
  set(id: number, vector: Int8Array): void {
    if (vector.length !== dimensions) throw new RangeError(`A vector has ${dimensions} numbers`)
    const known = this.#rowOf.get(id)
    const row = known ?? this.#ids.length
    if (known === undefined) {
      this.#ids.push(id)
      this.#rowOf.set(id, row)
    }
    const chunk = this.#chunkOf(row)
    const within = row % rowsPerChunk
    chunk.vectors.set(vector, within * dimensions)
    chunk.norms[within] = inverseLength(vector)
    sketchInto(chunk.sketches, within * bytesPerSketch, vector)
  }

  delete(id: number): void {
    const row = this.#rowOf.get(id)
    if (row === undefined) return
    const last = this.#ids.length - 1
    const moved = this.#ids[last]
    this.#rowOf.delete(id)
    if (moved !== undefined && row !== last) {
      const from = this.#chunkOf(last)
      const to = this.#chunkOf(row)
      const source = last % rowsPerChunk
      const target = row % rowsPerChunk
      to.vectors.set(
        from.vectors.subarray(source * dimensions, (source + 1) * dimensions),
        target * dimensions,
      )
      to.sketches.set(
        from.sketches.subarray(source * bytesPerSketch, (source + 1) * bytesPerSketch),
        target * bytesPerSketch,
      )
      to.norms[target] = from.norms[source] ?? emptyNorm
      this.#ids[row] = moved
      this.#rowOf.set(moved, row)
    }
    this.#ids.length = last
    // What was deleted must not live on behind the end.
    const chunk = this.#chunkOf(last)
    const within = last % rowsPerChunk
    chunk.vectors.fill(0, within * dimensions, (within + 1) * dimensions)
    chunk.sketches.fill(0, within * bytesPerSketch, (within + 1) * bytesPerSketch)
    this.#chunks.length = Math.ceil(last / rowsPerChunk)
  }

  clear(): void {
    this.#chunks.length = 0
    this.#ids.length = 0
    this.#rowOf.clear()
  }

  /** The nearest by cosine, nearest first. A query of zeros is near to nothing. */
  nearest(query: Int8Array, limit: number): Nearest[] {
    if (query.length !== dimensions) throw new RangeError(`A vector has ${dimensions} numbers`)
    const norm = inverseLength(query)
    if (norm === 0 || limit <= 0) return []
    const wanted = Math.max(leastCandidates, limit, Math.ceil(this.size * candidateShare))
    return this.#closest(query, norm, this.#candidates(query, wanted), limit)
  }

  /** The same by comparing every one; what `nearest` is measured against. */
  nearestOfAll(query: Int8Array, limit: number): Nearest[] {
    const norm = inverseLength(query)
    return norm === 0 ? [] : this.#closest(query, norm, allRows(this.size), limit)
  }

  /** Rows whose sketches agree best, at least `wanted` where there are as many. */
  #candidates(query: Int8Array, wanted: number): Uint32Array {
    const { size } = this
    if (size <= wanted) return allRows(size)
    const scorer = new SketchScorer(query)
    const scores = new Int32Array(size)
    for (let row = 0; row < size; row += rowsPerChunk) {
      scorer.score(this.#chunkOf(row).sketches, scores.subarray(row, row + rowsPerChunk))
    }
    return rowsOfHighest(scores, scorer.highest, wanted)
  }

  #closest(query: Int8Array, norm: number, rows: Uint32Array, limit: number): Nearest[] {
    const similarities = new Float64Array(rows.length)
    // Rows come in order, so that a chunk is done with before the next begins.
    for (let from = 0; from < rows.length; ) {
      const place = Math.floor((rows[from] ?? 0) / rowsPerChunk)
      const { vectors, norms } = this.#chunkOf(place * rowsPerChunk)
      from = compareRows(query, vectors, norms, rows, from, place * rowsPerChunk, similarities)
    }
    for (let index = 0; index < rows.length; index += 1)
      similarities[index] = (similarities[index] ?? 0) * norm
    const bound = limit < rows.length ? (similarities.toSorted()[rows.length - limit] ?? -1) : -Infinity
    const found: Nearest[] = []
    for (let index = 0; index < rows.length; index += 1) {
      const similarity = similarities[index] ?? -1
      if (similarity < bound) continue
      found.push({ id: this.#ids[rows[index] ?? 0] ?? 0, similarity: Math.max(-1, Math.min(1, similarity)) })
    }
    // Equal ones by their number, so that the same question always has the same answer.
    return found.sort((a, b) => b.similarity - a.similarity || a.id - b.id).slice(0, limit)
  }

  #chunkOf(row: number): Chunk {
    const place = Math.floor(row / rowsPerChunk)
    const known = this.#chunks[place]
    if (known !== undefined) return known
    const chunk: Chunk = {
      vectors: new Int8Array(rowsPerChunk * dimensions),
      sketches: new Uint8Array(rowsPerChunk * bytesPerSketch),
      norms: new Float32Array(rowsPerChunk),
    }
    this.#chunks[place] = chunk
    return chunk
  }
}

function allRows(count: number): Uint32Array {
  const rows = new Uint32Array(count)
  for (let row = 0; row < count; row += 1) rows[row] = row
  return rows
}

/** The products of the query with the rows of one chunk, from `from` on; gives the first that is of another chunk. */
function compareRows(
  query: Int8Array,
  vectors: Int8Array,
  norms: Float32Array,
  rows: Uint32Array,
  from: number,
  firstRow: number,
  into: Float64Array,
): number {
  let index = from
  for (; index < rows.length; index += 1) {
    const within = (rows[index] ?? 0) - firstRow
    if (within >= rowsPerChunk) break
    into[index] = dot(query, vectors, within * dimensions) * (norms[within] ?? emptyNorm)
  }
  return index
}

/** Four sums at once: the processor need not wait for one addition before the next. */
function dot(query: Int8Array, vectors: Int8Array, offset: number): number {
  let first = 0
  let second = 0
  let third = 0
  let fourth = 0
  for (let place = 0; place < dimensions; place += 4) {
    first += (vectors[offset + place] ?? 0) * (query[place] ?? 0)
    second += (vectors[offset + place + 1] ?? 0) * (query[place + 1] ?? 0)
    third += (vectors[offset + place + 2] ?? 0) * (query[place + 2] ?? 0)
    fourth += (vectors[offset + place + 3] ?? 0) * (query[place + 3] ?? 0)
  }
  return first + second + third + fourth
}

function inverseLength(vector: Int8Array): number {
  const square = dot(vector, vector, 0)
  return square === 0 ? 0 : 1 / Math.sqrt(square)
}
