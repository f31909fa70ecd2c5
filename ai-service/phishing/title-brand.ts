import type { Brand } from './brands.ts'
import { brandOfWord } from './brands.ts'
import { foldLetters } from './confusables.ts'
import { lureWords, titleFillers } from './word-lists.ts'

/**
 * The brand that a title presents as its own: what is left of one of its parts without the words of signing in is the
 * brand's name and nothing else. "PayPal: Log in" names one, "How to close a PayPal account" does not.
 */
export function brandOfTitle(title: string): Brand | null {
  const parts = title.slice(0, 300).split(/[|:·•»›–—]|\s-\s|\s\/\s/u)
  const hasLure = titleWords(title.slice(0, 300)).some(word => lureWords.has(word))
  for (const part of parts) {
    const words = titleWords(part)
    const rest = words.filter(word => !titleFillers.has(word))
    if (rest.length > 3 || words.length > 12) continue
    const found = brandOfWord(rest.join('')) ?? brandOfWord(words.join(''))
    if (found === null || found.word.isHostedAnywhere) continue
    // An ordinary word alone may be any site's title; one beside "sign in", with nothing else, is meant as the brand.
    if (found.word.isOrdinary && (parts.length > 1 || !hasLure)) continue
    return found.brand
  }
  return null
}

function titleWords(text: string): string[] {
  return foldLetters(text)
    .replace(/[.'’]/g, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter(word => word !== '')
}
