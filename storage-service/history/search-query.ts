/** What a person typed, as SQLite's full-text search and as plain matching understand it. */
export interface SearchQuery {
  /** An FTS5 expression of quoted words only, so that no operator can come out of the text; null without words. */
  readonly fullText: string | null
  /** The words, folded as the index folds them: in small letters and without accents; each is to begin a word. */
  readonly words: readonly string[]
  /** The same as FTS5 expressions, in the same order. */
  readonly terms: readonly string[]
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

const accents = /\p{M}/gu
const beyondAscii = /[^\0-\x7f]/

/** In small letters and without accents, as the index has its words. */
export function folded(text: string): string {
  const lowered = text.toLowerCase()
  return beyondAscii.test(lowered) ? lowered.normalize('NFD').replaceAll(accents, '') : lowered
}

/** Says whether each of these folded words begins a word of the text. */
export function wordMatcher(words: readonly string[]): (text: string) => boolean {
  const starts = words.map(word => new RegExp(`(?<![\\p{L}\\p{N}])${word}`, 'u'))
  return text => {
    const plain = folded(text)
    return starts.every(start => start.test(plain))
  }
}

/** Every word has to occur, each as the beginning of a word. Any text is a query; null for blank text. */
export function parseSearchQuery(text: string): SearchQuery | null {
  const trimmed = text.trim()
  if (trimmed === '') return null
  const found = (trimmed.match(words) ?? []).slice(0, maxWords)
  const parts = found.length > 0 ? found : trimmed.split(/\s+/).slice(0, maxWords)
  // A quote cannot be in a word, so quoting needs no escape.
  const terms = found.map(word => `"${word}"*`)
  return {
    fullText: found.length === 0 ? null : terms.join(' '),
    words: found.map(folded),
    terms,
    patterns: parts.map(part => `%${part.replaceAll(/[\\%_]/g, '\\$&').replaceAll('\u0000', '')}%`),
    needsScan: found.length === 0 || writtenWithoutSpaces.test(trimmed),
  }
}
