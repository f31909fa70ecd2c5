/** One word that was searched for. */
export interface Term {
  /** Without marks and in lower case. */
  readonly folded: string
  /** As an FTS5 expression: quoted, so that no operator can come out of it. */
  readonly expression: string
  /** The word goes on, as the last one does while it is being typed. */
  readonly isPrefix: boolean
  /** Written without spaces between words, where the index knows single characters. */
  readonly isRun: boolean
}

const mostTerms = 16
const words = /[\p{L}\p{N}\p{M}]+/gu
const marks = /\p{M}/gu
const withoutSpaces =
  '[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}]'
const oneWithoutSpaces = new RegExp(withoutSpaces, 'gu')
const anyWithoutSpaces = new RegExp(withoutSpaces, 'u')
/** Shorter beginnings of words match too much to say anything. */
const shortestPrefix = 2

/** As the index compares words: without marks, in lower case. */
export function folded(text: string): string {
  return text.normalize('NFD').replace(marks, '').toLowerCase()
}

/** The text with spaces around characters of scripts that have none between words; null where that changes nothing. */
export function spacedOut(text: string): string | null {
  return anyWithoutSpaces.test(text) ? text.replace(oneWithoutSpaces, ' $& ') : null
}

/** The words of a query, each once. Any text is a query. */
export function termsOf(query: string): readonly Term[] {
  const found = new Map<string, Term>()
  const all = [...query.matchAll(words)]
  for (const [index, match] of all.entries()) {
    const [word] = match
    const key = folded(word)
    if (key === '' || found.size >= mostTerms) continue
    const isLast = index === all.length - 1 && match.index + word.length === query.length
    const isRun = anyWithoutSpaces.test(word)
    const isPrefix = isLast && !isRun && [...key].length >= shortestPrefix
    const expression = `"${(spacedOut(word) ?? word).trim()}"${isPrefix ? '*' : ''}`
    if (found.get(key)?.isPrefix !== true) found.set(key, { folded: key, expression, isPrefix, isRun })
  }
  return [...found.values()]
}

/** Which of the terms a text holds. */
export function termsIn(text: string, terms: readonly Term[]): readonly Term[] {
  const whole = folded(text)
  const known = new Set(whole.match(words) ?? [])
  return terms.filter(term => {
    if (term.isRun) return whole.includes(term.folded)
    if (known.has(term.folded)) return true
    if (!term.isPrefix) return false
    for (const word of known) if (word.startsWith(term.folded)) return true
    return false
  })
}
