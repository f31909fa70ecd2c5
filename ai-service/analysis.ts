import type { AnalysisStage, LanguageGuess, PageAnalysis, StageReport } from '../contracts/ai.ts'
import type { PageText } from '../contracts/page.ts'
import { NothingToReadError } from './errors.ts'
import { samplePage } from './language/page-sample.ts'
import { decideByScript } from './language/script-rule.ts'
import { profileScripts } from './language/scripts.ts'
import { ModelUnavailableError } from './models/errors.ts'
import { readDocument } from './text/document.ts'
import { extractKeywords } from './text/keywords.ts'
import { createPace } from './text/pace.ts'
import { readingMinutes } from './text/reading-time.ts'
import { summarize } from './text/summary.ts'

/** Says in which language each text is written; may reject with ModelUnavailableError. */
export interface IdentifiesLanguage {
  identify(texts: readonly string[]): Promise<LanguageGuess[]>
}

export interface AnalysisTools {
  readonly identifier: IdentifiesLanguage
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number
}

export interface AnalysisCall {
  readonly signal: AbortSignal
  progress(report: StageReport): void
}

/**
 * Understands one page, stage by stage. `readMs` is how long it took to get the text. The text is data: nothing in it
 * changes what is done, only what comes out. Cancelling stops between stages and inside long ones; the event loop is
 * never held for long. Rejects with NOTHING_TO_READ, or the signal's reason.
 */
export async function analyzePage(
  page: PageText,
  readMs: number,
  tools: AnalysisTools,
  call: AnalysisCall,
): Promise<PageAnalysis> {
  const startedMs = tools.now()
  const pace = createPace(call.signal, tools.now)
  const stages: StageReport[] = []
  const finish = (stage: AnalysisStage, milliseconds: number): void => {
    const report = { stage, milliseconds: Math.max(0, milliseconds) }
    stages.push(report)
    call.progress(report)
  }
  const timed = async <T>(stage: AnalysisStage, work: () => Promise<T> | T): Promise<T> => {
    call.signal.throwIfAborted()
    const stageStartedMs = tools.now()
    const result = await work()
    finish(stage, tools.now() - stageStartedMs)
    return result
  }

  call.signal.throwIfAborted()
  if (!page.paragraphs.some(paragraph => hasWord.test(paragraph))) throw new NothingToReadError()
  finish('read', readMs)
  const language = await timed('language', () => identify(page, tools.identifier))
  const { summary, document } = await timed('summary', async () => {
    const document = await readDocument(page, readingLanguage(page, language), pace)
    return { document, summary: await summarize(document, pace) }
  })
  const keywords = await timed('keywords', () => extractKeywords(document, pace))
  const minutes = await timed('readingTime', () => readingMinutes(document))
  return {
    url: page.url,
    title: page.title,
    language,
    summary: summary.map(({ text, paragraph }) => ({ text, paragraph })),
    keywords,
    words: document.words,
    readingMinutes: minutes,
    method: page.method,
    isCut: page.isCut,
    stages,
    totalMs: Math.max(0, readMs + tools.now() - startedMs),
  }
}

const hasWord = /[\p{L}\p{N}]/u

/** A model that cannot be used costs this answer, not the analysis. */
async function identify(page: PageText, identifier: IdentifiesLanguage): Promise<PageAnalysis['language']> {
  try {
    const [guess] = await identifier.identify([samplePage(page.paragraphs)])
    return { kind: 'known', guess: guess ?? { tag: 'und', name: 'Unknown', confidence: 0 } }
  } catch (error) {
    if (!(error instanceof ModelUnavailableError)) throw error
    return { kind: 'unavailable', code: error.code, message: error.message }
  }
}

/** The language by whose rules the text is cut: as identified, else as the page claims, else as its script says. */
function readingLanguage(page: PageText, language: PageAnalysis['language']): string {
  if (language.kind === 'known' && language.guess.tag !== 'und') return language.guess.tag
  const declared = /^[a-z]{2,3}(?=-|$)/i.exec(page.declaredLanguage ?? '')?.[0].toLowerCase()
  if (declared !== undefined) return declared
  const sample = samplePage(page.paragraphs)
  const verdict = decideByScript(sample, profileScripts(sample))
  return verdict.kind === 'decided' ? verdict.tag : 'und'
}
