import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Vocabulary } from '../../embedding/tokenizer.ts'

/** Texts as rows and weights, one after the other; a text that comes twice is kept once. */
export class RaggedTexts {
  readonly #vocabulary: Vocabulary
  readonly #places = new Map<string, number>()
  readonly #rows: number[] = []
  readonly #weights: number[] = []
  readonly #offsets: number[] = [0]

  constructor(vocabulary: Vocabulary) {
    this.#vocabulary = vocabulary
  }

  add(text: string): number {
    const known = this.#places.get(text)
    if (known !== undefined) return known
    const { rows, weights } = this.#vocabulary.featuresOf(text)
    for (const row of rows) this.#rows.push(row)
    for (const weight of weights) this.#weights.push(weight)
    this.#offsets.push(this.#rows.length)
    this.#places.set(text, this.#places.size)
    return this.#places.size - 1
  }

  write(out: string, name: string): void {
    writeArray(out, `${name}-rows`, Int32Array.from(this.#rows))
    writeArray(out, `${name}-weights`, Float32Array.from(this.#weights))
    writeArray(out, `${name}-offsets`, Int32Array.from(this.#offsets))
    console.log(`${this.#places.size} texts, ${this.#rows.length} rows`)
  }
}

/** Writes numbers as they lie in memory, little-endian, to `<out>/<name>.bin`. */
export function writeArray(out: string, name: string, data: Int32Array | Float32Array): void {
  writeFileSync(join(out, `${name}.bin`), new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
}
