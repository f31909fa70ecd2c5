/** What a person typed, as SQLite's full-text search and as plain matching understand it. */
export interface SearchQuery {
  /** An FTS5 expression of quoted words only, so that no operator can come out of the text; null without words. */
  readonly fullText: string | null
  /** Patterns for LIKE with `\` as escape; all have to match. */
  readonly patterns: readonly string[]
  /**
   * True when the index cannot find it: no words at all, or writing without spaces between words, of which the index
   * knows only whole runs.
   */
  readonly needsScan: boolean
}

const maxWords = 16
const words = /[\p{L}\p{N}\p{M}]+/gu
const writtenWithoutSpaces =
  /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Thai}|\p{Script=Lao}|\p{Script=Khmer}|\p{Script=Myanmar}/u

/** Every word has to occur, each as the beginning of a word. Any text is a query; null for blank text. */
export function parseSearchQuery(text: string): SearchQuery | null {
  const trimmed = text.trim()
  if (trimmed === '') return null
  const found = (trimmed.match(words) ?? []).slice(0, maxWords)
  const parts = found.length > 0 ? found : trimmed.split(/\s+/).slice(0, maxWords)
  return {
    // A quote cannot be in a word, so quoting needs no escape.
    fullText: found.length === 0 ? null : found.map(word => `"${word}"*`).join(' '),
    patterns: parts.map(part => `%${part.replaceAll(/[\\%_]/g, '\\$&').replaceAll('\u0000', '')}%`),
    needsScan: found.length === 0 || writtenWithoutSpaces.test(trimmed),
  }
}
