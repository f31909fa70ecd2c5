import type { GroupHue } from '../../contracts/overview-scene.ts'
import { type Colour, readColour, transparent } from './colour.ts'

const roles = {
  surface: '--bg-surface',
  sunken: '--bg-sunken',
  raised: '--bg-raised',
  hover: '--bg-hover-2',
  line: '--line',
  line2: '--line-2',
  lineControl: '--line-ui',
  text: '--text',
  text2: '--text-2',
  text3: '--text-3',
  accent: '--accent',
  onAccent: '--on-accent',
  accentText: '--accent-text',
  accentSoft: '--accent-soft',
  focus: '--focus',
  warn: '--warn',
  danger: '--danger',
  dangerText: '--danger-text',
} as const

const hues: readonly GroupHue[] = ['moss', 'teal', 'sky', 'indigo', 'plum', 'rose', 'ochre', 'slate']

/** The colours of the design tokens as they are now, and what follows from their being dark. */
export type Palette = Readonly<Record<keyof typeof roles, Colour>> & {
  readonly hue: Readonly<Record<GroupHue, Colour>>
  readonly isDark: boolean
  /** Of the families for words and for numbers, as CSS names them. */
  readonly words: string
  readonly numbers: string
}

/** Reads the tokens of the document. They change with the theme, and with what the person asks of the system. */
export function readPalette(document: Document): Palette {
  const probe = document.createElement('i')
  document.documentElement.append(probe)
  const style = getComputedStyle(probe)
  function resolve(token: string): Colour {
    probe.style.color = `var(${token})`
    return readColour(style.color) ?? transparent
  }
  const colours = Object.fromEntries(Object.entries(roles).map(([role, token]) => [role, resolve(token)]))
  const hue = Object.fromEntries(hues.map(name => [name, resolve(`--hue-${name}`)]))
  probe.remove()
  const root = getComputedStyle(document.documentElement)
  const [red, green, blue] = colours.surface ?? transparent
  return {
    ...(colours as Record<keyof typeof roles, Colour>),
    hue: hue as Record<GroupHue, Colour>,
    isDark: red + green + blue < 1.5,
    words: root.getPropertyValue('--font-ui').trim() || 'sans-serif',
    numbers: root.getPropertyValue('--font-mono').trim() || 'monospace',
  }
}
