import { existsSync } from 'node:fs'
import { join } from 'node:path'
import Type, { type Static } from 'typebox'
import { below, type Random } from '../../random.ts'
import { readRows } from '../read-rows.ts'

/** Texts that belong together, of one source. */
export interface PairGroup {
  readonly name: string
  readonly pairs: readonly (readonly [string, string])[]
}

export const ScoredPair = Type.Object({
  a: Type.String(),
  b: Type.String(),
  score: Type.Number(),
  src: Type.Optional(Type.String()),
})
export type ScoredPair = Static<typeof ScoredPair>

const Pair = Type.Object({
  a: Type.String(),
  b: Type.String(),
  label: Type.Number(),
  src: Type.String(),
})
const Paragraph = Type.Object({ text: Type.String(), src: Type.String() })
const Utterance = Type.Object({ text: Type.String(), intent: Type.String() })

/** Sources of `train_pairs` whose licence lets a model ship; the others (CNN, NYT, MSRP) are left out. */
const allowedPairs = [
  'inshorts',
  'inshorts-more',
  'huffpost',
  'scitldr',
  'medquad',
  '20ng',
  'based.cooking',
  'snli',
]
/** Sources of `corpus_en` whose licence lets a model ship. */
const allowedParagraphs = [
  '20ng',
  'dbpedia',
  'huffpost',
  'medquad',
  'ud-English-EWT',
  'scitldr',
  'inshorts',
  'tldr',
]
const intentFiles = ['banking77_train', 'clinc_train', 'hwu64_train', 'snips_train']

export function readPairGroups(dataFolder: string): PairGroup[] {
  const rows = readRows(join(dataFolder, 'embeddings/train_pairs.jsonl.gz'), Pair)
  return allowedPairs.map(name => ({
    name,
    pairs: rows.filter(row => row.src === name && row.label === 1).map(row => [row.a, row.b] as const),
  }))
}

/** Paragraphs, by source. */
export function readParagraphs(dataFolder: string): Map<string, string[]> {
  const texts = new Map<string, string[]>(allowedParagraphs.map(name => [name, []]))
  for (const { text, src } of readRows(join(dataFolder, 'embeddings/corpus_en.jsonl.gz'), Paragraph)) {
    texts.get(src)?.push(text)
  }
  return texts
}

/** The first and the second half of paragraphs (the inverse cloze task: Lee et al. 2019), cut between sentences. */
export function halvesOf(paragraphs: readonly string[]): [string, string][] {
  const pairs: [string, string][] = []
  for (const paragraph of paragraphs) {
    const sentences = paragraph.split(/(?<=[.!?])\s+(?=[\p{Lu}\p{N}"“])/u).filter(text => text.length > 25)
    if (sentences.length < 2) continue
    const middle = sentences.length >> 1
    pairs.push([sentences.slice(0, middle).join(' '), sentences.slice(middle).join(' ')])
  }
  return pairs
}

/** Questions and commands that mean the same by their label, drawn at random. */
export function readIntentGroups(dataFolder: string, random: Random): PairGroup[] {
  return intentFiles.flatMap(name => {
    const path = join(dataFolder, `intents/${name}.jsonl.gz`)
    if (!existsSync(path)) return []
    const byIntent = new Map<string, string[]>()
    for (const { text, intent } of readRows(path, Utterance)) {
      if (intent === 'oos') continue
      const texts = byIntent.get(intent) ?? []
      texts.push(text)
      byIntent.set(intent, texts)
    }
    const pairs = [...byIntent.values()].flatMap(texts =>
      texts.map(text => [text, texts[below(random, texts.length)] ?? text] as const),
    )
    return [{ name, pairs: pairs.filter(([first, second]) => first !== second) }]
  })
}
