/** Red, green, blue and how opaque, 0 to 1 each, as sRGB has them; colours are not multiplied by their opacity. */
export type Colour = readonly [red: number, green: number, blue: number, opacity: number]

export const transparent: Colour = [0, 0, 0, 0]

/** As `getComputedStyle` writes a colour: `rgb(…)`, `rgba(…)`, or `color(srgb …)` for mixtures. Null for all else. */
export function readColour(text: string): Colour | null {
  const parts = /^(rgba?|color)\((?:srgb )?([^)]*)\)$/.exec(text.trim())
  if (parts === null) return null
  const numbers = (parts[2] ?? '').split(/[\s,/]+/).map(Number)
  const [red = Number.NaN, green = Number.NaN, blue = Number.NaN, opacity = 1] = numbers
  if (![red, green, blue, opacity].every(Number.isFinite)) return null
  const largest = parts[1] === 'color' ? 1 : 255
  return [red / largest, green / largest, blue / largest, opacity]
}

export function withOpacity([red, green, blue, opacity]: Colour, factor: number): Colour {
  return [red, green, blue, opacity * factor]
}

/** As CSS and the canvas take it. */
export function cssColour([red, green, blue, opacity]: Colour): string {
  const byte = (part: number): number => Math.round(part * 255)
  return `rgba(${byte(red)}, ${byte(green)}, ${byte(blue)}, ${opacity})`
}
