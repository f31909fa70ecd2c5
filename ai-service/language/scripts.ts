/** Writing systems that are told apart. `Other` stands for every letter outside the table below. */
export const scriptNames = [
  'Other',
  'Latin',
  'Cyrillic',
  'Arabic',
  'Devanagari',
  'Greek',
  'Armenian',
  'Hebrew',
  'Bengali',
  'Gurmukhi',
  'Gujarati',
  'Odia',
  'Tamil',
  'Telugu',
  'Kannada',
  'Malayalam',
  'Sinhala',
  'Thai',
  'Lao',
  'Tibetan',
  'Myanmar',
  'Georgian',
  'Hangul',
  'Ethiopic',
  'Khmer',
  'Kana',
  'Han',
] as const
export type Script = (typeof scriptNames)[number]

/** Letter blocks by script, from the Unicode 16 block list: [first, last, script]. */
const blocks: readonly (readonly [number, number, Script])[] = [
  [0x41, 0x5a, 'Latin'],
  [0x61, 0x7a, 'Latin'],
  [0xc0, 0xd6, 'Latin'],
  [0xd8, 0xf6, 'Latin'],
  [0xf8, 0x2af, 'Latin'],
  [0x370, 0x3ff, 'Greek'],
  [0x400, 0x52f, 'Cyrillic'],
  [0x531, 0x587, 'Armenian'],
  [0x5d0, 0x5f2, 'Hebrew'],
  [0x620, 0x64a, 'Arabic'],
  [0x66e, 0x6d3, 'Arabic'],
  [0x6d5, 0x6ff, 'Arabic'],
  [0x750, 0x77f, 'Arabic'],
  [0x8a0, 0x8ff, 'Arabic'],
  [0x900, 0x97f, 'Devanagari'],
  [0x980, 0x9ff, 'Bengali'],
  [0xa00, 0xa7f, 'Gurmukhi'],
  [0xa80, 0xaff, 'Gujarati'],
  [0xb00, 0xb7f, 'Odia'],
  [0xb80, 0xbff, 'Tamil'],
  [0xc00, 0xc7f, 'Telugu'],
  [0xc80, 0xcff, 'Kannada'],
  [0xd00, 0xd7f, 'Malayalam'],
  [0xd80, 0xdff, 'Sinhala'],
  [0xe00, 0xe7f, 'Thai'],
  [0xe80, 0xeff, 'Lao'],
  [0xf00, 0xfff, 'Tibetan'],
  [0x1000, 0x109f, 'Myanmar'],
  [0x10a0, 0x10ff, 'Georgian'],
  [0x1100, 0x11ff, 'Hangul'],
  [0x1200, 0x139f, 'Ethiopic'],
  [0x1780, 0x17ff, 'Khmer'],
  [0x1c90, 0x1cbf, 'Georgian'],
  [0x1e00, 0x1eff, 'Latin'],
  [0x1f00, 0x1fff, 'Greek'],
  [0x2c60, 0x2c7f, 'Latin'],
  [0x2d80, 0x2ddf, 'Ethiopic'],
  [0x3041, 0x309f, 'Kana'],
  [0x30a1, 0x30fa, 'Kana'],
  [0x3131, 0x318e, 'Hangul'],
  [0x3400, 0x4dbf, 'Han'],
  [0x4e00, 0x9fff, 'Han'],
  [0xa640, 0xa69f, 'Cyrillic'],
  [0xa720, 0xa7ff, 'Latin'],
  [0xac00, 0xd7af, 'Hangul'],
  [0xf900, 0xfaff, 'Han'],
  [0xfb1d, 0xfb4f, 'Hebrew'],
  [0xfb50, 0xfdff, 'Arabic'],
  [0xfe70, 0xfefc, 'Arabic'],
  [0xff21, 0xff3a, 'Latin'],
  [0xff41, 0xff5a, 'Latin'],
  [0xff66, 0xff9d, 'Kana'],
]

/** One byte a code unit: index into `scriptNames`, 0 where the unit is no letter of a known script. */
const scriptByCodeUnit = new Uint8Array(0x1_0000)
for (const [first, last, script] of blocks) {
  scriptByCodeUnit.fill(scriptNames.indexOf(script), first, last + 1)
}

/** Index into `scriptNames` of one UTF-16 code unit; 0 for digits, punctuation, spaces and rare scripts. */
export function scriptIndexOf(codeUnit: number): number {
  return scriptByCodeUnit[codeUnit] ?? 0
}

/**
 * What one character says about its text, in Latin letters: a Chinese page quotes long Latin names, and a Han
 * character stands for a word, not for a letter.
 */
const letterWorth: Partial<Record<Script, number>> = { Han: 4, Kana: 3, Hangul: 3, Ethiopic: 2 }

export interface ScriptProfile {
  /** The script that most of the text is written in; null when it holds no letter of a known script. */
  readonly dominant: Script | null
  /** Share of the dominant script, 0 to 1, by worth. Han and Kana count as one. */
  readonly share: number
  /** Letters of each script, by index into `scriptNames`. */
  readonly letters: Uint32Array
}

/** Counts the letters of each script. Linear in the length of `text`. */
export function profileScripts(text: string): ScriptProfile {
  const letters = new Uint32Array(scriptNames.length)
  for (let index = 0; index < text.length; index++) {
    const script = scriptIndexOf(text.charCodeAt(index))
    letters[script] = (letters[script] ?? 0) + 1
  }
  const worths = scriptNames.map((name, index) =>
    index === 0 ? 0 : (letters[index] ?? 0) * (letterWorth[name] ?? 1),
  )
  const han = scriptNames.indexOf('Han')
  const kana = scriptNames.indexOf('Kana')
  const total = worths.reduce((sum, worth) => sum + worth, 0)
  // Japanese is written in both; without this a page of kanji and kana could lose to a Latin minority.
  worths[han] = (worths[han] ?? 0) + (worths[kana] ?? 0)
  worths[kana] = 0
  let best = 0
  for (let index = 1; index < worths.length; index++) {
    if ((worths[index] ?? 0) > (worths[best] ?? 0)) best = index
  }
  return {
    dominant: total === 0 ? null : (scriptNames[best] ?? null),
    share: total === 0 ? 0 : (worths[best] ?? 0) / total,
    letters,
  }
}
