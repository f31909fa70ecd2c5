import type { Colour } from './colour.ts'

/** A rectangle in CSS pixels of the view. */
export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** A part of a texture, 0 to 1 from its left upper corner. */
export interface Crop {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** What fills a quad besides its colour. */
export type Texture =
  | {
      readonly kind: 'picture'
      readonly contextId: string
      readonly id: string
      readonly crop: Crop
      readonly isGrey: boolean
      /** 1 leaves it as it is. */
      readonly brightness: number
      readonly opacity: number
    }
  /** A label or an icon from the atlas; drawn pixel by pixel when the quad has its size. */
  | { readonly kind: 'glyphs'; readonly page: number; readonly crop: Crop }

/** A rectangle with rounded corners: all that is ever drawn is made of these. */
export interface Quad extends Box {
  readonly radius: number
  readonly fill: Colour
  /** Drawn inside the edge. */
  readonly border: { readonly width: number; readonly colour: Colour } | null
  readonly texture: Texture | null
  /** Of everything in it, 0 to 1. */
  readonly opacity: number
}

/** One picture of the view: quads over a background, those that come first lie deepest. */
export interface Scene {
  readonly width: number
  readonly height: number
  /** Device pixels in a CSS pixel. */
  readonly scale: number
  readonly background: Colour
  readonly quads: readonly Quad[]
}

/** The part of a picture that fills a box without being stretched: its upper end, cut at the sides alike. */
export function coverCrop(
  picture: { readonly width: number; readonly height: number },
  box: { readonly width: number; readonly height: number },
): Crop {
  const ratio = box.width / box.height / (picture.width / picture.height)
  if (!Number.isFinite(ratio)) return { left: 0, top: 0, right: 1, bottom: 1 }
  if (ratio >= 1) return { left: 0, top: 0, right: 1, bottom: 1 / ratio }
  return { left: (1 - ratio) / 2, top: 0, right: (1 + ratio) / 2, bottom: 1 }
}

/** Between two crops. */
export function mixCrops(from: Crop, to: Crop, part: number): Crop {
  const mix = (a: number, b: number): number => a + (b - a) * part
  return {
    left: mix(from.left, to.left),
    top: mix(from.top, to.top),
    right: mix(from.right, to.right),
    bottom: mix(from.bottom, to.bottom),
  }
}
