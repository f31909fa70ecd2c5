import type { Static } from 'typebox'
import * as Type from 'typebox'
import { bytes, defineContract, method } from '../ipc/contract.ts'
import { Intent } from './intent.ts'
import { Judgement, JudgementFacts } from './judgement.ts'
import { looksBytes, Screenshot } from './looks.ts'
import { PageText } from './page.ts'
import { PageAnalysis, PassageIndex, StageResult, vectorBytes } from './page-analysis.ts'
import { roles } from './roles.ts'

/** Texts that one call may embed. */
export const mostTexts = 64
/** Pages that are placed on one map. */
export const mostPlaced = 5_000
/** Tabs that are organised at once. */
export const mostTabs = 1_000

const TabName = Type.String({ maxLength: 100 })
const controller = roles('controller')
/** What the person looks at goes before what is done in the background. */
const isVisible = Type.Boolean()

/** An analysis, and what main keeps so that the page can be found; null when the embedding model is unavailable. */
export const IndexedAnalysis = Type.Object({
  analysis: PageAnalysis,
  index: Type.Union([PassageIndex, Type.Null()]),
})
export type IndexedAnalysis = Static<typeof IndexedAnalysis>

/** The passages that answer a question, best first. */
export const PageAnswer = Type.Union([
  Type.Object({
    kind: Type.Literal('found'),
    passages: Type.Array(
      Type.Object({
        /** Index into `PageText.paragraphs`. */
        paragraph: Type.Integer({ minimum: 0 }),
        text: Type.String({ maxLength: 20_000, sensitive: true }),
        /** 0 to 1. */
        score: Type.Number({ minimum: 0, maximum: 1 }),
      }),
      { minItems: 1, maxItems: 10 },
    ),
  }),
  Type.Object({ kind: Type.Literal('notInPage') }),
])
export type PageAnswer = Static<typeof PageAnswer>

/** A tab as far as it is known without reading it anew. */
export const TabToOrganise = Type.Object({
  id: TabName,
  title: Type.String({ maxLength: 2_000, sensitive: true }),
  url: Type.String({ maxLength: 65_536, sensitive: true }),
  /** Of an analysis, where there is one: keywords, summary. Empty otherwise. */
  text: Type.String({ maxLength: 20_000, sensitive: true }),
})
export type TabToOrganise = Static<typeof TabToOrganise>

export const OrganisedTabs = Type.Object({
  /** Two tabs or more each, in the order of their first tabs; who is in none stands alone. */
  groups: Type.Array(
    Type.Object({
      name: Type.String({ maxLength: 100, sensitive: true }),
      tabs: Type.Array(TabName, { minItems: 2, maxItems: mostTabs }),
    }),
    { maxItems: mostTabs },
  ),
  /** Tabs that show nearly the same, each set in the order of the tabs. */
  duplicates: Type.Array(Type.Array(TabName, { minItems: 2, maxItems: mostTabs }), { maxItems: mostTabs }),
})
export type OrganisedTabs = Static<typeof OrganisedTabs>

/**
 * Page understanding. Runs in the AI process; text in, data out; never touches the network. Every method whose model is
 * missing or damaged fails with the code and the message of `models`; when more waits than is ever worked off, with
 * QUEUE_FULL.
 */
export const aiContract = defineContract('ai', {
  methods: {
    /**
     * Analyses the page shown by one tab: fetches its text over the direct port to that tab, then works stage by
     * stage. Cancelling stops before the next stage. Errors: NOTHING_TO_READ when the page holds no text, and
     * whatever the tab answered.
     */
    analyzeTab: method({
      args: Type.Object({ tab: TabName, isVisible }),
      result: IndexedAnalysis,
      progress: StageResult,
      callers: controller,
      deadlineMs: 30_000,
      idempotent: true,
    }),
    /** The same for text that is at hand. */
    analyzeText: method({
      args: Type.Object({ page: PageText, isVisible }),
      result: IndexedAnalysis,
      progress: StageResult,
      callers: controller,
      deadlineMs: 30_000,
      idempotent: true,
    }),
    /** The vectors of texts, one after another in their order, `vectorBytes` each. */
    embed: method({
      args: Type.Object({
        texts: Type.Array(Type.String({ maxLength: 20_000 }), { maxItems: mostTexts, sensitive: true }),
        isVisible,
      }),
      result: bytes({ maxBytes: mostTexts * vectorBytes }),
      callers: controller,
      deadlineMs: 10_000,
      idempotent: true,
    }),
    /** Finds the passages of the page shown by a tab that answer a question. Errors as those of `analyzeTab`. */
    ask: method({
      args: Type.Object({
        tab: TabName,
        question: Type.String({ minLength: 1, maxLength: 2_000, sensitive: true }),
      }),
      result: PageAnswer,
      callers: controller,
      deadlineMs: 30_000,
      idempotent: true,
    }),
    /** Groups tabs by meaning, named by their keywords, and finds those that show nearly the same. */
    organise: method({
      args: Type.Object({ tabs: Type.Array(TabToOrganise, { maxItems: mostTabs }) }),
      result: OrganisedTabs,
      callers: controller,
      deadlineMs: 30_000,
      idempotent: true,
    }),
    /** What a person most likely means by words that are no address. Asked while they type: it goes before all else. */
    interpret: method({
      args: Type.Object({ text: Type.String({ maxLength: 2_000, sensitive: true }) }),
      result: Intent,
      callers: controller,
      deadlineMs: 1_000,
      idempotent: true,
    }),
    /** Whether a page is likely to pretend to be another. Does without its model, and says so. */
    judge: method({
      args: JudgementFacts,
      result: Judgement,
      callers: controller,
      deadlineMs: 5_000,
      idempotent: true,
    }),
    /** How a screenshot looks, as a vector of `looksBytes`. */
    look: method({
      args: Screenshot,
      result: bytes({ maxBytes: looksBytes }),
      callers: controller,
      deadlineMs: 10_000,
      idempotent: true,
    }),
    /**
     * Places pages on a plane, those about the same together; the same pages lie alike each time. Takes seconds for
     * thousands, in slices, after everything that is waited for.
     */
    place: method({
      args: Type.Object({ vectors: bytes({ maxBytes: mostPlaced * vectorBytes }) }),
      /** x and y of each, one after the other, as 32-bit floats. */
      result: bytes({ maxBytes: mostPlaced * 8 }),
      callers: controller,
      deadlineMs: 60_000,
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
      callers: controller,
      deadlineMs: 5_000,
      idempotent: true,
    }),
    /** Gives back the memory of every model that is not in use; the next use loads it again. */
    releaseMemory: method({
      args: Type.Object({}),
      result: Type.Object({ released: Type.Array(Type.String({ maxLength: 100 }), { maxItems: 50 }) }),
      callers: controller,
      deadlineMs: 5_000,
      idempotent: true,
    }),
  },
})
