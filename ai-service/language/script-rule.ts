import { type Script, type ScriptProfile, scriptNames } from './scripts.ts'

/** What the script alone decides: one language, a choice for the model, or nothing. */
export type ScriptVerdict =
  | { readonly kind: 'decided'; readonly tag: string; readonly confidence: number }
  | { readonly kind: 'open'; readonly script: ModelScript }
  | { readonly kind: 'unknown' }

/** Scripts that several languages share, so that the model has to decide. */
export const modelScripts = ['Latin', 'Cyrillic', 'Arabic', 'Devanagari'] as const
export type ModelScript = (typeof modelScripts)[number]

/** Scripts in which nearly every page of the web is in one language. */
const onlyLanguage: Partial<Record<Script, string>> = {
  Greek: 'el',
  Armenian: 'hy',
  Hebrew: 'he',
  Bengali: 'bn',
  Gurmukhi: 'pa',
  Gujarati: 'gu',
  Odia: 'or',
  Tamil: 'ta',
  Telugu: 'te',
  Kannada: 'kn',
  Malayalam: 'ml',
  Sinhala: 'si',
  Thai: 'th',
  Lao: 'lo',
  Tibetan: 'bo',
  Myanmar: 'my',
  Georgian: 'ka',
  Hangul: 'ko',
  Khmer: 'km',
}

/** Share of kana among kana and Han from which a text is Japanese: running Japanese text has over a third. */
const leastKanaShare = 0.08

/** Share of the letters below from which Ethiopic text is Tigrinya; in Amharic they are next to unused. */
const leastTigrinyaShare = 0.015

/** Decides by script where one script has one language. `text` is what `profile` was made from. */
export function decideByScript(text: string, profile: ScriptProfile): ScriptVerdict {
  const { dominant, share, letters } = profile
  if (dominant === null) return { kind: 'unknown' }
  const open = modelScripts.find(script => script === dominant)
  if (open !== undefined) return { kind: 'open', script: open }
  const tag =
    dominant === 'Han'
      ? japaneseOrChinese(letters)
      : dominant === 'Ethiopic'
        ? tigrinyaOrAmharic(text, letters)
        : onlyLanguage[dominant]
  return tag === undefined ? { kind: 'unknown' } : { kind: 'decided', tag, confidence: Math.min(0.99, share) }
}

function japaneseOrChinese(letters: Uint32Array): string {
  const kana = letters[scriptNames.indexOf('Kana')] ?? 0
  const han = letters[scriptNames.indexOf('Han')] ?? 0
  return kana / (kana + han) >= leastKanaShare ? 'ja' : 'zh'
}

/**
 * Tigrinya writes the glottal vowel as U+12A3 and has the series U+1250 (QHA) and U+12B8 (KXA); Amharic writes
 * U+12A0 and lacks both series.
 */
function tigrinyaOrAmharic(text: string, letters: Uint32Array): string {
  let marks = 0
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    if (unit === 0x12a3 || (unit >= 0x1250 && unit <= 0x125d) || (unit >= 0x12b8 && unit <= 0x12c5)) marks++
  }
  return marks / (letters[scriptNames.indexOf('Ethiopic')] ?? 1) >= leastTigrinyaShare ? 'ti' : 'am'
}
