import type { Colour } from '../scene/colour.ts'
import { transparent } from '../scene/colour.ts'
import type { Quad, Texture } from '../scene/scene.ts'
import { numbersOfQuad } from './quad-shaders.ts'

/** Quads that follow one another and need no more than one texture: one call draws them. */
export interface Batch {
  readonly texture: Texture | null
  readonly first: number
  readonly count: number
}

/** Quads as the numbers that the shader takes, in one growing buffer. */
export class QuadBatches {
  #numbers = new Float32Array(numbersOfQuad * 256)
  #batches: Batch[] = []

  get numbers(): Float32Array<ArrayBuffer> {
    return this.#numbers
  }

  get batches(): readonly Batch[] {
    return this.#batches
  }

  fill(quads: readonly Quad[]): void {
    if (quads.length * numbersOfQuad > this.#numbers.length)
      this.#numbers = new Float32Array(numbersOfQuad * quads.length * 2)
    this.#batches = []
    let texture: Texture | null = null
    let first = 0
    for (const [index, quad] of quads.entries()) {
      if (quad.texture !== null && texture !== null && !isSame(texture, quad.texture)) {
        this.#batches.push({ texture, first, count: index - first })
        first = index
        texture = quad.texture
      } else texture ??= quad.texture
      this.#write(quad, index * numbersOfQuad)
    }
    if (quads.length > first) this.#batches.push({ texture, first, count: quads.length - first })
  }

  #write({ x, y, width, height, radius, fill, border, texture, opacity }: Quad, at: number): void {
    const numbers = this.#numbers
    const isPicture = texture?.kind === 'picture'
    const crop = texture?.crop ?? wholeTexture
    set(numbers, at, x, y, width, height)
    set(numbers, at + 4, crop.left, crop.top, crop.right, crop.bottom)
    setColour(numbers, at + 8, fill)
    setColour(numbers, at + 12, border?.colour ?? transparent)
    const kind = texture === null ? 0 : isPicture ? 1 : 2
    set(numbers, at + 16, radius, border?.width ?? 0, kind, isPicture && texture.isGrey ? 1 : 0)
    const brightness = isPicture ? texture.brightness : 1
    set(numbers, at + 20, opacity, brightness, isPicture ? texture.opacity : 1, 0)
  }
}

const wholeTexture = { left: 0, top: 0, right: 1, bottom: 1 }

function isSame(one: Texture, other: Texture): boolean {
  if (one.kind === 'glyphs') return other.kind === 'glyphs' && one.page === other.page
  return other.kind === 'picture' && one.id === other.id && one.contextId === other.contextId
}

function setColour(numbers: Float32Array, at: number, [red, green, blue, opacity]: Colour): void {
  set(numbers, at, red, green, blue, opacity)
}

function set(numbers: Float32Array, at: number, a: number, b: number, c: number, d: number): void {
  numbers[at] = a
  numbers[at + 1] = b
  numbers[at + 2] = c
  numbers[at + 3] = d
}
