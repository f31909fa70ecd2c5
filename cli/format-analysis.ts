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
  /** Likeliest first; empty when the page fits no label well, or the topic could not be told. */
  readonly topics: readonly { readonly label: string; readonly confidence: number }[]
  /** By the page's own account; null where it does not say. */
  readonly metadata: PageAnalysis['metadata']
  /** Sentences of the page, in reading order. */
  readonly summary: readonly string[]
  readonly keywords: readonly { readonly phrase: string; readonly count: number; readonly weight: number }[]
  readonly entities: readonly { readonly name: string; readonly kind: string; readonly count: number }[]
  readonly words: number
  readonly readingMinutes: number
  /** Null where there is no measure for the language, or too little text. */
  readonly difficulty: { readonly level: 'easy' | 'medium' | 'hard'; readonly score: number } | null
  /** True when the page was longer than is read. */
  readonly isCut: boolean
  readonly milliseconds: Readonly<Partial<Record<AnalysisStage, number>>> & { readonly total: number }
}

export function reportOf(analysis: PageAnalysis): AnalysisReport {
  const { url, title, language, topic, metadata, difficulty, words, readingMinutes, isCut, totalMs } =
    analysis
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
    topics: topic.kind === 'known' ? topic.topics : [],
    metadata,
    summary: analysis.summary.map(sentence => sentence.text),
    keywords: analysis.keywords,
    entities: analysis.entities,
    words,
    readingMinutes,
    difficulty: difficulty.kind === 'known' ? { level: difficulty.level, score: difficulty.score } : null,
    isCut,
    milliseconds: { ...stages, total: rounded(totalMs) },
  }
}

/** For a person at a terminal. */
export function formatReport(report: AnalysisReport): string {
  const { language, milliseconds, metadata } = report
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
  const topics = report.topics
    .map(({ label, confidence }) => `${plainText(label)} (${Math.round(confidence * 100)} %)`)
    .join(', ')
  const entities = report.entities.map(entity => plainText(entity.name)).join(', ')
  const difficulty = report.difficulty === null ? '' : `, ${report.difficulty.level} to read`
  const origin = [metadata.author, metadata.siteName, metadata.publishedAt]
    .flatMap(part => (part === null ? [] : [plainText(part)]))
    .join(', ')
  const lines = [
    plainText(report.title) || 'Untitled page',
    plainText(report.url),
    ...(origin === '' ? [] : [origin]),
    '',
    `Language  ${languageText}`,
    `Topic     ${topics || 'none that fits'}`,
    `Reading   ${minutes}${difficulty}, ${report.words} words${report.isCut ? ' (the page is longer than was read)' : ''}`,
    `Keywords  ${keywords || 'none'}`,
    ...(entities === '' ? [] : [`Names     ${entities}`]),
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
