import type { IndexedAnalysis } from '../contracts/ai.ts'
import type { PageText } from '../contracts/page.ts'
import {
  mostPassages,
  type PageAnalysis,
  type PassageIndex,
  type StageReport,
  type StageResult,
  type SummarySentence,
  type TopicGuess,
} from '../contracts/page-analysis.ts'
import { joinVectors } from './embedding/join-vectors.ts'
import { splitPassages } from './embedding/passages.ts'
import { pageVector } from './embedding/vectors.ts'
import { NothingToReadError } from './errors.ts'
import { type IdentifiesLanguage, identifyPage, paced } from './language/page-language.ts'
import { foreignPassages } from './language/passages.ts'
import { readingLanguage } from './language/reading-language.ts'
import { orElse, orUnavailable } from './models/or-unavailable.ts'
import type { Turn } from './queue/inference-queue.ts'
import { readingDifficulty } from './text/difficulty.ts'
import { readDocument, type Sentence, type TextDocument } from './text/document.ts'
import { findEntities } from './text/entities/entities.ts'
import type { KeywordExtractor } from './text/keywords/extractor.ts'
import { extractKeywords } from './text/keywords.ts'
import { readingMinutes } from './text/reading-time.ts'
import type { Summarizer } from './text/summary/summarizer.ts'
import { summarize } from './text/summary.ts'
import { indexTerms } from './text/term-index.ts'
import type { TopicClassifier } from './topic/classifier.ts'

/** What an analysis is made with. Each of them may reject with ModelUnavailableError, which costs its answer only. */
export interface AnalysisTools {
  readonly identifier: IdentifiesLanguage
  readonly topics: Pick<TopicClassifier, 'classify'>
  readonly summarizer: Pick<Summarizer, 'summarize'>
  readonly keywords: Pick<KeywordExtractor, 'extract'>
  /** Vectors of texts, in order; others may use the processor meanwhile. */
  readonly embed: (texts: readonly string[], turn: Turn) => Promise<Int8Array[]>
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number
}

export interface AnalysisCall {
  /** The right to use the processor; between stages whoever has a better claim goes first. */
  readonly turn: Turn
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
  { turn, progress }: AnalysisCall,
): Promise<IndexedAnalysis> {
  const startedMs = tools.now()
  const stages: StageReport[] = []
  let stageStartedMs = startedMs
  const begin = async (): Promise<void> => {
    await turn.giveWay()
    stageStartedMs = tools.now()
  }
  const finish = (finding: Finding, milliseconds = tools.now() - stageStartedMs): void => {
    const report = { stage: finding.stage, milliseconds: Math.max(0, milliseconds) }
    stages.push(report)
    progress({ ...finding, milliseconds: report.milliseconds })
  }

  if (!page.paragraphs.some(paragraph => hasWord.test(paragraph))) throw new NothingToReadError()
  const { url, title, metadata, method, isCut } = page
  const read = { url, title, metadata, method, isCut }
  finish({ stage: 'read', found: read }, readMs)

  await begin()
  const language = await identify(page, tools.identifier, turn)
  finish({ stage: 'language', found: language })

  await begin()
  const tag = readingLanguage(page, language.language)
  const topic = { topic: await classify(page, tag, tools.topics) }
  finish({ stage: 'topic', found: topic })

  await begin()
  const document = await readDocument(page, tag, turn)
  const terms = await indexTerms(document, turn)
  const sentences = await orElse(
    () => tools.summarizer.summarize(document, terms, turn),
    () => summarize(document, turn),
  )
  const summary = { summary: sentences.map(placeOf) }
  finish({ stage: 'summary', found: summary })

  await begin()
  const ignored = [metadata.author, metadata.siteName].filter(name => name !== null)
  const keywords = {
    keywords: await orElse(
      () => tools.keywords.extract(document, terms, ignored, turn),
      () => extractKeywords(document, turn),
    ),
  }
  finish({ stage: 'keywords', found: keywords })

  await begin()
  const entities = { entities: await findEntities(document, turn) }
  finish({ stage: 'entities', found: entities })

  await begin()
  const time = {
    words: document.words,
    readingMinutes: readingMinutes(document),
    difficulty: readingDifficulty(document),
  }
  finish({ stage: 'readingTime', found: time })

  await begin()
  const indexed = await indexPassages(document, tools, turn)
  finish({ stage: 'passages', found: { passages: indexed.passages } })

  const analysis: PageAnalysis = {
    ...read,
    ...language,
    ...topic,
    ...summary,
    ...keywords,
    ...entities,
    ...time,
    passages: indexed.passages,
    stages,
    totalMs: Math.max(0, readMs + tools.now() - startedMs),
  }
  return { analysis, index: indexed.index }
}

const hasWord = /[\p{L}\p{N}]/u

/** A page that changes its language more often than this is no text. */
const mostPassageLanguages = 100

async function identify(
  page: PageText,
  identifier: IdentifiesLanguage,
  turn: Turn,
): Promise<Pick<PageAnalysis, 'language' | 'passageLanguages'>> {
  const language = await identifyPage(page.paragraphs, identifier)
  if (language.kind !== 'known') return { language, passageLanguages: [] }
  const passages = await foreignPassages(paced(identifier, turn), page.paragraphs, language.guess.tag)
  return {
    language,
    passageLanguages: passages
      .slice(0, mostPassageLanguages)
      .map(({ first, last, guess }) => ({ from: first, to: last, guess })),
  }
}

/** The classifier reads only the beginning of a text. */
const topicUnits = 6_000

async function classify(
  { title, url, metadata, paragraphs }: PageText,
  tag: string,
  topics: AnalysisTools['topics'],
): Promise<PageAnalysis['topic']> {
  // It knows English only; in other languages it would guess by names.
  if (tag !== 'en' && tag !== 'und') return { kind: 'none' }
  const parts: string[] = []
  for (let units = 0, index = 0; units < topicUnits && index < paragraphs.length; index++) {
    const part = (paragraphs[index] ?? '').slice(0, topicUnits)
    parts.push(part)
    units += part.length
  }
  return orUnavailable(async (): Promise<TopicGuess> => {
    const guess = await topics.classify({
      title,
      url,
      description: metadata.description ?? '',
      text: parts.join('\n'),
    })
    return guess.kind === 'none' ? guess : { kind: 'known', topics: [...guess.topics] }
  })
}

function placeOf({ text, paragraph, start, end }: Sentence): SummarySentence {
  return { text, paragraph, start, end }
}

interface IndexedPassages {
  readonly passages: PageAnalysis['passages']
  readonly index: PassageIndex | null
}

/** What finds the page by its meaning, in a form that crosses processes. */
async function indexPassages(
  document: TextDocument,
  { embed }: AnalysisTools,
  turn: Turn,
): Promise<IndexedPassages> {
  const passages = splitPassages(document, mostPassages)
  const vectors = await orUnavailable(() =>
    embed(
      passages.map(passage => passage.text),
      turn,
    ),
  )
  if (!Array.isArray(vectors)) return { passages: vectors, index: null }
  return {
    passages: { kind: 'known', count: passages.length },
    index: {
      passages: passages.map(({ paragraph, text }) => ({ paragraph, text })),
      vectors: joinVectors(vectors),
      pageVector: joinVectors([pageVector(vectors)]),
    },
  }
}
