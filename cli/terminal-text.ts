/** Everything that could steer a terminal or turn a line around: control characters and direction marks. */
const steering = /[\p{Cc}\u200e\u200f\u2028-\u202e\u2066-\u2069]+/gu

/** Empties a terminal and what it scrolled away. */
export const clearScreen = '\u001b[H\u001b[2J\u001b[3J'

/** Text from a page or a title, made harmless for a terminal, on one line. */
export function plainText(text: string): string {
  return text.replaceAll(steering, ' ').replaceAll(/\s+/g, ' ').trim()
}

/** One line of JSON that holds no raw control characters, which `JSON.stringify` leaves in from U+007F on. */
export function jsonLine(value: unknown): string {
  const escaped = JSON.stringify(value).replaceAll(new RegExp(steering.source, 'gu'), characters =>
    [...characters].map(one => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''),
  )
  return `${escaped}\n`
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })
const wide =
  /^[\p{Emoji_Presentation}\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]/u

/** How many columns a terminal gives to a text. */
export function displayWidth(text: string): number {
  let width = 0
  for (const { segment } of graphemes.segment(text)) width += wide.test(segment) ? 2 : 1
  return width
}

/** The beginning of a text that fits into so many columns, with an ellipsis where something was left out. */
export function fitted(text: string, columns: number): string {
  if (displayWidth(text) <= columns) return text
  let fit = ''
  let width = 0
  for (const { segment } of graphemes.segment(text)) {
    width += displayWidth(segment)
    if (width > columns - 1) break
    fit += segment
  }
  return `${fit}…`
}

/** Text of a page in lines that fit, each behind so many spaces. */
export function indented(text: string, spaces: number, columns: number): string[] {
  const width = Math.max(20, Math.min(columns, 100) - spaces)
  const lines: string[] = []
  let line = ''
  for (const word of plainText(text).split(/\s+/)) {
    if (line !== '' && displayWidth(line) + 1 + displayWidth(word) > width) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line].map(one => ' '.repeat(spaces) + one)
}

export function padEnd(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - displayWidth(text)))
}

export function padStart(text: string, columns: number): string {
  return ' '.repeat(Math.max(0, columns - displayWidth(text))) + text
}
