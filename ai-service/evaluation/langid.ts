import Type, { type Static } from 'typebox'
import { LanguageIdentifier } from '../language/identifier.ts'
import { ModelManager } from '../models/manager.ts'
import type { Evaluation, Figure } from './figure.ts'
import { languagePeers } from './language-peers.ts'
import { readTestRows } from './test-rows.ts'

const Row = Type.Object({ text: Type.String(), lang: Type.String(), src: Type.Optional(Type.String()) })
type Row = Static<typeof Row>

/** Languages that eld, tinyld and franc also know. */
const sharedWithPeers = new Set(
  'am ar be bg bn cs da de el en es et fa fi fr gu he hi hu hy it ja ko lt lv nb nl pl pt ro ru sk sr sv ta te th tr uk ur vi zh'.split(
    ' ',
  ),
)

/** Characters of what was measured: the whole text as far as the model reads it, and its beginning. */
const cuts = [
  ['full text', 4_000],
  ['first 50 characters', 50],
] as const

/** The language of texts. "und", and rows in a language that the model does not know, count as wrong. */
export const langidEvaluation: Evaluation = {
  task: 'langid',
  folder: 'langid',
  async run({ folder, modelsFolder, withPeers }) {
    const rows = readTestRows(folder, Row)
    await using models = new ModelManager(modelsFolder)
    const identifier = new LanguageIdentifier(models)
    const shared = rows.filter(row => sharedWithPeers.has(row.lang))
    const figures: Figure[] = []
    for (const [name, cut] of cuts) {
      const texts = rows.map(row => row.text.slice(0, cut))
      const tags = await tagsOf(identifier, texts)
      figures.push(...figuresOf(name, rows, tags))
    }
    if (!withPeers) return figures
    for (const peer of await languagePeers()) {
      for (const [name, cut] of cuts) {
        const tags = shared.map(row => peer.identify(row.text.slice(0, cut)))
        figures.push(accuracy(`42 shared languages, ${name}`, peer.name, shared, tags))
      }
    }
    return figures
  },
}

/** Texts that are looked at together: all at once, their features would fill the memory. */
const batchSize = 1_000

async function tagsOf(identifier: LanguageIdentifier, texts: readonly string[]): Promise<string[]> {
  const tags: string[] = []
  for (let start = 0; start < texts.length; start += batchSize) {
    const guesses = await identifier.identify(texts.slice(start, start + batchSize))
    for (const { tag } of guesses) tags.push(tag)
  }
  return tags
}

function figuresOf(cut: string, rows: readonly Row[], tags: readonly string[]): Figure[] {
  const part = (of: string, keep: (row: Row) => boolean): Figure => {
    const places = rows.flatMap((row, index) => (keep(row) ? [index] : []))
    return accuracy(
      `${of}, ${cut}`,
      'nexus',
      places.flatMap(place => rows[place] ?? []),
      places.map(place => tags[place] ?? 'und'),
    )
  }
  const languages = [...new Set(rows.map(row => row.lang))].sort()
  const sources = [...new Set(rows.map(row => row.src?.split(':')[0]))]
    .filter(src => src !== undefined)
    .sort()
  return [
    part('langid', () => true),
    part('42 shared languages', row => sharedWithPeers.has(row.lang)),
    { name: 'macroF1', of: `langid, ${cut}`, who: 'nexus', value: macroF1(rows, tags), count: rows.length },
    accuracy(
      `bs, hr and sr taken as one, ${cut}`,
      'nexus',
      rows.map(row => ({ lang: withoutClosest(row.lang) })),
      tags.map(withoutClosest),
    ),
    ...sources.map(src => part(`langid from ${src}`, row => row.src?.split(':')[0] === src)),
    ...languages.map(language => part(language, row => row.lang === language)),
  ]
}

function withoutClosest(tag: string): string {
  return tag === 'bs' || tag === 'hr' ? 'sr' : tag
}

function accuracy(
  of: string,
  who: string,
  rows: readonly { readonly lang: string }[],
  tags: readonly string[],
): Figure {
  const right = rows.filter((row, index) => row.lang === tags[index]).length
  return { name: 'accuracy', of, who, value: right / rows.length, count: rows.length }
}

function macroF1(rows: readonly Row[], tags: readonly string[]): number {
  const counts = new Map<string, { truly: number; guessed: number; both: number }>()
  for (const { lang } of rows) counts.set(lang, { truly: 0, guessed: 0, both: 0 })
  for (const [index, { lang }] of rows.entries()) {
    const truly = counts.get(lang)
    const guessed = counts.get(tags[index] ?? 'und')
    if (truly !== undefined) truly.truly++
    if (guessed !== undefined) guessed.guessed++
    if (truly !== undefined && truly === guessed) truly.both++
  }
  const scores = [...counts.values()].map(({ truly, guessed, both }) => (2 * both) / (truly + guessed))
  return scores.reduce((sum, score) => sum + score, 0) / scores.length
}
