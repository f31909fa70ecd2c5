import type { Keyword } from '../../contracts/page-analysis.ts'
import type { Sentence, TextDocument } from './document.ts'
import type { Pace } from './pace.ts'
import { type Vocabulary, vocabularyOf } from './terms.ts'
import { isUnspaced } from './words.ts'

const mostKeywords = 10
const longestPhrase = 3
/** Statistics of a text settle long before this many words. */
const mostWords = 50_000
const longestPhraseUnits = 100
/** Up to here a text is too short for its phrases to come back. */
const shortTextSentences = 12

/** What YAKE counts of one term. */
interface Term {
  count: number
  capitalised: number
  acronyms: number
  readonly sentences: number[]
  readonly left: Map<string, number>
  readonly right: Map<string, number>
}

interface Candidate {
  readonly stems: readonly string[]
  readonly surfaces: Map<string, number>
  readonly first: number
  count: number
}

/**
 * The words and phrases that a text is about, best first. Deterministic.
 *
 * After YAKE (Campos et al. 2020, "YAKE! Keyword extraction from single documents using multiple local features"):
 * terms are weighed by case, position, frequency, spread over sentences and variety of neighbours, and phrases of up
 * to 3 words by their terms. As in RAKE (Rose et al. 2010) a phrase never crosses a function word or punctuation.
 */
export async function extractKeywords(document: TextDocument, pace: Pace): Promise<Keyword[]> {
  const vocabulary = vocabularyOf(document)
  const glue = isUnspaced(document.language) ? '' : ' '
  const terms = new Map<string, Term>()
  const candidates = new Map<string, Candidate>()
  let words = 0
  let read = 0
  for (const sentence of document.sentences) {
    await pace.breathe()
    words += sentence.tokens.length
    if (words > mostWords && read > 0) break
    read++
    for (const run of contentRuns(sentence, vocabulary)) {
      countTerms(run, sentence, vocabulary, terms)
      countCandidates(run, sentence, vocabulary, candidates, glue)
    }
  }
  const termScores = await scoreTerms(terms, read, pace)
  const scored: { candidate: Candidate; score: number }[] = []
  const titleStems = stemsOf(document.title, vocabulary)
  for (const candidate of candidates.values()) {
    await pace.breathe()
    // A phrase that occurs once in a long text is chance; in a short one there is nothing else.
    if (candidate.count < 2 && read > shortTextSentences && candidate.stems.length > 1) continue
    scored.push({ candidate, score: scorePhrase(candidate, termScores, titleStems) })
  }
  scored.sort((a, b) => a.score - b.score || a.candidate.first - b.candidate.first)
  return toKeywords(chooseDistinct(scored))
}

type Run = readonly { readonly text: string; readonly folded: string; readonly place: number }[]

/** Neighbouring content words with nothing but a space (or nothing at all) between them. */
function contentRuns(sentence: Sentence, vocabulary: Vocabulary): Run[] {
  const runs: { text: string; folded: string; place: number }[][] = []
  let run: { text: string; folded: string; place: number }[] = []
  let end = -1
  for (const [place, token] of sentence.tokens.entries()) {
    const { text, folded, start } = token
    const isContent = vocabulary.isContent(token)
    const gap = end === -1 ? '' : sentence.text.slice(end, start)
    if ((!isContent || gap.trim() !== '') && run.length > 0) {
      runs.push(run)
      run = []
    }
    if (isContent) run.push({ text, folded, place })
    end = start + text.length
  }
  if (run.length > 0) runs.push(run)
  return runs
}

function countTerms(run: Run, sentence: Sentence, vocabulary: Vocabulary, terms: Map<string, Term>): void {
  for (const { text, folded, place } of run) {
    const stem = vocabulary.stem(folded)
    const term = terms.get(stem) ?? newTerm()
    terms.set(stem, term)
    term.count++
    term.sentences.push(sentence.index)
    if (text.length > 1 && text === text.toUpperCase() && text !== folded) term.acronyms++
    else if (place > 0 && text[0] !== folded[0]) term.capitalised++
    const before = sentence.tokens[place - 1]?.folded
    const after = sentence.tokens[place + 1]?.folded
    if (before !== undefined) term.left.set(before, (term.left.get(before) ?? 0) + 1)
    if (after !== undefined) term.right.set(after, (term.right.get(after) ?? 0) + 1)
  }
}

function newTerm(): Term {
  return { count: 0, capitalised: 0, acronyms: 0, sentences: [], left: new Map(), right: new Map() }
}

function countCandidates(
  run: Run,
  sentence: Sentence,
  vocabulary: Vocabulary,
  candidates: Map<string, Candidate>,
  glue: string,
): void {
  for (let start = 0; start < run.length; start++) {
    for (let size = 1; size <= longestPhrase && start + size <= run.length; size++) {
      const part = run.slice(start, start + size)
      const surface = part.map(({ text }) => text).join(glue)
      if (surface.length > longestPhraseUnits) continue
      const stems = part.map(({ folded }) => vocabulary.stem(folded))
      const key = stems.join(' ')
      const candidate = candidates.get(key) ?? { stems, surfaces: new Map(), first: sentence.index, count: 0 }
      candidates.set(key, candidate)
      candidate.count++
      candidate.surfaces.set(surface, (candidate.surfaces.get(surface) ?? 0) + 1)
    }
  }
}

/** YAKE's term weight; lower is better. */
async function scoreTerms(
  terms: ReadonlyMap<string, Term>,
  sentences: number,
  pace: Pace,
): Promise<Map<string, number>> {
  const counts = [...terms.values()].map(term => term.count)
  const mean = counts.reduce((sum, count) => sum + count, 0) / Math.max(1, counts.length)
  const deviation = Math.sqrt(
    counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / Math.max(1, counts.length),
  )
  const highest = counts.reduce((most, count) => Math.max(most, count), 1)
  const scores = new Map<string, number>()
  for (const [stem, term] of terms) {
    await pace.breathe()
    const frequency = term.count / (mean + deviation)
    const spread = new Set(term.sentences).size / Math.max(1, sentences)
    const case_ = Math.max(term.acronyms, term.capitalised) / (1 + Math.log(term.count))
    const middle = term.sentences[Math.floor(term.sentences.length / 2)] ?? 0
    const position = Math.log(Math.log(3 + middle))
    const variety =
      1 +
      (term.left.size / Math.max(1, sum(term.left)) + term.right.size / Math.max(1, sum(term.right))) *
        (term.count / highest)
    scores.set(stem, (variety * position) / (case_ + frequency / variety + spread / variety))
  }
  return scores
}

function sum(counts: ReadonlyMap<string, number>): number {
  let total = 0
  for (const count of counts.values()) total += count
  return total
}

/** YAKE's phrase weight; a phrase of the title counts double (not in YAKE: a page's title is its author's choice). */
function scorePhrase(
  candidate: Candidate,
  terms: ReadonlyMap<string, number>,
  title: ReadonlySet<string>,
): number {
  let product = 1
  let total = 0
  for (const stem of candidate.stems) {
    const score = terms.get(stem) ?? 1
    product *= score
    total += score
  }
  const isInTitle = candidate.stems.every(stem => title.has(stem))
  return product / (candidate.count * (isInTitle ? 2 : 1) * (1 + total))
}

function stemsOf(text: string, vocabulary: Vocabulary): ReadonlySet<string> {
  return new Set(
    (text.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [])
      .map(word => ({ text: word, folded: word.toLowerCase() }))
      .filter(word => vocabulary.isContent(word))
      .map(word => vocabulary.stem(word.folded)),
  )
}

/** Best first, without phrases inside or much like a better one, and at most two around the same word. */
function chooseDistinct(
  scored: readonly { candidate: Candidate; score: number }[],
): { candidate: Candidate; score: number }[] {
  const chosen: { candidate: Candidate; score: number }[] = []
  for (const entry of scored) {
    if (chosen.length === mostKeywords) break
    const isRepeat = chosen.some(({ candidate }) => {
      const shared = entry.candidate.stems.filter(stem => candidate.stems.includes(stem)).length
      return shared >= 2 || shared === entry.candidate.stems.length
    })
    const isCrowded = entry.candidate.stems.some(
      stem => chosen.filter(({ candidate }) => candidate.stems.includes(stem)).length >= 2,
    )
    if (!isRepeat && !isCrowded) chosen.push(entry)
  }
  return chosen
}

function toKeywords(chosen: readonly { candidate: Candidate; score: number }[]): Keyword[] {
  const best = chosen[0]?.score ?? 1
  return chosen.map(({ candidate, score }) => ({
    phrase: mostUsed(candidate.surfaces),
    count: candidate.count,
    weight: Math.min(1, Math.sqrt(best / score)),
  }))
}

/** The form that is written most often; the first of equals. */
function mostUsed(surfaces: ReadonlyMap<string, number>): string {
  let best = ''
  let most = 0
  for (const [surface, count] of surfaces) {
    if (count > most) {
      best = surface
      most = count
    }
  }
  return best
}
