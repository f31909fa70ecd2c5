/**
 * English stems as the usual scorers make them: Porter 1980, "An algorithm for suffix stripping", with the changes of
 * NLTK (its default mode), which `rouge-score` and the key-phrase literature use. For measuring only.
 */
export function porterStem(text: string): string {
  const word = text.toLowerCase()
  const known = irregular.get(word)
  if (known !== undefined) return known
  if (word.length <= 2) return word
  return [plurals, pastAndIng, finalY, doubleSuffixes, fullAndNess, latinEndings, finalE, doubleL].reduce(
    (stem, step) => step(stem),
    word,
  )
}

const irregular: ReadonlyMap<string, string> = new Map([
  ['sky', 'sky'],
  ['skies', 'sky'],
  ['dying', 'die'],
  ['lying', 'lie'],
  ['tying', 'tie'],
  ['news', 'news'],
  ['innings', 'inning'],
  ['inning', 'inning'],
  ['outings', 'outing'],
  ['outing', 'outing'],
  ['cannings', 'canning'],
  ['canning', 'canning'],
  ['howe', 'howe'],
  ['proceed', 'proceed'],
  ['exceed', 'exceed'],
  ['succeed', 'succeed'],
])

function isConsonant(word: string, index: number): boolean {
  const letter = word[index] ?? ''
  if ('aeiou'.includes(letter)) return false
  return letter !== 'y' || index === 0 || !isConsonant(word, index - 1)
}

/** The m of [C](VC){m}[V]. */
function measure(stem: string): number {
  let count = 0
  for (let index = 1; index < stem.length; index++) {
    if (isConsonant(stem, index) && !isConsonant(stem, index - 1)) count++
  }
  return count
}

function hasVowel(stem: string): boolean {
  for (let index = 0; index < stem.length; index++) if (!isConsonant(stem, index)) return true
  return false
}

function endsInDoubleConsonant(word: string): boolean {
  const last = word.length - 1
  return last >= 1 && word[last] === word[last - 1] && isConsonant(word, last)
}

/** Consonant, vowel, consonant that is not w, x or y. */
function endsInCvc(word: string): boolean {
  const last = word.length - 1
  if (word.length === 2) return !isConsonant(word, 0) && isConsonant(word, 1)
  return (
    last >= 2 &&
    isConsonant(word, last - 2) &&
    !isConsonant(word, last - 1) &&
    isConsonant(word, last) &&
    !'wxy'.includes(word[last] ?? '')
  )
}

type Rule = readonly [suffix: string, replacement: string, holds?: (stem: string) => boolean]

/** The first rule whose suffix fits decides, also when its condition does not hold. */
function applyFirst(word: string, rules: readonly Rule[], otherwise: (stem: string) => boolean): string {
  for (const [suffix, replacement, holds = otherwise] of rules) {
    if (!word.endsWith(suffix)) continue
    const stem = word.slice(0, word.length - suffix.length)
    return holds(stem) ? stem + replacement : word
  }
  return word
}

const always = (): boolean => true
const hasMeasure = (stem: string): boolean => measure(stem) > 0

function plurals(word: string): string {
  if (word.endsWith('ies') && word.length === 4) return `${word.slice(0, -3)}ie`
  const rules: Rule[] = [
    ['sses', 'ss'],
    ['ies', 'i'],
    ['ss', 'ss'],
    ['s', ''],
  ]
  return applyFirst(word, rules, always)
}

function pastAndIng(word: string): string {
  if (word.endsWith('ied')) return word.slice(0, -3) + (word.length === 4 ? 'ie' : 'i')
  if (word.endsWith('eed')) return hasMeasure(word.slice(0, -3)) ? word.slice(0, -1) : word
  const ending = ['ed', 'ing'].find(
    suffix => word.endsWith(suffix) && hasVowel(word.slice(0, -suffix.length)),
  )
  if (ending === undefined) return word
  const stem = word.slice(0, -ending.length)
  if (/(?:at|bl|iz)$/.test(stem)) return `${stem}e`
  if (endsInDoubleConsonant(stem)) return /[lsz]$/.test(stem) ? stem : stem.slice(0, -1)
  return measure(stem) === 1 && endsInCvc(stem) ? `${stem}e` : stem
}

function finalY(word: string): string {
  const stem = word.slice(0, -1)
  return word.endsWith('y') && stem.length > 1 && isConsonant(stem, stem.length - 1) ? `${stem}i` : word
}

const doubles: readonly Rule[] = [
  ['ational', 'ate'],
  ['tional', 'tion'],
  ['enci', 'ence'],
  ['anci', 'ance'],
  ['izer', 'ize'],
  ['bli', 'ble'],
  ['entli', 'ent'],
  ['eli', 'e'],
  ['ousli', 'ous'],
  ['ization', 'ize'],
  ['ation', 'ate'],
  ['ator', 'ate'],
  ['alism', 'al'],
  ['iveness', 'ive'],
  ['fulness', 'ful'],
  ['ousness', 'ous'],
  ['aliti', 'al'],
  ['iviti', 'ive'],
  ['biliti', 'ble'],
  ['fulli', 'ful'],
  ['logi', 'log', stem => hasMeasure(`${stem}l`)],
]

function doubleSuffixes(word: string): string {
  if (word.endsWith('alli') && hasMeasure(word.slice(0, -4))) return doubleSuffixes(word.slice(0, -2))
  return applyFirst(word, doubles, hasMeasure)
}

const fullAndNessRules: readonly Rule[] = [
  ['icate', 'ic'],
  ['ative', ''],
  ['alize', 'al'],
  ['iciti', 'ic'],
  ['ical', 'ic'],
  ['ful', ''],
  ['ness', ''],
]

function fullAndNess(word: string): string {
  return applyFirst(word, fullAndNessRules, hasMeasure)
}

const latinRules: readonly Rule[] = [
  ...['al', 'ance', 'ence', 'er', 'ic', 'able', 'ible', 'ant', 'ement', 'ment', 'ent'].map(
    (suffix): Rule => [suffix, ''],
  ),
  ['ion', '', stem => measure(stem) > 1 && /[st]$/.test(stem)],
  ...['ou', 'ism', 'ate', 'iti', 'ous', 'ive', 'ize'].map((suffix): Rule => [suffix, '']),
]

function latinEndings(word: string): string {
  return applyFirst(word, latinRules, stem => measure(stem) > 1)
}

function finalE(word: string): string {
  if (!word.endsWith('e')) return word
  const stem = word.slice(0, -1)
  const size = measure(stem)
  return size > 1 || (size === 1 && !endsInCvc(stem)) ? stem : word
}

function doubleL(word: string): string {
  return word.endsWith('ll') && measure(word.slice(0, -1)) > 1 ? word.slice(0, -1) : word
}
