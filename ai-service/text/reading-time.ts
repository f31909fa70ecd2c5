import type { TextDocument } from './document.ts'
import { primarySubtag } from './words.ts'

/**
 * Words a minute: Trauzettel-Klosinski and Dietz 2012, "Standardized assessment of reading performance: the new
 * International Reading Speed Texts IReST" (17 languages); English by the larger Brysbaert 2019, "How many words do
 * we read per minute?" (non-fiction, silent).
 */
const wordsAMinute: Readonly<Record<string, number>> = {
  ar: 138,
  de: 179,
  en: 238,
  es: 218,
  fi: 161,
  fr: 195,
  he: 187,
  it: 188,
  nl: 202,
  pl: 166,
  pt: 181,
  ru: 184,
  sl: 180,
  sv: 199,
  tr: 166,
}

/** Characters a minute for scripts without spaces, from the same IReST study. */
const charactersAMinute: Readonly<Record<string, number>> = { ja: 357, zh: 255 }

/** The mean over the languages of IReST, for every other one. */
const usualWordsAMinute = 184

/** Minutes that an adult takes to read the text, to a tenth; 0 only for no words at all. */
export function readingMinutes(document: Pick<TextDocument, 'language' | 'words' | 'characters'>): number {
  if (document.words === 0) return 0
  const language = primarySubtag(document.language)
  const perMinute = charactersAMinute[language]
  const minutes =
    perMinute === undefined
      ? document.words / (wordsAMinute[language] ?? usualWordsAMinute)
      : document.characters / perMinute
  return Math.max(0.1, Math.round(minutes * 10) / 10)
}
