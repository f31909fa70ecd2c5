import type { LanguageGuess } from '../../contracts/page-analysis.ts'
import type { LanguageIdentifier } from './identifier.ts'

/** Neighbouring paragraphs in one language that is not the page's. */
export interface ForeignPassage {
  /** Places in the page's paragraphs; both belong to it. */
  readonly first: number
  readonly last: number
  /** Of its surest paragraph. */
  readonly guess: LanguageGuess
}

/** Shorter paragraphs are names, menus and quotations of a few words: they say too little. */
const fewestUnits = 60
/** A paragraph is told by its beginning. */
const readUnits = 300
/** Below this a paragraph goes with its neighbours. */
const leastConfidence = 0.85
/** What it takes to believe that a close relative of the page's language is not that language. */
const leastRelativeConfidence = 0.99
/** Paragraphs that are read; of more, evenly spread ones. */
const mostParagraphs = 600

/** Languages that short texts do not tell apart well. */
const relatives: readonly (readonly string[])[] = [
  ['bs', 'hr', 'sr'],
  ['nb', 'nn', 'da'],
  ['id', 'ms'],
  ['gl', 'pt', 'es', 'an', 'ca'],
  ['en', 'sco', 'pcm'],
  ['cs', 'sk'],
  ['mk', 'bg'],
  ['xh', 'zu'],
  ['hsb', 'dsb'],
  ['de', 'lb'],
  ['af', 'nl'],
  ['hi', 'mr', 'ne'],
]

/**
 * The passages of a page that are in another language than the page, in reading order. Short paragraphs, and those
 * whose language is unsure, are taken for the language around them. Bounded work: one batch of the model.
 * Throws ModelUnavailableError.
 */
export async function foreignPassages(
  identifier: Pick<LanguageIdentifier, 'identify'>,
  paragraphs: readonly string[],
  pageTag: string,
): Promise<ForeignPassage[]> {
  const step = Math.max(1, paragraphs.length / mostParagraphs)
  const read: { place: number; text: string }[] = []
  for (let next = 0; next < paragraphs.length; next += step) {
    const place = Math.floor(next)
    const text = (paragraphs[place] ?? '').slice(0, readUnits)
    if (text.length >= fewestUnits) read.push({ place, text })
  }
  const guesses = await identifier.identify(read.map(({ text }) => text))
  const passages: ForeignPassage[] = []
  let isRunning = false
  for (const [index, { place }] of read.entries()) {
    const guess = guesses[index]
    if (guess === undefined || !isSure(guess, pageTag)) continue
    const isForeign = guess.tag !== pageTag
    const run = isRunning ? passages.at(-1) : undefined
    if (run !== undefined && run.guess.tag === guess.tag) {
      const surer = guess.confidence > run.guess.confidence ? guess : run.guess
      passages[passages.length - 1] = { ...run, last: place, guess: surer }
    } else if (isForeign) {
      passages.push({ first: place, last: place, guess })
    }
    isRunning = isForeign
  }
  return passages
}

function isSure(guess: LanguageGuess, pageTag: string): boolean {
  if (guess.tag === 'und') return false
  if (guess.tag === pageTag) return true
  const isRelative = relatives.some(group => group.includes(guess.tag) && group.includes(pageTag))
  return guess.confidence >= (isRelative ? leastRelativeConfidence : leastConfidence)
}
