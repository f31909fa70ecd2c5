import { join } from 'node:path'
import Type, { type Static } from 'typebox'
import { readRows } from '../read-rows.ts'

/** One labelled page of the data folder. */
export const TopicRow = Type.Object({
  title: Type.String(),
  text: Type.String(),
  topic: Type.String(),
  src: Type.String(),
})
export type TopicRow = Static<typeof TopicRow>

/**
 * Sources of the data folder that may train a model that ships. Default is no. Left out: Steam (texts of publishers),
 * NYT (CC BY-NC-SA), website-classification and walmart-amazon (no licence that could be found).
 */
export const shippingSources: Readonly<Record<string, string>> = {
  huffpost: 'CC BY 4.0 on Kaggle (not re-checked)',
  'huffpost-headline': 'CC BY 4.0 on Kaggle (not re-checked)',
  inshorts: 'CC0 claimed on Kaggle',
  '20ng': '20 Newsgroups, public',
  dbpedia: 'CC BY-SA 3.0',
  medquad: 'CC BY 4.0',
  scitldr: 'Apache-2.0',
  'based.cooking': 'public domain',
  'wands-query': 'MIT',
}

export function readTopicRows(folder: string, file: string): TopicRow[] {
  return readRows(join(folder, file), TopicRow)
}
