import { type Colour, transparent } from './colour.ts'
import type { Placed } from './lettering.ts'
import type { Box, Quad } from './scene.ts'

/** A rectangle of one colour. */
export function plain(box: Box, fill: Colour, radius = 0): Quad {
  return { ...box, radius, fill, border: null, texture: null, opacity: 1 }
}

/** A rectangle with an edge inside its border. */
export function edged(box: Box, fill: Colour, colour: Colour, radius: number, width = 1): Quad {
  return { ...box, radius, fill, border: { width, colour }, texture: null, opacity: 1 }
}

/** Words or an icon with their left upper corner here. */
export function written(placed: Placed, x: number, y: number, opacity = 1): Quad {
  const { width, height, glyphs } = placed
  return {
    x,
    y,
    width,
    height,
    radius: 0,
    fill: transparent,
    border: null,
    opacity,
    texture: { kind: 'glyphs', page: glyphs.page, crop: glyphs.crop },
  }
}

/** Moves everything by pixels of the screen, so that words stay sharp: their pixels fall on those of the screen. */
export function snapped(quad: Quad, scale: number): Quad {
  const snap = (value: number): number => Math.round(value * scale) / scale
  return { ...quad, x: snap(quad.x), y: snap(quad.y) }
}

/** A view of the quads from elsewhere: every point goes to `(point - from) * scale + to`. */
export interface Camera {
  readonly from: { readonly x: number; readonly y: number }
  readonly to: { readonly x: number; readonly y: number }
  readonly scale: number
}

export function seenBy({ from, to, scale }: Camera, box: Box): Box {
  return {
    x: (box.x - from.x) * scale + to.x,
    y: (box.y - from.y) * scale + to.y,
    width: box.width * scale,
    height: box.height * scale,
  }
}

/** A quad as the camera sees it. */
export function filmed(camera: Camera, quad: Quad, opacity: number): Quad {
  return {
    ...quad,
    ...seenBy(camera, quad),
    radius: quad.radius * camera.scale,
    border: quad.border === null ? null : { ...quad.border, width: quad.border.width * camera.scale },
    opacity: quad.opacity * opacity,
  }
}

export function meets(one: Box, other: Box): boolean {
  return (
    one.x < other.x + other.width &&
    one.x + one.width > other.x &&
    one.y < other.y + other.height &&
    one.y + one.height > other.y
  )
}
