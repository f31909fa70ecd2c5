import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import Type, { type Static } from 'typebox'
import { Embedder } from '../embedding/embedder.ts'
import { wordsOf } from '../embedding/tokenizer.ts'
import { similarity } from '../embedding/vectors.ts'
import { ModelManager } from '../models/manager.ts'
import { readRows } from '../training/read-rows.ts'
import type { Evaluation, EvaluationOptions, Figure } from './figure.ts'
import { spearman } from './spearman.ts'

/** Two texts and how alike people found them, on any scale. */
const ScoredPair = Type.Object({ a: Type.String(), b: Type.String(), score: Type.Number() })
type ScoredPair = Static<typeof ScoredPair>

/** How well the order of our similarities agrees with people's: Spearman's correlation, for each test file. */
export const embeddingsEvaluation: Evaluation = { task: 'embeddings', folder: 'embeddings', run }

async function run({ folder, modelsFolder, withPeers }: EvaluationOptions): Promise<readonly Figure[]> {
  await using models = new ModelManager(modelsFolder)
  const embedder = new Embedder(models)
  const figures: Figure[] = []
  for (const file of readdirSync(folder)
    .filter(name => /^test.*\.jsonl\.gz$/.test(name))
    .sort()) {
    const rows = readRows(join(folder, file), ScoredPair)
    const scores = rows.map(row => row.score)
    const measure = (who: string, likenesses: readonly number[]): void => {
      figures.push({
        name: 'spearman',
        of: file,
        who,
        value: spearman(likenesses, scores),
        count: rows.length,
      })
    }
    const first = await embedder.embed(rows.map(row => row.a))
    const second = await embedder.embed(rows.map(row => row.b))
    measure(
      'nexus',
      first.map((vector, index) => similarity(vector, second[index] ?? new Int8Array())),
    )
    if (withPeers) measure('TF-IDF of words and 4 letters', lexicalLikenesses(rows))
  }
  return figures
}

/** Cosine of TF-IDF vectors: words, and runs of four letters within words, each half; idf from the same texts. */
function lexicalLikenesses(rows: readonly ScoredPair[]): number[] {
  const half = (termsOf: (text: string) => string[]): number[] => {
    const counted = rows.map(({ a, b }) => [countsOf(termsOf(a)), countsOf(termsOf(b))] as const)
    const texts = counted.flat()
    const holding = new Map<string, number>()
    for (const counts of texts) {
      for (const term of counts.keys()) holding.set(term, (holding.get(term) ?? 0) + 1)
    }
    const weigh = (counts: ReadonlyMap<string, number>): Map<string, number> =>
      new Map(
        [...counts].map(([term, count]) => [
          term,
          (1 + Math.log(count)) * (1 + Math.log((1 + texts.length) / (1 + (holding.get(term) ?? 0)))),
        ]),
      )
    return counted.map(([a, b]) => cosine(weigh(a), weigh(b)))
  }
  const byWords = half(wordsOf)
  const byLetters = half(text => wordsOf(text).flatMap(fourLetters))
  return byWords.map((value, index) => value + (byLetters[index] ?? 0))
}

function fourLetters(word: string): string[] {
  const marked = ` ${word} `
  return marked.length <= 4
    ? [marked]
    : Array.from({ length: marked.length - 3 }, (_, start) => marked.slice(start, start + 4))
}

function countsOf(terms: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1)
  return counts
}

function cosine(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  const length = (vector: ReadonlyMap<string, number>): number => Math.hypot(...vector.values())
  let product = 0
  for (const [term, weight] of a) product += weight * (b.get(term) ?? 0)
  return product === 0 ? 0 : product / (length(a) * length(b))
}
