import type { PageAnalysis } from '../../contracts/page-analysis.ts'
import { orUnavailable } from '../models/or-unavailable.ts'
import { samplePage } from './page-sample.ts'
import type { IdentifiesLanguage } from './passage-languages.ts'

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
