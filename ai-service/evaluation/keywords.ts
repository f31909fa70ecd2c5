import Type, { type Static } from 'typebox'
import { ModelManager } from '../models/manager.ts'
import { readDocument } from '../text/document.ts'
import { KeywordExtractor } from '../text/keywords/extractor.ts'
import { createPace } from '../text/pace.ts'
import { indexTerms } from '../text/term-index.ts'
import type { Evaluation, Figure } from './figure.ts'
import { porterStem } from './porter-stemmer.ts'
import { readTestRows } from './test-rows.ts'
import { TfIdf } from './tf-idf.ts'

const KeywordRow = Type.Object({
  text: Type.String(),
  keys: Type.Array(Type.String()),
  src: Type.Optional(Type.String()),
})
type KeywordRow = Static<typeof KeywordRow>

/** Phrases that are compared, as is usual for these sets. */
const compared = 10

/** F1 of the first ten phrases against the authors' and readers' own, by stems, mean over the texts of each set. */
export const keywordsEvaluation: Evaluation = {
  task: 'keywords',
  folder: 'keywords',
  run: async ({ folder, modelsFolder, withPeers }) => {
    const rows = readTestRows(folder, KeywordRow)
    await using models = new ModelManager(modelsFolder)
    const extractor = new KeywordExtractor(models)
    const baseline = withPeers ? new TfIdf(rows.map(({ text }) => text)) : null
    const figures: Figure[] = []
    for (const [of, group] of Map.groupBy(rows, row => row.src ?? 'test')) {
      const ours: number[] = []
      for (const row of group) ours.push(phraseF1(row.keys, await keywordsOf(row, extractor)))
      figures.push(figure(of, 'nexus', ours))
      if (baseline === null) continue
      const theirs = group.map(({ keys, text }) => phraseF1(keys, baseline.phrases(text, compared)))
      figures.push(figure(of, 'TF-IDF × position', theirs))
    }
    return figures
  },
}

async function keywordsOf({ text }: KeywordRow, extractor: KeywordExtractor): Promise<string[]> {
  const pace = createPace(new AbortController().signal)
  const document = await readDocument({ title: '', paragraphs: [text] }, 'en', pace)
  const found = await extractor.extract(document, await indexTerms(document, pace), [], pace, compared)
  return found.map(({ phrase }) => phrase)
}

function figure(of: string, who: string, values: readonly number[]): Figure {
  const value = values.reduce((sum, each) => sum + each, 0) / Math.max(1, values.length)
  return { name: 'f1', of: `${of}, first ${compared}`, who, value, count: values.length }
}

/** Exact match of stemmed phrases. */
function phraseF1(gold: readonly string[], found: readonly string[]): number {
  const wanted = new Set(gold.map(stemmed).filter(phrase => phrase !== ''))
  const given = new Set(found.map(stemmed))
  let hits = 0
  for (const phrase of given) if (wanted.has(phrase)) hits++
  return hits === 0 ? 0 : (2 * hits) / (wanted.size + given.size)
}

function stemmed(phrase: string): string {
  return (phrase.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).map(porterStem).join(' ')
}
