import type { Static } from 'typebox'
import * as Type from 'typebox'
import { bytes } from '../ipc/contract.ts'
import { PageMetadata, PageText } from './page.ts'

/** The steps of an analysis, in order. */
export const analysisStages = [
  'read',
  'language',
  'topic',
  'summary',
  'keywords',
  'entities',
  'readingTime',
  'passages',
] as const satisfies readonly AnalysisStage[]

export const AnalysisStage = Type.Union([
  Type.Literal('read'),
  Type.Literal('language'),
  Type.Literal('topic'),
  Type.Literal('summary'),
  Type.Literal('keywords'),
  Type.Literal('entities'),
  Type.Literal('readingTime'),
  Type.Literal('passages'),
])
export type AnalysisStage = Static<typeof AnalysisStage>

/** A feature that could not be computed says why instead of vanishing. */
export const Unavailable = Type.Object({
  kind: Type.Literal('unavailable'),
  code: Type.String({ maxLength: 100 }),
  message: Type.String({ maxLength: 2_000 }),
})
export type Unavailable = Static<typeof Unavailable>

const share = Type.Number({ minimum: 0, maximum: 1 })
const paragraph = Type.Integer({ minimum: 0 })

export const LanguageGuess = Type.Object({
  /** BCP 47 language tag such as "en" or "pt"; "und" when undetermined. */
  tag: Type.String({ maxLength: 20 }),
  /** English name of the language, "Unknown" for "und". */
  name: Type.String({ maxLength: 80 }),
  /** Calibrated probability, 0 to 1. */
  confidence: share,
})
export type LanguageGuess = Static<typeof LanguageGuess>

/** A run of paragraphs in another language than the page. */
export const PassageLanguage = Type.Object({
  /** Index of the first paragraph. */
  from: paragraph,
  /** Index of the last paragraph. */
  to: paragraph,
  guess: LanguageGuess,
})
export type PassageLanguage = Static<typeof PassageLanguage>

/** What a page is about, the likeliest first; `none` when it fits no label well. */
export const TopicGuess = Type.Union([
  Type.Object({
    kind: Type.Literal('known'),
    topics: Type.Array(
      Type.Object({
        label: Type.String({ maxLength: 100, sensitive: true }),
        /** Calibrated probability, 0 to 1. */
        confidence: share,
      }),
      { minItems: 1, maxItems: 5 },
    ),
  }),
  Type.Object({ kind: Type.Literal('none') }),
])
export type TopicGuess = Static<typeof TopicGuess>

export const SummarySentence = Type.Object({
  text: Type.String({ maxLength: 20_000, sensitive: true }),
  /** Index into `PageText.paragraphs`. */
  paragraph,
  /** Where the sentence stands in its paragraph, in UTF-16 code units; `end` is behind the last. */
  start: Type.Integer({ minimum: 0 }),
  end: Type.Integer({ minimum: 0 }),
})
export type SummarySentence = Static<typeof SummarySentence>

export const Keyword = Type.Object({
  phrase: Type.String({ maxLength: 300, sensitive: true }),
  /** How often the phrase occurs. */
  count: Type.Integer({ minimum: 1 }),
  /** Relative weight, 0 to 1; the first keyword has 1. */
  weight: share,
})
export type Keyword = Static<typeof Keyword>

export const Entity = Type.Object({
  name: Type.String({ maxLength: 300, sensitive: true }),
  kind: Type.Union([Type.Literal('person'), Type.Literal('place'), Type.Literal('organisation')]),
  /** How often it is named. */
  count: Type.Integer({ minimum: 1 }),
})
export type Entity = Static<typeof Entity>

/** How hard a text is to read; `unknown` where there is no measure for its language, or too little text. */
export const Difficulty = Type.Union([
  Type.Object({
    kind: Type.Literal('known'),
    level: Type.Union([Type.Literal('easy'), Type.Literal('medium'), Type.Literal('hard')]),
    /** 0 (easiest) to 1 (hardest). */
    score: share,
  }),
  Type.Object({ kind: Type.Literal('unknown') }),
])
export type Difficulty = Static<typeof Difficulty>

/** What each stage finds, by stage. Together they are the analysis. */
const readParts = {
  url: Type.String({ maxLength: 65_536, sensitive: true }),
  title: Type.String({ maxLength: 2_000, sensitive: true }),
  metadata: PageMetadata,
  method: PageText.properties.method,
  isCut: Type.Boolean(),
}
const languageParts = {
  language: Type.Union([Type.Object({ kind: Type.Literal('known'), guess: LanguageGuess }), Unavailable]),
  /** In reading order; empty when all of the page is in one language, or the language is unavailable. */
  passageLanguages: Type.Array(PassageLanguage, { maxItems: 100 }),
}
const topicParts = { topic: Type.Union([...TopicGuess.anyOf, Unavailable]) }
const summaryParts = {
  /** In reading order; empty when the page is too short to summarise. */
  summary: Type.Array(SummarySentence, { maxItems: 12 }),
}
const keywordParts = { keywords: Type.Array(Keyword, { maxItems: 30 }) }
const entityParts = { entities: Type.Array(Entity, { maxItems: 50 }) }
const readingTimeParts = {
  words: Type.Integer({ minimum: 0 }),
  readingMinutes: Type.Number({ minimum: 0 }),
  difficulty: Difficulty,
}
const passageParts = {
  /** Whether the page can be found by meaning. */
  passages: Type.Union([
    Type.Object({ kind: Type.Literal('known'), count: Type.Integer({ minimum: 0 }) }),
    Unavailable,
  ]),
}

const milliseconds = Type.Number({ minimum: 0 })

/** How long one finished stage took. */
export const StageReport = Type.Object({ stage: AnalysisStage, milliseconds })
export type StageReport = Static<typeof StageReport>

/** Sent once for each finished stage, with what it found. */
export const StageResult = Type.Union([
  Type.Object({ stage: Type.Literal('read'), milliseconds, found: Type.Object(readParts) }),
  Type.Object({ stage: Type.Literal('language'), milliseconds, found: Type.Object(languageParts) }),
  Type.Object({ stage: Type.Literal('topic'), milliseconds, found: Type.Object(topicParts) }),
  Type.Object({ stage: Type.Literal('summary'), milliseconds, found: Type.Object(summaryParts) }),
  Type.Object({ stage: Type.Literal('keywords'), milliseconds, found: Type.Object(keywordParts) }),
  Type.Object({ stage: Type.Literal('entities'), milliseconds, found: Type.Object(entityParts) }),
  Type.Object({ stage: Type.Literal('readingTime'), milliseconds, found: Type.Object(readingTimeParts) }),
  Type.Object({ stage: Type.Literal('passages'), milliseconds, found: Type.Object(passageParts) }),
])
export type StageResult = Static<typeof StageResult>

const allParts = {
  ...readParts,
  ...languageParts,
  ...topicParts,
  ...summaryParts,
  ...keywordParts,
  ...entityParts,
  ...readingTimeParts,
  ...passageParts,
}

/** As much of an analysis as is known while it runs. */
export const PartialAnalysis = Type.Partial(Type.Object(allParts))
export type PartialAnalysis = Static<typeof PartialAnalysis>

/** What was understood of one page. */
export const PageAnalysis = Type.Object({
  ...allParts,
  stages: Type.Array(StageReport, { maxItems: analysisStages.length }),
  totalMs: milliseconds,
})
export type PageAnalysis = Static<typeof PageAnalysis>

/** Numbers of one vector; each is one signed byte, and the whole has unit length times 127. */
export const vectorBytes = 128
/** Passages of one page that are kept, from its beginning. */
export const mostPassages = 500

/** What finds a page by its meaning: its passages, and their vectors one after another in the same order. */
export const PassageIndex = Type.Object({
  passages: Type.Array(
    Type.Object({ paragraph, text: Type.String({ maxLength: 20_000, sensitive: true }) }),
    {
      maxItems: mostPassages,
    },
  ),
  vectors: bytes({ maxBytes: mostPassages * vectorBytes }),
  /** Of the page as a whole. */
  pageVector: bytes({ maxBytes: vectorBytes }),
})
export type PassageIndex = Static<typeof PassageIndex>
