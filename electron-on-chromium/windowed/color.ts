/** Red, green and blue of 0 to 255, alpha of 0 to 1. */
export interface Rgba {
  readonly r: number
  readonly g: number
  readonly b: number
  readonly a: number
}

const hexadecimal = /^#(?:([0-9a-f]{2}))?([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i
const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/i

/** Reads an Electron colour, `#AARRGGBB`, `#RRGGBB` or `#RGB`; what is none of these counts as white. Pure. */
export function rgbaOf(color: string): Rgba {
  if (color.toLowerCase() === 'transparent') return { r: 0, g: 0, b: 0, a: 0 }
  const match = hexadecimal.exec(color.replace(short, '#$1$1$2$2$3$3'))
  if (!match) return { r: 255, g: 255, b: 255, a: 1 }
  const [, alpha = 'ff', red = 'ff', green = 'ff', blue = 'ff'] = match
  const value = (digits: string): number => Number.parseInt(digits, 16)
  return { r: value(red), g: value(green), b: value(blue), a: value(alpha) / 255 }
}

/** The same colour as CSS writes it: Electron writes the alpha first, CSS last. Pure. */
export function cssColor(color: string): string {
  const match = /^#([0-9a-f]{2})([0-9a-f]{6})$/i.exec(color)
  return match ? `#${match[2]}${match[1]}` : color
}
