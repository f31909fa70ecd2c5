import type { GroupHue } from './overview-scene.ts'

const hues: readonly GroupHue[] = ['moss', 'teal', 'sky', 'indigo', 'plum', 'rose', 'ochre', 'slate']

/** The same colour for the same name, wherever it is drawn and in every session. */
export function groupHue(name: string): GroupHue {
  let sum = 0
  for (const character of name) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 9_973
  return hues[sum % hues.length] ?? 'slate'
}
