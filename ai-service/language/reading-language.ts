import type { PageText } from '../../contracts/page.ts'
import type { PageAnalysis } from '../../contracts/page-analysis.ts'
import { samplePage } from './page-sample.ts'
import { decideByScript } from './script-rule.ts'
import { profileScripts } from './scripts.ts'

/** The language by whose rules a text is cut: as identified, else as the page claims, else as its script says. */
export function readingLanguage(
  page: Pick<PageText, 'declaredLanguage' | 'paragraphs'>,
  language: PageAnalysis['language'],
): string {
  if (language.kind === 'known' && language.guess.tag !== 'und') return language.guess.tag
  const declared = /^[a-z]{2,3}(?=-|$)/i.exec(page.declaredLanguage ?? '')?.[0].toLowerCase()
  if (declared !== undefined) return declared
  const sample = samplePage(page.paragraphs)
  const verdict = decideByScript(sample, profileScripts(sample))
  return verdict.kind === 'decided' ? verdict.tag : 'und'
}
