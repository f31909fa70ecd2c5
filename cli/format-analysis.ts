import type { AnalysisStage, PageAnalysis } from '../contracts/page-analysis.ts'
import { plainText } from './terminal-text.ts'

/** What `nexus analyze --json` prints. Scripts rely on these names. */
export interface AnalysisReport {
  readonly url: string
  readonly title: string
  readonly language: {
    /** BCP 47; "und" when it could not be told, and then `problem` may say why. */
    readonly tag: string
    readonly name: string
    /** 0 to 1. */
    readonly confidence: number
    readonly problem?: { readonly code: string; readonly message: string }
  }
  /** Sentences of the page, in reading order. */
  readonly summary: readonly string[]
  readonly keywords: readonly { readonly phrase: string; readonly count: number; readonly weight: number }[]
  readonly words: number
  readonly readingMinutes: number
  /** True when the page was longer than is read. */
  readonly isCut: boolean
  readonly milliseconds: Readonly<Partial<Record<AnalysisStage, number>>> & { readonly total: number }
}

export function reportOf(analysis: PageAnalysis): AnalysisReport {
  const { url, title, language, words, readingMinutes, isCut, totalMs } = analysis
  const stages = Object.fromEntries(
    analysis.stages.map(({ stage, milliseconds }) => [stage, rounded(milliseconds)]),
  )
  return {
    url,
    title,
    language:
      language.kind === 'known'
        ? language.guess
        : {
            tag: 'und',
            name: 'Unknown',
            confidence: 0,
            problem: { code: language.code, message: language.message },
          },
    summary: analysis.summary.map(sentence => sentence.text),
    keywords: analysis.keywords,
    words,
    readingMinutes,
    isCut,
    milliseconds: { ...stages, total: rounded(totalMs) },
  }
}

/** For a person at a terminal. */
export function formatReport(report: AnalysisReport): string {
  const { language, milliseconds } = report
  const confidence = `${Math.round(language.confidence * 100)} %`
  const languageText =
    language.problem === undefined
      ? `${language.name} (${confidence})`
      : `unknown: ${plainText(language.problem.message)}`
  const stages = Object.entries(milliseconds)
    .filter(([stage]) => stage !== 'total')
    .map(([stage, value]) => `${stage} ${value}`)
    .join(', ')
  const minutes =
    report.readingMinutes < 1 ? 'less than a minute' : `about ${Math.round(report.readingMinutes)} min`
  const keywords = report.keywords.map(keyword => plainText(keyword.phrase)).join(', ')
  const lines = [
    plainText(report.title) || 'Untitled page',
    plainText(report.url),
    '',
    `Language  ${languageText}`,
    `Reading   ${minutes}, ${report.words} words${report.isCut ? ' (the page is longer than was read)' : ''}`,
    `Keywords  ${keywords || 'none'}`,
    '',
    ...(report.summary.length === 0
      ? ['The page is too short to be summarised.']
      : report.summary.map(sentence => `  • ${plainText(sentence)}`)),
    '',
    `${milliseconds.total} ms${stages === '' ? '' : ` (${stages})`}`,
  ]
  return `${lines.join('\n')}\n`
}

/** A thousandth of a millisecond says nothing. */
function rounded(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10
}
