import type { TextureBudget } from '../pictures/texture-budget.ts'
import { cssColour } from '../scene/colour.ts'
import type { GlyphAtlas } from '../scene/glyph-atlas.ts'
import type { Painter, PictureSource, Size } from '../scene/painter.ts'
import type { Crop, Quad, Scene } from '../scene/scene.ts'

interface Kept extends Size {
  readonly canvas: OffscreenCanvas
  /** Without its colours; made when it is first drawn so. */
  grey: OffscreenCanvas | null
}

/** Draws the same scenes with a plain canvas, without a graphics processor. */
export class SoftwarePainter implements Painter {
  readonly path = 'software'
  readonly canvas: HTMLCanvasElement
  readonly #drawing: CanvasRenderingContext2D
  readonly #budget: TextureBudget
  readonly #atlas: GlyphAtlas
  readonly #pictures = new Map<string, Kept>()

  constructor(canvas: HTMLCanvasElement, budget: TextureBudget, atlas: GlyphAtlas) {
    this.canvas = canvas
    this.#budget = budget
    this.#atlas = atlas
    const drawing = canvas.getContext('2d', { willReadFrequently: true })
    if (drawing === null) throw new Error('A canvas for plain drawing was refused')
    this.#drawing = drawing
  }

  putPicture(contextId: string, id: string, source: PictureSource, size: Size): boolean {
    const evicted = this.#budget.put(contextId, id, size.width * size.height * 4)
    for (const one of evicted) this.#pictures.delete(keyOf(contextId, one))
    if (evicted.includes(id)) return false
    this.#pictures.set(keyOf(contextId, id), { ...size, canvas: copyOf(source, size, 'none'), grey: null })
    return true
  }

  forgetPicture(contextId: string, id: string): void {
    this.#budget.remove(contextId, id)
    this.#pictures.delete(keyOf(contextId, id))
  }

  sizeOf(contextId: string, id: string): Size | null {
    return this.#pictures.get(keyOf(contextId, id)) ?? null
  }

  paint(scene: Scene): void {
    const { canvas } = this
    const width = Math.max(1, Math.round(scene.width * scene.scale))
    const height = Math.max(1, Math.round(scene.height * scene.scale))
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height })
    const drawing = this.#drawing
    drawing.setTransform(1, 0, 0, 1, 0, 0)
    drawing.globalAlpha = 1
    drawing.clearRect(0, 0, width, height)
    drawing.fillStyle = cssColour(scene.background)
    drawing.fillRect(0, 0, width, height)
    drawing.setTransform(scene.scale, 0, 0, scene.scale, 0, 0)
    for (const quad of scene.quads) this.#drawQuad(quad)
  }

  readPixels(): ImageData {
    return this.#drawing.getImageData(0, 0, this.canvas.width, this.canvas.height)
  }

  readPicture(contextId: string, id: string, size: Size): ImageData | null {
    const kept = this.#pictures.get(keyOf(contextId, id))
    if (kept === undefined) return null
    const copy = copyOf(kept.canvas, size, 'none')
    return copy.getContext('2d')?.getImageData(0, 0, size.width, size.height) ?? null
  }

  [Symbol.dispose](): void {
    this.#pictures.clear()
  }

  #drawQuad(quad: Quad): void {
    const drawing = this.#drawing
    const { width, height, border, texture } = quad
    const radius = Math.min(quad.radius, width / 2, height / 2)
    drawing.globalAlpha = quad.opacity
    if (quad.fill[3] > 0) {
      drawing.fillStyle = cssColour(quad.fill)
      tracePath(drawing, quad, radius, 0)
      drawing.fill()
    }
    if (texture !== null) {
      drawing.save()
      if (radius > 0) {
        tracePath(drawing, quad, radius, 0)
        drawing.clip()
      }
      if (texture.kind === 'glyphs')
        this.#drawPart(this.#atlas.pages[texture.page]?.canvas, texture.crop, quad)
      else this.#drawPicture(texture, quad)
      drawing.restore()
    }
    if (border !== null && border.width > 0) {
      drawing.lineWidth = border.width
      drawing.strokeStyle = cssColour(border.colour)
      tracePath(drawing, quad, Math.max(0, radius - border.width / 2), border.width / 2)
      drawing.stroke()
    }
  }

  #drawPicture(texture: Extract<NonNullable<Quad['texture']>, { kind: 'picture' }>, quad: Quad): void {
    const kept = this.#pictures.get(keyOf(texture.contextId, texture.id))
    if (kept === undefined) return
    this.#budget.touch(texture.contextId, texture.id)
    const drawing = this.#drawing
    if (texture.isGrey) kept.grey ??= copyOf(kept.canvas, kept, 'grayscale(1)')
    drawing.globalAlpha = quad.opacity * texture.opacity
    drawing.imageSmoothingQuality = 'medium'
    this.#drawPart(texture.isGrey ? (kept.grey ?? kept.canvas) : kept.canvas, texture.crop, quad)
    if (texture.brightness < 1) {
      // Black over it dims opaque pictures exactly as much as multiplying does.
      drawing.globalAlpha = quad.opacity * texture.opacity * (1 - texture.brightness)
      drawing.fillStyle = '#000'
      drawing.fillRect(quad.x, quad.y, quad.width, quad.height)
    }
  }

  #drawPart(source: OffscreenCanvas | undefined, crop: Crop, { x, y, width, height }: Quad): void {
    if (source === undefined) return
    this.#drawing.drawImage(
      source,
      crop.left * source.width,
      crop.top * source.height,
      (crop.right - crop.left) * source.width,
      (crop.bottom - crop.top) * source.height,
      x,
      y,
      width,
      height,
    )
  }
}

function keyOf(contextId: string, id: string): string {
  return `${contextId}\n${id}`
}

function tracePath(
  drawing: CanvasRenderingContext2D,
  { x, y, width, height }: Quad,
  radius: number,
  inset: number,
): void {
  drawing.beginPath()
  drawing.roundRect(x + inset, y + inset, width - 2 * inset, height - 2 * inset, radius)
}

function copyOf(source: PictureSource, { width, height }: Size, filter: string): OffscreenCanvas {
  const canvas = new OffscreenCanvas(width, height)
  const drawing = canvas.getContext('2d', { willReadFrequently: true })
  if (drawing === null) throw new Error('A canvas for a picture was refused')
  drawing.filter = filter
  drawing.imageSmoothingQuality = 'high'
  if (source instanceof ImageData) drawing.putImageData(source, 0, 0)
  else drawing.drawImage(source, 0, 0, width, height)
  return canvas
}
