import type { Embedder } from '../embedding/embedder.ts'
import type { Passage } from '../embedding/passages.ts'
import { wordsOf } from '../embedding/tokenizer.ts'
import { similarity } from '../embedding/vectors.ts'
import type { Pace } from '../text/pace.ts'
import { sentenceSplitter } from '../text/sentences.ts'
import { couldAnswer, type Question, stemOf } from './question.ts'

/** What speaks for one passage as the answer of a question; each from 0 or -1 to about 1. */
export interface PassageSigns {
  /** BM25 among the passages of the page, over the most that the question could reach. */
  readonly words: number
  /** Share of the question's terms, weighted by rarity in the page, that the passage holds. */
  readonly coverage: number
  /** The same for the best two neighbouring sentences. */
  readonly sentenceCoverage: number
  /** Share of the question's terms that stand anywhere in the page. */
  readonly pageCoverage: number
  /** Likeness of meaning of the passage, of its best sentence. */
  readonly meaning: number
  readonly sentenceMeaning: number
  /** 1 when the best sentence has what the question asks for: a year, a name; 0 when not. */
  readonly kind: number
}

/** Robertson and Zaragoza 2009, "The Probabilistic Relevance Framework"; lengths matter little among passages. */
const saturation = 1.2
const lengthShare = 0.5
const mostSentencesOfPassage = 12

/** Signs of each passage, in order. Throws ModelUnavailableError. */
export async function readSigns(
  question: Question,
  passages: readonly Passage[],
  language: string,
  embedder: Pick<Embedder, 'embed'>,
  pace: Pace,
): Promise<PassageSigns[]> {
  const split = sentenceSplitter(language)
  const read = []
  for (const { text } of passages) {
    const sentences = split(text).slice(0, mostSentencesOfPassage)
    read.push({ sentences, stems: sentences.map(sentence => wordsOf(sentence).map(stemOf)) })
    await pace.breathe()
  }
  const rarity = raritiesOf(
    question.terms,
    read.map(({ stems }) => new Set(stems.flat())),
  )
  const total = question.terms.reduce((sum, term) => sum + (rarity.get(term) ?? 0), 0)
  const shareOf = (stems: ReadonlySet<string>): number =>
    total === 0 ? 0 : sumOver(question.terms, term => (stems.has(term) ? (rarity.get(term) ?? 0) : 0)) / total
  const pageStems = new Set(read.flatMap(({ stems }) => stems.flat()))
  const pageCoverage =
    sumOver(question.terms, term => (pageStems.has(term) ? 1 : 0)) / Math.max(1, question.terms.length)
  const averageLength = sumOver(read, ({ stems }) => stems.flat().length) / Math.max(1, read.length)

  const [questionVector = new Int8Array()] = await embedder.embed([question.text])
  const vectors = await embedder.embed(passages.map(passage => passage.text))
  const signs: PassageSigns[] = []
  for (const [index, { sentences, stems }] of read.entries()) {
    const sentenceVectors = await embedder.embed(sentences)
    await pace.breathe()
    const all = stems.flat()
    const norm = saturation * (1 - lengthShare + (lengthShare * all.length) / Math.max(1, averageLength))
    const words = sumOver(question.terms, term => {
      const count = all.filter(stem => stem === term).length
      return ((rarity.get(term) ?? 0) * count) / (count + norm)
    })
    const meanings = sentenceVectors.map(vector => similarity(questionVector, vector))
    const shares = stems.map((own, place) => shareOf(new Set([...own, ...(stems[place + 1] ?? [])])))
    const best = sentences
      .map((sentence, place) => ({ sentence, worth: (shares[place] ?? 0) + (meanings[place] ?? 0) }))
      .reduce((most, next) => (next.worth > most.worth ? next : most), { sentence: '', worth: -9 })
    signs.push({
      words: total === 0 ? 0 : words / total,
      coverage: shareOf(new Set(all)),
      sentenceCoverage: Math.max(0, ...shares),
      pageCoverage,
      meaning: similarity(questionVector, vectors[index] ?? new Int8Array()),
      sentenceMeaning: Math.max(-1, ...meanings),
      kind: couldAnswer(question.kind, best.sentence) ? 1 : 0,
    })
  }
  return signs
}

/** Rarity of each term among the passages; one that stands nowhere counts as if it stood in one: it may be a synonym. */
function raritiesOf(terms: readonly string[], passages: readonly ReadonlySet<string>[]): Map<string, number> {
  return new Map(
    terms.map(term => {
      const holding = Math.max(1, passages.filter(stems => stems.has(term)).length)
      return [term, Math.log(1 + (passages.length - holding + 0.5) / (holding + 0.5)) + 0.3]
    }),
  )
}

function sumOver<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((sum, item) => sum + value(item), 0)
}
