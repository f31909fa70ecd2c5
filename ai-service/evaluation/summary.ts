import Type, { type Static } from 'typebox'
import { ModelManager } from '../models/manager.ts'
import { documentOfSentences } from '../text/document.ts'
import { createPace } from '../text/pace.ts'
import { Summarizer } from '../text/summary/summarizer.ts'
import { indexTerms } from '../text/term-index.ts'
import type { Evaluation, Figure } from './figure.ts'
import { rouge } from './rouge.ts'
import { readTestRows } from './test-rows.ts'
import { textRank } from './text-rank.ts'

const Row = Type.Object({
  sents: Type.Array(Type.String()),
  ref: Type.Array(Type.String()),
  src: Type.Optional(Type.String()),
})
type Row = Static<typeof Row>

/** Abstracts with one-sentence references are summarised in one sentence, articles in three. */
export const summaryEvaluation: Evaluation = {
  task: 'summary',
  folder: 'summary',
  run: async ({ folder, modelsFolder, withPeers }) => {
    const rows = readTestRows(folder, Row)
    await using models = new ModelManager(modelsFolder)
    const figures: Figure[] = []
    for (const [source, group] of Map.groupBy(rows, row => row.src ?? 'test')) {
      figures.push(...(await measureSummaries(source, group, new Summarizer(models), withPeers)))
    }
    return figures
  },
}

/** ROUGE of the model, and of lead and TextRank beside it, plain and with stems. */
async function measureSummaries(
  source: string,
  rows: readonly Row[],
  summarizer: Summarizer,
  withPeers: boolean,
): Promise<Figure[]> {
  const wanted = usualReferences(rows) === 1 ? 1 : 3
  const pace = createPace(new AbortController().signal)
  const ours = async ({ sents }: Row): Promise<string[]> => {
    const document = documentOfSentences(sents, 'en')
    const index = await indexTerms(document, pace)
    const chosen = await summarizer.choose(document, document.sentences, wanted, index, pace)
    return chosen.map(({ text }) => text)
  }
  const figures = await score('nexus', source, rows, wanted, ours)
  if (!withPeers) return figures
  const lead = ({ sents }: Row): string[] => sents.slice(0, wanted)
  const ranked = ({ sents }: Row): string[] => textRank(sents, wanted).map(place => sents[place] ?? '')
  return [
    ...figures,
    ...(await score(`lead-${wanted}`, source, rows, wanted, lead)),
    ...(await score('TextRank', source, rows, wanted, ranked)),
  ]
}

function usualReferences(rows: readonly Row[]): number {
  const counts = rows.map(({ ref }) => ref.length).sort((left, right) => left - right)
  return counts[counts.length >> 1] ?? 1
}

async function score(
  who: string,
  source: string,
  rows: readonly Row[],
  wanted: number,
  summarize: (row: Row) => readonly string[] | Promise<readonly string[]>,
): Promise<Figure[]> {
  const summaries: { reference: readonly string[]; summary: readonly string[] }[] = []
  for (const row of rows) summaries.push({ reference: row.ref, summary: await summarize(row) })
  const of = `${source}, ${wanted === 1 ? '1 sentence' : `${wanted} sentences`}`
  return [false, true].flatMap(stems => {
    const scores = summaries.map(({ reference, summary }) => rouge(reference, summary, stems))
    return (['rouge1', 'rouge2', 'rougeLsum'] as const).map(name => ({
      name,
      of: stems ? `${of}, with stems` : of,
      who,
      value: scores.reduce((sum, each) => sum + each[name], 0) / Math.max(1, scores.length),
      count: rows.length,
    }))
  })
}
