/**
 * Measures the shipped embedding model on sources that it was not trained on, beside TF-IDF.
 *
 *   node ai-service/training/embedding/evaluate.ts [data folder] [models folder]
 *
 * NYT and CNN: each headline or highlight has to find its own article among 600; MSRP: paraphrases against pairs that
 * only look alike. Their licences allow measuring, not training.
 */
import { join } from 'node:path'
import Type from 'typebox'
import { Embedder } from '../../embedding/embedder.ts'
import { wordsOf } from '../../embedding/tokenizer.ts'
import { similarity } from '../../embedding/vectors.ts'
import { ModelManager } from '../../models/manager.ts'
import { readRows } from '../read-rows.ts'

const Pair = Type.Object({ a: Type.String(), b: Type.String(), label: Type.Number(), src: Type.String() })
const mostPairs = 600

const [dataFolder = '../shared/data', modelsFolder = 'assets/models'] = process.argv.slice(2)
await using models = new ModelManager(modelsFolder)
const embedder = new Embedder(models)
const rows = readRows(join(dataFolder, 'embeddings/train_pairs.jsonl.gz'), Pair)

for (const source of ['nyt', 'cnndm-highlight']) {
  const pairs = rows.filter(row => row.src === source).slice(0, mostPairs)
  const first = pairs.map(pair => pair.a)
  const second = pairs.map(pair => pair.b.split(' ').slice(0, 120).join(' '))
  const [meaning, words] = await likenesses(first, second)
  const both = (a: number, b: number): number => meaning(a, b) + words(a, b)
  for (const [who, likeness] of [
    ['nexus', meaning],
    ['TF-IDF', words],
    ['both', both],
  ] as const) {
    const places = first.map((_, a) => {
      const own = likeness(a, a)
      return 1 + second.filter((_other, b) => b !== a && likeness(a, b) >= own).length
    })
    const share = (most: number): string =>
      (places.filter(place => place <= most).length / places.length).toFixed(4)
    console.log(`${source}, ${pairs.length} pairs, ${who}: first ${share(1)}, among ten ${share(10)}`)
  }
}

const paraphrases = rows.filter(row => row.src === 'msrp')
const [meaning, words] = await likenesses(
  paraphrases.map(pair => pair.a),
  paraphrases.map(pair => pair.b),
)
for (const [who, likeness] of [
  ['nexus', meaning],
  ['TF-IDF', words],
] as const) {
  const right = paraphrases.flatMap((pair, index) => (pair.label === 1 ? [likeness(index, index)] : []))
  const wrong = paraphrases.flatMap((pair, index) => (pair.label === 0 ? [likeness(index, index)] : []))
  const ordered = right.reduce(
    (sum, own) =>
      sum + wrong.reduce((below, other) => below + (own > other ? 1 : own === other ? 0.5 : 0), 0),
    0,
  )
  console.log(
    `msrp, ${paraphrases.length} pairs, ${who}: AUC ${(ordered / right.length / wrong.length).toFixed(4)}`,
  )
}

type Likeness = (first: number, second: number) => number

/** How alike the texts of two lists are: by the model, and by the TF-IDF of their words. */
async function likenesses(
  first: readonly string[],
  second: readonly string[],
): Promise<[Likeness, Likeness]> {
  const [firstVectors, secondVectors] = [await embedder.embed(first), await embedder.embed(second)]
  const sets = [...first, ...second].map(text => new Set(wordsOf(text)))
  const holding = new Map<string, number>()
  for (const set of sets) for (const word of set) holding.set(word, (holding.get(word) ?? 0) + 1)
  const weightOf = (word: string): number => Math.log((1 + sets.length) / (1 + (holding.get(word) ?? 0))) ** 2
  const lengths = sets.map(set => Math.sqrt([...set].reduce((sum, word) => sum + weightOf(word), 0)))
  return [
    (a, b) => similarity(firstVectors[a] ?? new Int8Array(), secondVectors[b] ?? new Int8Array()),
    (a, b) => {
      let product = 0
      for (const word of sets[a] ?? [])
        if (sets[first.length + b]?.has(word) === true) product += weightOf(word)
      return product / Math.max(1e-9, (lengths[a] ?? 0) * (lengths[first.length + b] ?? 0))
    },
  ]
}
