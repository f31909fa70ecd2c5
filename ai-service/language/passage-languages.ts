import type { LanguageGuess, PassageLanguage } from '../../contracts/page-analysis.ts'
import type { Pace } from '../text/pace.ts'

/** Says in which language each text is written; may reject with ModelUnavailableError. */
export interface IdentifiesLanguage {
  identify(texts: readonly string[]): Promise<LanguageGuess[]>
}

/** Shorter paragraphs (headings, names, menus) are too often taken for another language. */
const fewestUnits = 80
/** A paragraph shows its language in its first so many code units. */
const sampleUnits = 240
/** Paragraphs of one page that are looked at, from its beginning. */
const mostParagraphs = 100
/** Closely related languages are told apart badly in one paragraph; a foreign one is far surer than this. */
const leastConfidence = 0.9

/**
 * Runs of paragraphs that are written in another language than the page, in reading order. Short paragraphs belong to
 * the run around them. Rejects as the identifier does, and with the reason of the pace's signal.
 */
export async function findPassageLanguages(
  paragraphs: readonly string[],
  pageLanguage: string,
  identifier: IdentifiesLanguage,
  pace: Pace,
): Promise<PassageLanguage[]> {
  const runs: PassageLanguage[] = []
  let open: PassageLanguage | null = null
  let looked = 0
  for (const [index, paragraph] of paragraphs.entries()) {
    if (looked >= mostParagraphs) break
    if (paragraph.length < fewestUnits) continue
    looked++
    const [guess] = await identifier.identify([paragraph.slice(0, sampleUnits)])
    await pace.breathe()
    const isForeign =
      guess !== undefined &&
      guess.confidence >= leastConfidence &&
      guess.tag !== 'und' &&
      guess.tag !== pageLanguage
    if (!isForeign) {
      open = null
    } else if (open !== null && open.guess.tag === guess.tag) {
      open.to = index
    } else {
      open = { from: index, to: index, guess }
      runs.push(open)
    }
  }
  return runs
}
