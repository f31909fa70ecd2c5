import { below, type Random } from '../../random.ts'

/** What kinds of page are drawn; each has a layout of its own in `layouts.ts`. */
export const designKinds = [
  'signIn',
  'article',
  'front',
  'documentation',
  'dashboard',
  'product',
  'forum',
  'results',
  'landing',
  'gallery',
] as const
export type DesignKind = (typeof designKinds)[number]

/** How the pages of one site look, whatever they say. */
export interface Design {
  readonly kind: DesignKind
  readonly colours: {
    readonly ground: string
    readonly plate: string
    readonly text: string
    readonly quiet: string
    readonly accent: string
    readonly head: string
    readonly onHead: string
  }
  readonly font: string
  readonly textPx: number
  readonly radiusPx: number
  readonly headPx: number
  readonly isHeadCentred: boolean
  readonly logo: {
    readonly shape: 'disc' | 'square' | 'bar' | 'ring' | 'pair' | 'triangle'
    readonly px: number
  }
  readonly side: 'left' | 'right'
  readonly sidePx: number
  readonly columns: number
  readonly widthPx: number
  /** A picture or a field of colour under the head. */
  readonly bannerPx: number
  readonly hasBorders: boolean
  /** For the parts that vary by site and have no name here. */
  readonly variant: number
}

const fonts = ['Arial', 'Georgia', 'Verdana', 'monospace', 'serif', 'sans-serif', 'DejaVu Sans Condensed']

/** Draws a design. The same numbers give the same design. */
export function drawDesign(random: Random, kind: DesignKind): Design {
  const hue = below(random, 360)
  const isDark = random() < 0.15
  const isTinted = random() < 0.35
  const lightness = isDark ? 8 + below(random, 14) : 100 - below(random, isTinted ? 12 : 4)
  const accent = `hsl(${hue} ${35 + below(random, 60)}% ${30 + below(random, 30)}%)`
  const ground = `hsl(${isTinted ? hue : below(random, 360)} ${isTinted ? 15 + below(random, 40) : 4}% ${lightness}%)`
  const isHeadPlain = random() < 0.4
  const isHeadDark = random() < 0.4
  const head = isHeadPlain ? ground : isHeadDark ? `hsl(${hue} 20% ${10 + below(random, 12)}%)` : accent
  return {
    kind,
    colours: {
      ground,
      plate: isDark ? `hsl(${hue} 8% ${lightness + 7}%)` : random() < 0.7 ? '#fff' : `hsl(${hue} 30% 97%)`,
      text: isDark ? '#e8e8e8' : `hsl(${hue} 10% ${8 + below(random, 20)}%)`,
      quiet: isDark ? '#9a9a9a' : `hsl(${hue} 6% ${42 + below(random, 20)}%)`,
      accent,
      head,
      onHead: isHeadPlain && !isDark ? '#222' : '#fff',
    },
    font: fonts[below(random, fonts.length)] ?? 'Arial',
    textPx: 13 + below(random, 6),
    radiusPx: [0, 2, 4, 8, 16, 24][below(random, 6)] ?? 0,
    headPx: 40 + below(random, 60),
    isHeadCentred: random() < 0.25,
    logo: {
      shape: (['disc', 'square', 'bar', 'ring', 'pair', 'triangle'] as const)[below(random, 6)] ?? 'disc',
      px: 20 + below(random, 28),
    },
    side: random() < 0.5 ? 'left' : 'right',
    sidePx: 180 + below(random, 160),
    columns: 2 + below(random, 4),
    widthPx: 760 + below(random, 560),
    bannerPx: random() < 0.4 ? 90 + below(random, 240) : 0,
    hasBorders: random() < 0.5,
    variant: below(random, 1_000),
  }
}
