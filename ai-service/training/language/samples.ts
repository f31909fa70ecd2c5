import { type ModelScript, modelScripts } from '../../language/script-rule.ts'
import { profileScripts } from '../../language/scripts.ts'
import { below, type Random, weightedDraw } from '../../random.ts'
import { shippingLicenceOf } from './licences.ts'
import { type Row, type WordList, wantedLanguages } from './rows.ts'

/** Languages of the scripts that the model decides, beside Latin, which takes every other label. */
const nonLatinLabels: Readonly<Record<Exclude<ModelScript, 'Latin'>, readonly string[]>> = {
  Cyrillic: ['be', 'bg', 'kk', 'ky', 'mk', 'mn', 'ru', 'sr', 'tg', 'uk'],
  Arabic: ['ar', 'fa', 'ug', 'ur'],
  Devanagari: ['hi', 'mr', 'ne'],
}
/** Also written in Latin. */
const alsoLatin: readonly string[] = ['sr']

/** A language with fewer rows that may ship than this is left out: it would be a trap, not a feature. */
const fewestRows = 40

const interfaceSources = new Set(['www-l10n', 'chromium', 'libreoffice', 'cldr'])

/** What one language trains on: rows by source, and its word list. */
export interface LanguageData {
  readonly label: string
  readonly script: ModelScript
  readonly sources: readonly { readonly name: string; readonly texts: readonly string[] }[]
  readonly words: WordList | null
}

export function scriptsOfLabel(label: string): readonly ModelScript[] {
  const own = modelScripts.filter(script => script !== 'Latin' && nonLatinLabels[script].includes(label))
  return own.length === 0 ? ['Latin'] : alsoLatin.includes(label) ? ['Latin', ...own] : own
}

/**
 * Groups rows by language and script. Keeps only sources whose licence allows shipping, only rows in a script that
 * the model decides for that language, and only languages with enough of them.
 */
export function groupRows(rows: readonly Row[], words: ReadonlyMap<string, WordList>): LanguageData[] {
  const groups = new Map<string, { label: string; script: ModelScript; sources: Map<string, string[]> }>()
  const totals = new Map<string, number>()
  const clean = withoutProductNames(rows)
  for (const row of clean) {
    if (!wantedLanguages.has(row.lang) || shippingLicenceOf(row.src) === null) continue
    const { dominant } = profileScripts(row.text)
    const script = scriptsOfLabel(row.lang).find(candidate => candidate === dominant)
    if (script === undefined) continue
    const key = `${row.lang} ${script}`
    const group = groups.get(key) ?? { label: row.lang, script, sources: new Map<string, string[]>() }
    groups.set(key, group)
    const texts = group.sources.get(row.src) ?? []
    group.sources.set(row.src, texts)
    texts.push(row.text)
    totals.set(row.lang, (totals.get(row.lang) ?? 0) + 1)
  }
  return [...groups.values()]
    .filter(group => (totals.get(group.label) ?? 0) >= fewestRows)
    .map(group => {
      const list = words.get(group.label) ?? null
      return {
        label: group.label,
        script: group.script,
        sources: [...group.sources].map(([name, texts]) => ({ name, texts })).filter(s => s.texts.length > 4),
        words: list === null ? null : wordsInScript(list, group.script),
      }
    })
    .filter(group => group.sources.length > 0)
    .sort((a, b) => (a.label < b.label ? -1 : a.label > b.label ? 1 : a.script < b.script ? -1 : 1))
}

/**
 * Interface strings hold the same names in every language ("Firefox", "Google"), except that English has few such
 * rows; a model would learn that "Firefox" is anything but English. A Latin word that rows of 12 or more languages
 * share is taken out of interface strings.
 */
function withoutProductNames(rows: readonly Row[]): Row[] {
  const languagesOfWord = new Map<string, Set<string>>()
  const isInterface = (row: Row): boolean => interfaceSources.has(row.src)
  const pattern = /[A-Za-z][A-Za-z-]+/g
  for (const row of rows) {
    if (!isInterface(row)) continue
    for (const [word] of row.text.matchAll(pattern)) {
      if (word.length < 4) continue
      const languages = languagesOfWord.get(word) ?? new Set()
      languages.add(row.lang)
      languagesOfWord.set(word, languages)
    }
  }
  return rows.map(row =>
    !isInterface(row)
      ? row
      : {
          ...row,
          text: row.text
            .replace(pattern, word => ((languagesOfWord.get(word)?.size ?? 0) >= 12 ? '' : word))
            .replace(/\s+/g, ' '),
        },
  )
}

function wordsInScript(list: WordList, script: ModelScript): WordList | null {
  const words: string[] = []
  const counts: number[] = []
  list.words.forEach((word, index) => {
    if (profileScripts(word).dominant !== script) return
    words.push(word)
    counts.push(list.counts[index] ?? 1)
  })
  return words.length < 300 ? null : { words, counts }
}

/** Gives an endless stream of texts of one language: whole rows, random crops, and runs of frequent words. */
export function textSampler(data: LanguageData): (random: Random) => string {
  const drawSource = weightedDraw(
    data.sources.map(({ name, texts }) => texts.length ** 0.5 * (interfaceSources.has(name) ? 0.4 : 1)),
  )
  const drawWord = data.words === null ? null : weightedDraw(data.words.counts.map(count => count ** 0.6))
  const rows = data.sources.reduce((sum, source) => sum + source.texts.length, 0)
  // The fewer sentences there are, the more the word list has to say.
  const wordShare = data.words === null ? 0 : rows < 600 ? 0.35 : 0.15
  return random => {
    if (drawWord !== null && random() < wordShare) {
      const size = 2 + below(random, 14)
      return Array.from({ length: size }, () => data.words?.words[drawWord(random)] ?? '').join(' ')
    }
    const source = data.sources[drawSource(random)]
    const text = source?.texts[below(random, source.texts.length)] ?? ''
    return random() < 0.35 ? text : withoutSomeNames(crop(text, random), random)
  }
}

/** A piece of 20 to 200 characters. Half of them begin where a word begins, as a reader's own cuts do. */
function crop(text: string, random: Random): string {
  const length = 20 + below(random, 181)
  if (text.length <= length) return text
  let start = random() < 0.3 ? 0 : below(random, text.length - length)
  if (start > 0 && random() < 0.5) {
    const space = text.indexOf(' ', start)
    if (space !== -1 && space < start + 20) start = space + 1
  }
  return text.slice(start, start + length)
}

/** Capitalised words inside a sentence are mostly names, which say little of the language around them. */
function withoutSomeNames(text: string, random: Random): string {
  if (random() < 0.6) return text
  return text.replace(/ \p{Lu}[\p{L}\p{M}-]+/gu, name => (random() < 0.5 ? '' : name))
}
