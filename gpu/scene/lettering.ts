import { type Colour, cssColour } from './colour.ts'
import type { GlyphAtlas, Glyphs } from './glyph-atlas.ts'
import { type IconName, icons } from './icons.ts'

export interface TextStyle {
  /** As CSS writes it, in CSS pixels: `500 13px "Inter"`. */
  readonly font: string
  readonly colour: Colour
}

/** Written or drawn in the atlas, with its size in CSS pixels. */
export interface Placed {
  readonly glyphs: Glyphs
  readonly width: number
  readonly height: number
}

const ellipsis = '…'
const mostMeasured = 5_000

/** Words and icons in the atlas, at the density of the screen. */
export class Lettering {
  readonly #atlas: GlyphAtlas
  readonly #measure: OffscreenCanvasRenderingContext2D
  readonly #fitted = new Map<string, { readonly text: string; readonly width: number }>()
  #scale = 1

  constructor(atlas: GlyphAtlas) {
    this.#atlas = atlas
    const measure = new OffscreenCanvas(1, 1).getContext('2d')
    if (measure === null) throw new Error('A canvas for measuring was refused')
    this.#measure = measure
  }

  /** Everything written so far is written anew: another density, or a font that has arrived. */
  reset(scale: number): void {
    this.#scale = scale
    this.#fitted.clear()
    this.#atlas.clear()
  }

  /** One line, cut with an ellipsis where it is wider. Null when there is no room in the atlas, or nothing to write. */
  line(text: string, style: TextStyle, mostWidth: number): Placed | null {
    const shown = this.#fit(text, style.font, mostWidth)
    if (shown.text === '') return null
    const size = fontSize(style.font)
    const width = Math.ceil(shown.width) + 2
    const height = Math.ceil(size * 1.4)
    const scale = this.#scale
    const colour = cssColour(style.colour)
    const glyphs = this.#atlas.obtain(
      `${style.font}\n${colour}\n${shown.text}`,
      width * scale,
      height * scale,
      drawing => {
        drawing.scale(scale, scale)
        drawing.font = style.font
        drawing.fillStyle = colour
        drawing.textBaseline = 'alphabetic'
        // The middle of the letters without ascenders and descenders lies in the middle of the line.
        drawing.fillText(shown.text, 1, Math.round((height / 2 + size * 0.36) * scale) / scale)
      },
    )
    return glyphs === null ? null : { glyphs, width, height }
  }

  icon(name: IconName, size: number, colour: Colour, stroke = 2): Placed | null {
    const scale = this.#scale
    const css = cssColour(colour)
    const glyphs = this.#atlas.obtain(`icon ${name} ${size} ${css}`, size * scale, size * scale, drawing => {
      drawing.scale((size * scale) / 24, (size * scale) / 24)
      drawing.strokeStyle = css
      drawing.lineWidth = stroke
      drawing.lineCap = 'round'
      drawing.lineJoin = 'round'
      drawing.stroke(new Path2D(icons[name]))
    })
    return glyphs === null ? null : { glyphs, width: size, height: size }
  }

  /** A small picture, such as the icon of a site. */
  image(key: string, size: number, radius: number, source: CanvasImageSource): Placed | null {
    return this.#tile(`image ${key}`, size, drawing => {
      drawing.beginPath()
      drawing.roundRect(0, 0, size, size, radius)
      drawing.clip()
      drawing.imageSmoothingQuality = 'high'
      drawing.drawImage(source, 0, 0, size, size)
    })
  }

  /** A letter on a colour: the icon of a site that has none. */
  letter(letter: string, background: Colour, font: string, size: number, radius: number): Placed | null {
    const css = cssColour(background)
    return this.#tile(`letter ${letter} ${css}`, size, drawing => {
      drawing.fillStyle = css
      drawing.beginPath()
      drawing.roundRect(0, 0, size, size, radius)
      drawing.fill()
      drawing.font = font
      drawing.fillStyle = '#fff'
      drawing.textAlign = 'center'
      drawing.fillText(letter, size / 2, size / 2 + fontSize(font) * 0.36)
    })
  }

  widthOf(text: string, font: string): number {
    this.#measure.font = font
    return this.#measure.measureText(text).width
  }

  #tile(
    key: string,
    size: number,
    draw: (drawing: OffscreenCanvasRenderingContext2D) => void,
  ): Placed | null {
    const scale = this.#scale
    const glyphs = this.#atlas.obtain(`${key} ${size}`, size * scale, size * scale, drawing => {
      drawing.scale(scale, scale)
      draw(drawing)
    })
    return glyphs === null ? null : { glyphs, width: size, height: size }
  }

  #fit(text: string, font: string, mostWidth: number): { text: string; width: number } {
    const key = `${font}\n${Math.round(mostWidth)}\n${text}`
    const known = this.#fitted.get(key)
    if (known !== undefined) return known
    if (this.#fitted.size >= mostMeasured) this.#fitted.clear()
    const fitted = this.#cut(text.slice(0, 300), font, mostWidth)
    this.#fitted.set(key, fitted)
    return fitted
  }

  #cut(text: string, font: string, mostWidth: number): { text: string; width: number } {
    const width = this.widthOf(text, font)
    if (width <= mostWidth) return { text, width }
    const letters = [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment)
    let [fits, tooMany] = [0, letters.length]
    while (tooMany - fits > 1) {
      const middle = (fits + tooMany) >> 1
      const part = letters.slice(0, middle).join('').trimEnd() + ellipsis
      if (this.widthOf(part, font) <= mostWidth) fits = middle
      else tooMany = middle
    }
    const cut = fits === 0 ? '' : letters.slice(0, fits).join('').trimEnd() + ellipsis
    return { text: cut, width: this.widthOf(cut, font) }
  }
}

/** Of a font in pixels, as `500 13px "Inter"` names it. */
function fontSize(font: string): number {
  return Number(/(\d+(?:\.\d+)?)px/.exec(font)?.[1] ?? 13)
}
