import type { Painter } from '../scene/painter.ts'
import type { Quad } from '../scene/scene.ts'

const one: Quad = {
  x: 0,
  y: 0,
  width: 8,
  height: 8,
  radius: 2,
  fill: [0, 0, 0, 1],
  border: { width: 1, colour: [1, 1, 1, 1] },
  texture: null,
  opacity: 0.5,
}

/**
 * Draws once what will be drawn often. Drivers finish compiling a program when it first draws, which takes longer than any
 * frame may; nobody is looking yet.
 */
export function warmUp(painter: Painter): void {
  painter.paint({ width: 8, height: 8, scale: 1, background: [0, 0, 0, 1], quads: [one] })
  painter.readPixels()
}
