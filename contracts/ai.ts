import type { Static } from 'typebox'
import * as Type from 'typebox'
import { defineContract, method } from '../ipc/contract.ts'
import { PageText } from './page.ts'
import { roles } from './roles.ts'

/** The steps of an analysis, in order. */
export const AnalysisStage = Type.Union([
  Type.Literal('read'),
  Type.Literal('language'),
  Type.Literal('summary'),
  Type.Literal('keywords'),
  Type.Literal('readingTime'),
])
export type AnalysisStage = Static<typeof AnalysisStage>
export const analysisStages: readonly AnalysisStage[] = [
  'read',
  'language',
  'summary',
  'keywords',
  'readingTime',
]

/** Sent once for each finished stage. */
export const StageReport = Type.Object({
  stage: AnalysisStage,
  milliseconds: Type.Number({ minimum: 0 }),
})
export type StageReport = Static<typeof StageReport>

export const LanguageGuess = Type.Object({
  /** BCP 47 language tag such as "en" or "pt"; "und" when undetermined. */
  tag: Type.String({ maxLength: 20 }),
  /** English name of the language, "Unknown" for "und". */
  name: Type.String({ maxLength: 80 }),
  /** Calibrated probability, 0 to 1. */
  confidence: Type.Number({ minimum: 0, maximum: 1 }),
})
export type LanguageGuess = Static<typeof LanguageGuess>

/** A feature that could not be computed says why instead of vanishing. */
export const Unavailable = Type.Object({
  kind: Type.Literal('unavailable'),
  code: Type.String({ maxLength: 100 }),
  message: Type.String({ maxLength: 2_000 }),
})

export const SummarySentence = Type.Object({
  text: Type.String({ maxLength: 20_000, sensitive: true }),
  /** Index into `PageText.paragraphs`. */
  paragraph: Type.Integer({ minimum: 0 }),
})

export const Keyword = Type.Object({
  phrase: Type.String({ maxLength: 300, sensitive: true }),
  /** How often the phrase occurs. */
  count: Type.Integer({ minimum: 1 }),
  /** Relative weight, 0 to 1; the first keyword has 1. */
  weight: Type.Number({ minimum: 0, maximum: 1 }),
})
export type Keyword = Static<typeof Keyword>

/** What was understood of one page. */
export const PageAnalysis = Type.Object({
  url: Type.String({ maxLength: 65_536, sensitive: true }),
  title: Type.String({ maxLength: 2_000, sensitive: true }),
  language: Type.Union([Type.Object({ kind: Type.Literal('known'), guess: LanguageGuess }), Unavailable]),
  /** In reading order; empty when the page is too short to summarise. */
  summary: Type.Array(SummarySentence, { maxItems: 12 }),
  keywords: Type.Array(Keyword, { maxItems: 30 }),
  words: Type.Integer({ minimum: 0 }),
  readingMinutes: Type.Number({ minimum: 0 }),
  method: PageText.properties.method,
  isCut: Type.Boolean(),
  stages: Type.Array(StageReport, { maxItems: 10 }),
  totalMs: Type.Number({ minimum: 0 }),
})
export type PageAnalysis = Static<typeof PageAnalysis>

/** Page understanding. Runs in the AI process; text in, data out; never touches the network. */
export const aiContract = defineContract('ai', {
  methods: {
    /**
     * Analyses the page shown by one tab: fetches its text over the direct port to that tab, then works stage by
     * stage. Cancelling stops before the next stage. Errors: NOTHING_TO_READ when the page holds no text, and
     * whatever the tab answered.
     */
    analyzeTab: method({
      args: Type.Object({ tab: Type.String({ maxLength: 100 }) }),
      result: PageAnalysis,
      progress: StageReport,
      callers: roles('controller'),
      deadlineMs: 30_000,
      idempotent: true,
    }),
    /** The same for text that is at hand. */
    analyzeText: method({
      args: Type.Object({ page: PageText }),
      result: PageAnalysis,
      progress: StageReport,
      callers: roles('controller'),
      deadlineMs: 30_000,
      idempotent: true,
    }),
    /** Which models are loaded, and why one is not. */
    models: method({
      args: Type.Object({}),
      result: Type.Array(
        Type.Object({
          name: Type.String({ maxLength: 100 }),
          state: Type.Union([Type.Literal('idle'), Type.Literal('loaded'), Type.Literal('unavailable')]),
          reason: Type.Union([Type.String({ maxLength: 2_000 }), Type.Null()]),
        }),
        { maxItems: 50 },
      ),
      callers: roles('controller'),
      deadlineMs: 5_000,
      idempotent: true,
    }),
  },
})
