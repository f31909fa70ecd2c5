import type { PageAnalysis } from '../../contracts/page-analysis.ts'
import { orUnavailable } from '../models/or-unavailable.ts'
import type { Pace } from '../text/pace.ts'
import type { LanguageIdentifier } from './identifier.ts'
import { samplePage } from './page-sample.ts'

/** Says in which language each text is written; may reject with ModelUnavailableError. */
export type IdentifiesLanguage = Pick<LanguageIdentifier, 'identify'>

/** Texts that are identified without a breath: about two milliseconds. */
const textsAtOnce = 16

/** The language that most of a page is written in, or why it cannot be told. */
export function identifyPage(
  paragraphs: readonly string[],
  identifier: IdentifiesLanguage,
): Promise<PageAnalysis['language']> {
  return orUnavailable(async () => {
    const [guess] = await identifier.identify([samplePage(paragraphs)])
    return { kind: 'known' as const, guess: guess ?? { tag: 'und', name: 'Unknown', confidence: 0 } }
  })
}

/** The same identifier for many texts: between some of them others may use the processor. */
export function paced(identifier: IdentifiesLanguage, pace: Pace): IdentifiesLanguage {
  return {
    async identify(texts) {
      const guesses = []
      for (let at = 0; at < texts.length; at += textsAtOnce) {
        guesses.push(...(await identifier.identify(texts.slice(at, at + textsAtOnce))))
        await pace.breathe()
      }
      return guesses
    },
  }
}
