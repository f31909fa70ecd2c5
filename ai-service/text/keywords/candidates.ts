import type { Sentence, TextDocument } from '../document.ts'
import type { Pace } from '../pace.ts'
import type { TermIndex } from '../term-index.ts'
import { isUnspaced } from '../words.ts'
import { calendarWords } from './calendar.ts'

const longestPhrase = 4
const longestPhraseUnits = 100
/** Statistics of a text settle long before this many words. */
const mostWords = 20_000
const mostCandidates = 12_000

/** A word or phrase that may be a keyword, with what was counted of it. */
export interface Candidate {
  readonly terms: readonly number[]
  /** The ways in which it is written, with how often. */
  readonly surfaces: Map<string, number>
  readonly firstSentence: number
  /** Words of the text before it. */
  readonly firstWord: number
  lastSentence: number
  count: number
  sentences: number
  /** Times that it was a whole run of content words: between function words, punctuation or line ends. */
  whole: number
  /** Times that a run began, or ended, with it. */
  opens: number
  closes: number
  capitals: number
  acronyms: number
  hyphens: number
}

export interface Candidates {
  readonly all: readonly Candidate[]
  readonly sentences: number
  readonly words: number
  /** Different neighbours of each term, as content words, left and right. */
  readonly neighbours: readonly ReadonlySet<number>[]
}

/** Every run of 1 to 4 content words that no function word or mark cuts (as in RAKE, Rose et al. 2010). */
export async function keywordCandidates(
  document: TextDocument,
  index: TermIndex,
  ignored: readonly string[],
  pace: Pace,
): Promise<Candidates> {
  const glue = isUnspaced(document.language) ? '' : ' '
  const unwanted = new Set([...calendarWords(document.language), ...wordsOf(ignored)])
  const found = new Map<string, Candidate>()
  const neighbours: Set<number>[] = []
  let words = 0
  let sentences = 0
  for (const sentence of document.sentences) {
    await pace.breathe()
    if (words > mostWords || found.size > mostCandidates) break
    const row = index.rows[sentence.index] ?? new Int32Array(0)
    for (const run of contentRuns(sentence, row, unwanted)) {
      addNeighbours(run, row, neighbours)
      for (let start = run.from; start < run.to; start++) {
        for (let size = 1; size <= longestPhrase && start + size <= run.to; size++) {
          countCandidate(sentence, row, run, start, size, glue, words, found)
        }
      }
    }
    words += sentence.tokens.length
    sentences++
  }
  return { all: [...found.values()], sentences, words, neighbours }
}

interface Run {
  readonly from: number
  readonly to: number
}

/** Neighbouring content words with nothing but a space (or nothing at all) between them. */
function contentRuns({ text, tokens }: Sentence, row: Int32Array, unwanted: ReadonlySet<string>): Run[] {
  const runs: Run[] = []
  let from = -1
  let end = 0
  for (let place = 0; place < tokens.length; place++) {
    const token = tokens[place]
    if (token === undefined) continue
    const isContent = (row[place] ?? -1) >= 0 && !unwanted.has(token.folded)
    if (from !== -1 && (!isContent || text.slice(end, token.start).trim() !== '')) {
      runs.push({ from, to: place })
      from = -1
    }
    if (isContent && from === -1) from = place
    end = token.start + token.text.length
  }
  if (from !== -1) runs.push({ from, to: tokens.length })
  return runs
}

function addNeighbours({ from, to }: Run, row: Int32Array, neighbours: Set<number>[]): void {
  for (let place = from; place < to; place++) {
    const term = row[place] ?? 0
    const own = neighbours[term] ?? new Set<number>()
    neighbours[term] = own
    if (place > from) own.add(-1 - (row[place - 1] ?? 0))
    if (place + 1 < to) own.add(row[place + 1] ?? 0)
  }
}

function countCandidate(
  { tokens, index }: Sentence,
  row: Int32Array,
  { from, to }: Run,
  start: number,
  size: number,
  glue: string,
  wordsBefore: number,
  found: Map<string, Candidate>,
): void {
  let surface = ''
  let key = ''
  let capitals = 0
  let acronyms = 0
  for (let place = start; place < start + size; place++) {
    const token = tokens[place]
    if (token === undefined) return
    surface += (place > start ? glue : '') + token.text
    key += `${row[place]} `
    if (token.text === token.folded) continue
    if (token.text.length > 1 && token.text === token.text.toUpperCase()) acronyms++
    else if (place > 0) capitals++
  }
  if (surface.length > longestPhraseUnits) return
  let candidate = found.get(key)
  if (candidate === undefined) {
    candidate = {
      terms: [...row.subarray(start, start + size)],
      surfaces: new Map(),
      firstSentence: index,
      firstWord: wordsBefore + start,
      lastSentence: -1,
      count: 0,
      sentences: 0,
      whole: 0,
      opens: 0,
      closes: 0,
      capitals: 0,
      acronyms: 0,
      hyphens: 0,
    }
    found.set(key, candidate)
  }
  candidate.count++
  if (candidate.lastSentence !== index) candidate.sentences++
  candidate.lastSentence = index
  const opens = start === from
  const closes = start + size === to
  if (opens) candidate.opens++
  if (closes) candidate.closes++
  if (opens && closes) candidate.whole++
  if (capitals === size || (start === 0 && capitals === size - 1 && size > 1)) candidate.capitals++
  if (acronyms > 0) candidate.acronyms++
  if (surface.includes('-')) candidate.hyphens++
  candidate.surfaces.set(surface, (candidate.surfaces.get(surface) ?? 0) + 1)
}

function* wordsOf(texts: readonly string[]): Generator<string> {
  for (const text of texts) {
    for (const [word] of text
      .slice(0, 500)
      .toLowerCase()
      .matchAll(/[\p{L}\p{M}\p{N}]+/gu))
      yield word
  }
}
