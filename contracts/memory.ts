import type { Static } from 'typebox'
import * as Type from 'typebox'
import { bytes } from '../ipc/contract.ts'
import { mostPassages, vectorBytes } from './page-analysis.ts'

/** Characters of one passage that are kept; a passage is some 40 to 120 words. */
export const longestPassage = 2_000
/** Results that one question may ask for. */
export const mostFound = 100

const url = Type.String({ maxLength: 65_536, sensitive: true })
const title = Type.String({ maxLength: 2_000, sensitive: true })
/** Milliseconds since the epoch. */
const at = Type.Integer({ minimum: 0 })
const atOrNever = Type.Union([at, Type.Null()])
const keywords = Type.Array(Type.String({ maxLength: 300, sensitive: true }), { maxItems: 30 })
const topic = Type.Union([Type.String({ maxLength: 100, sensitive: true }), Type.Null()])
/** BCP 47; "und" when it could not be told. */
const language = Type.String({ maxLength: 20 })

export const Passage = Type.Object({
  /** Index into `PageText.paragraphs` at the time of reading. */
  paragraph: Type.Integer({ minimum: 0 }),
  text: Type.String({ maxLength: longestPassage, sensitive: true }),
})
export type Passage = Static<typeof Passage>

/** What is kept of one page, so that it can be found again. */
export const PageMemory = Type.Object({
  url,
  title,
  passages: Type.Array(Passage, { maxItems: mostPassages }),
  /** One for each passage, in their order; empty when there are none. */
  vectors: bytes({ maxBytes: mostPassages * vectorBytes }),
  /** Of the page as a whole; empty when there is none. */
  pageVector: bytes({ maxBytes: vectorBytes }),
  keywords,
  topic,
  language,
  at,
})
export type PageMemory = Static<typeof PageMemory>

/** Why a page is among the results: its words, its meaning, both, or because nothing was asked and it is the latest. */
export const FoundBy = Type.Union([
  Type.Literal('words'),
  Type.Literal('meaning'),
  Type.Literal('both'),
  Type.Literal('latest'),
])
export type FoundBy = Static<typeof FoundBy>

/** A page that a search found, with the passage that speaks for it best. */
export const FoundPage = Type.Object({
  url,
  title,
  visits: Type.Integer({ minimum: 0 }),
  lastVisitAt: atOrNever,
  /** When it was read; null when it was visited only, and found by its title or address. */
  readAt: atOrNever,
  passage: Type.Union([Passage, Type.Null()]),
  foundBy: FoundBy,
  /** 0 to 1; comparable within one answer. */
  score: Type.Number({ minimum: 0, maximum: 1 }),
})
export type FoundPage = Static<typeof FoundPage>

/** A page about the same as another. */
export const RelatedPage = Type.Object({
  url,
  title,
  visits: Type.Integer({ minimum: 0 }),
  lastVisitAt: atOrNever,
  keywords,
  topic,
  /** Cosine, -1 to 1. */
  similarity: Type.Number({ minimum: -1, maximum: 1 }),
  /** True when both say nearly the same. */
  isNearDuplicate: Type.Boolean(),
})
export type RelatedPage = Static<typeof RelatedPage>

/** Everything that is stored about one address. */
export const Remembered = Type.Object({
  url,
  visited: Type.Union([
    Type.Object({ title, visits: Type.Integer({ minimum: 1 }), firstVisitAt: at, lastVisitAt: at }),
    Type.Null(),
  ]),
  read: Type.Union([
    Type.Object({
      title,
      at,
      language,
      topic,
      keywords,
      /** In reading order. */
      passages: Type.Array(Passage, { maxItems: mostPassages }),
      /** Passages that can be found by meaning. */
      vectors: Type.Integer({ minimum: 0 }),
    }),
    Type.Null(),
  ]),
  /** The last analysis that the person asked for, as JSON. */
  analysis: Type.Union([
    Type.Object({ at, analysisJson: Type.String({ maxLength: 1_000_000, sensitive: true }) }),
    Type.Null(),
  ]),
  /** That its looks are kept, as a vector without the picture. */
  look: Type.Union([Type.Object({ at }), Type.Null()]),
})
export type Remembered = Static<typeof Remembered>

/** What was found, and whether by meaning too. */
export const MemoryAnswer = Type.Object({
  pages: Type.Array(FoundPage, { maxItems: mostFound }),
  meaning: Type.Union([
    Type.Object({ kind: Type.Literal('used') }),
    /** Nothing was asked, so that there was no meaning to look for. */
    Type.Object({ kind: Type.Literal('notNeeded') }),
    Type.Object({
      kind: Type.Literal('unavailable'),
      code: Type.String({ maxLength: 100 }),
      message: Type.String({ maxLength: 2_000 }),
    }),
  ]),
})
export type MemoryAnswer = Static<typeof MemoryAnswer>

export const MemoryQuery = Type.Object({
  query: Type.String({ maxLength: 1_000, sensitive: true }),
  limit: Type.Integer({ minimum: 1, maximum: mostFound }),
})

export const ForgetRequest = Type.Object({
  url,
  /** With its visits. */
  withHistory: Type.Boolean(),
})

export const Forgotten = Type.Object({
  /** Pages of which something was deleted. */
  pages: Type.Integer({ minimum: 0 }),
  passages: Type.Integer({ minimum: 0 }),
})
export type Forgotten = Static<typeof Forgotten>
