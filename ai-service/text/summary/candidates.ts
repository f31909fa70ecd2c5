import type { Sentence, TextDocument } from '../document.ts'
import type { Pace } from '../pace.ts'
import type { TermIndex } from '../term-index.ts'
import { sentenceForm } from './sentence-form.ts'

/** Similarity is quadratic in these; a longer text is represented by its openings and its densest sentences. */
const mostCandidates = 240
/** A sentence outside these sizes is a heading, a caption, or a wall of text. */
const fewestWords = 6
const mostWords = 60
const mostUnits = 1_000

/** Sentences of usable size, each text once; of a long text the first ones, then those with the most frequent terms. */
export async function candidateSentences(
  document: TextDocument,
  index: TermIndex,
  pace: Pace,
): Promise<readonly Sentence[]> {
  const seen = new Set<string>()
  const usable: Sentence[] = []
  for (const sentence of document.sentences) {
    await pace.breathe()
    const { text, tokens } = sentence
    if (tokens.length < fewestWords || tokens.length > mostWords || text.length > mostUnits) continue
    const form = sentenceForm(text)
    if (!(form.endsInMark || form.endsInLetter) || seen.has(text)) continue
    seen.add(text)
    usable.push(sentence)
  }
  if (usable.length <= mostCandidates) return usable
  const openings = usable.slice(0, mostCandidates / 3)
  const density: { sentence: Sentence; density: number }[] = []
  for (const sentence of usable.slice(openings.length)) {
    await pace.breathe()
    let sum = 0
    for (const term of new Set(index.rows[sentence.index])) {
      if (term >= 0) sum += Math.log(index.counts[term] ?? 1)
    }
    density.push({ sentence, density: sum / Math.sqrt(sentence.tokens.length) })
  }
  density.sort((left, right) => right.density - left.density || left.sentence.index - right.sentence.index)
  const dense = density.slice(0, mostCandidates - openings.length).map(({ sentence }) => sentence)
  return [...openings, ...dense].sort((left, right) => left.index - right.index)
}
