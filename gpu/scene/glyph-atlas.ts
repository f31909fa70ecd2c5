import type { Box, Crop } from './scene.ts'

/** A place in the atlas, in device pixels. */
export interface Glyphs {
  readonly page: number
  readonly crop: Crop
  readonly width: number
  readonly height: number
}

type Drawing = OffscreenCanvasRenderingContext2D

/** A page as those see it who have a copy. */
export interface AtlasPage {
  readonly canvas: OffscreenCanvas
  /** Counts what was drawn. */
  readonly version: number
  /** Where a copy of that version is old, in device pixels; null where it is not. */
  changedSince(version: number): Box | null
}

const side = 2_048
const mostPages = 4
/** Free pixels around each drawing: filtering reads a neighbour. */
const gap = 1

/**
 * Labels and icons, each drawn once and kept on a few pages until they are full; then all begins anew. Both ways of
 * drawing take their pixels from here, so that words look the same in both.
 */
export class GlyphAtlas {
  readonly #places = new Map<string, Glyphs>()
  readonly #pages: Page[] = []
  #isFull = false

  get bytes(): number {
    return this.#pages.length * side * side * 4
  }

  get pages(): readonly AtlasPage[] {
    return this.#pages
  }

  find(key: string): Glyphs | null {
    return this.#places.get(key) ?? null
  }

  /** Draws what is not there yet. Null when there is no room any more, until `beginFrame`. */
  obtain(key: string, width: number, height: number, draw: (drawing: Drawing) => void): Glyphs | null {
    const known = this.#places.get(key)
    if (known !== undefined) return known
    const place = this.#allot(Math.ceil(width), Math.ceil(height))
    if (place === null) {
      this.#isFull = true
      return null
    }
    const { page, x, y } = place
    page.draw({ x, y, width: Math.ceil(width), height: Math.ceil(height) }, draw)
    const glyphs = {
      page: this.#pages.indexOf(page),
      crop: {
        left: x / side,
        top: y / side,
        right: (x + Math.ceil(width)) / side,
        bottom: (y + Math.ceil(height)) / side,
      },
      width: Math.ceil(width),
      height: Math.ceil(height),
    }
    this.#places.set(key, glyphs)
    return glyphs
  }

  /** Makes room when there was none: places given out before are void then. */
  beginFrame(): void {
    if (this.#isFull) this.clear()
  }

  clear(): void {
    this.#isFull = false
    this.#places.clear()
    for (const page of this.#pages) page.clear()
  }

  #allot(width: number, height: number): { page: Page; x: number; y: number } | null {
    if (width > side - 2 * gap || height > side - 2 * gap) return null
    for (const page of this.#pages) {
      const place = page.place(width, height)
      if (place !== null) return { page, ...place }
    }
    if (this.#pages.length >= mostPages) return null
    const page = new Page()
    this.#pages.push(page)
    const place = page.place(width, height)
    return place === null ? null : { page, ...place }
  }
}

class Page implements AtlasPage {
  readonly canvas = new OffscreenCanvas(side, side)
  readonly #drawing: Drawing
  /** The n-th led to version n + 1. */
  #changes: Box[] = []
  #shelfTop = gap
  #shelfHeight = 0
  #right = gap

  constructor() {
    const drawing = this.canvas.getContext('2d', { willReadFrequently: true })
    if (drawing === null) throw new Error('A canvas for labels was refused')
    this.#drawing = drawing
  }

  get version(): number {
    return this.#changes.length
  }

  changedSince(version: number): Box | null {
    const changes = this.#changes.slice(version)
    if (changes.length === 0) return null
    const x = Math.min(...changes.map(change => change.x))
    const y = Math.min(...changes.map(change => change.y))
    const right = Math.max(...changes.map(change => change.x + change.width))
    const bottom = Math.max(...changes.map(change => change.y + change.height))
    return { x, y, width: right - x, height: bottom - y }
  }

  draw(box: Box, draw: (drawing: Drawing) => void): void {
    const drawing = this.#drawing
    drawing.save()
    drawing.translate(box.x, box.y)
    drawing.beginPath()
    drawing.rect(0, 0, box.width, box.height)
    drawing.clip()
    draw(drawing)
    drawing.restore()
    this.#changes.push(box)
  }

  clear(): void {
    this.#drawing.clearRect(0, 0, side, side)
    this.#shelfTop = gap
    this.#shelfHeight = 0
    this.#right = gap
    this.#changes.push({ x: 0, y: 0, width: side, height: side })
  }

  /** On the shelf that is being filled, or on a new one below it. */
  place(width: number, height: number): { x: number; y: number } | null {
    if (this.#right + width + gap > side) {
      this.#shelfTop += this.#shelfHeight + gap
      this.#shelfHeight = 0
      this.#right = gap
    }
    if (this.#shelfTop + height + gap > side) return null
    const place = { x: this.#right, y: this.#shelfTop }
    this.#right += width + gap
    this.#shelfHeight = Math.max(this.#shelfHeight, height)
    return place
  }
}
