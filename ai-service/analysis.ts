import type { IndexedAnalysis } from '../contracts/ai.ts'
import type { PageText } from '../contracts/page.ts'
import type {
  LanguageGuess,
  PageAnalysis,
  StageReport,
  StageResult,
  SummarySentence,
} from '../contracts/page-analysis.ts'
import { NothingToReadError } from './errors.ts'
import { samplePage } from './language/page-sample.ts'
import { decideByScript } from './language/script-rule.ts'
import { profileScripts } from './language/scripts.ts'
import { ModelUnavailableError } from './models/errors.ts'
import { readDocument, type Sentence } from './text/document.ts'
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
  progress(result: StageResult): void
}

/** A stage's result before its time is known. */
type Finding = StageResult extends infer Result
  ? Result extends StageResult
    ? Omit<Result, 'milliseconds'>
    : never
  : never

/**
 * Understands one page, stage by stage, and tells what each has found. `readMs` is how long it took to get the text.
 * The text is data: nothing in it changes what is done, only what comes out. Cancelling stops between stages and
 * inside long ones; the event loop is never held for long. Rejects with NOTHING_TO_READ, or the signal's reason.
 */
export async function analyzePage(
  page: PageText,
  readMs: number,
  tools: AnalysisTools,
  call: AnalysisCall,
): Promise<IndexedAnalysis> {
  const startedMs = tools.now()
  const pace = createPace(call.signal, tools.now)
  const stages: StageReport[] = []
  const finish = (milliseconds: number, finding: Finding): void => {
    stages.push({ stage: finding.stage, milliseconds })
    call.progress({ ...finding, milliseconds })
  }
  const timed = async <F extends Finding>(work: () => Promise<F>): Promise<F['found']> => {
    call.signal.throwIfAborted()
    const stageStartedMs = tools.now()
    const finding = await work()
    finish(Math.max(0, tools.now() - stageStartedMs), finding)
    return finding.found
  }

  call.signal.throwIfAborted()
  if (!page.paragraphs.some(paragraph => hasWord.test(paragraph))) throw new NothingToReadError()
  const { url, title, metadata, method, isCut } = page
  const read = { url, title, metadata, method, isCut }
  finish(Math.max(0, readMs), { stage: 'read', found: read })
  const language = await timed(async () => ({
    stage: 'language',
    found: { language: await identify(page, tools.identifier), passageLanguages: [] },
  }))
  const topic = await timed(async () => ({ stage: 'topic', found: { topic: { kind: 'none' } } }))
  const reading = readingLanguage(page, language.language)
  const document = await readDocument(page, reading, pace)
  const summary = await timed(async () => ({
    stage: 'summary',
    found: { summary: (await summarize(document, pace)).map(placeOf) },
  }))
  const keywords = await timed(async () => ({
    stage: 'keywords',
    found: { keywords: await extractKeywords(document, pace) },
  }))
  const entities = await timed(async () => ({ stage: 'entities', found: { entities: [] } }))
  const time = await timed(async () => ({
    stage: 'readingTime',
    found: {
      words: document.words,
      readingMinutes: readingMinutes(document),
      difficulty: { kind: 'unknown' },
    },
  }))
  const passages = await timed(async () => ({
    stage: 'passages',
    found: { passages: { kind: 'known', count: 0 } },
  }))
  const analysis: PageAnalysis = {
    ...read,
    ...language,
    ...topic,
    ...summary,
    ...keywords,
    ...entities,
    ...time,
    ...passages,
    stages,
    totalMs: Math.max(0, readMs + tools.now() - startedMs),
  }
  return { analysis, index: null }
}

function placeOf({ text, paragraph, start }: Sentence): SummarySentence {
  return { text, paragraph, start, end: start + text.length }
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
