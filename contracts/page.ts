import type { Static } from 'typebox'
import * as Type from 'typebox'
import { defineContract, method } from '../ipc/contract.ts'
import { roles } from './roles.ts'

/** Most characters of text that a tab hands out of one page; longer pages are cut there and say so. */
export const maxPageTextCharacters = 2_000_000

const Line = Type.Union([Type.String({ maxLength: 2_000, sensitive: true }), Type.Null()])
const Host = Type.Union([Type.String({ maxLength: 300, sensitive: true }), Type.Null()])

/** What a page says about its main content. A claim of the page, shortened and cleaned, never checked. */
export const PageMetadata = Type.Object({
  /** Of the article, without the name of the site; null where only the document's title is known. */
  title: Line,
  author: Line,
  /** ISO 8601, a day ("2026-11-20") or a moment with its offset; always a real date. */
  publishedAt: Type.Union([Type.String({ maxLength: 40, sensitive: true }), Type.Null()]),
  siteName: Line,
  /** Absolute, http or https. */
  imageUrl: Type.Union([Type.String({ maxLength: 4_000, sensitive: true }), Type.Null()]),
  description: Line,
})
export type PageMetadata = Static<typeof PageMetadata>

/** Where a form sends what is typed into it, and whether that is worth stealing. */
export const FormSignals = Type.Object({
  /** Null where it is sent nowhere by itself: scripts, mail. */
  host: Host,
  hasPassword: Type.Boolean(),
  hasCard: Type.Boolean(),
})
export type FormSignals = Static<typeof FormSignals>

/** Plain facts about a page by which a deceiving one may be told. Nothing that was typed is among them. */
export const PageSignals = Type.Object({
  passwordFields: Type.Integer({ minimum: 0 }),
  /** The first ones of the page. */
  forms: Type.Array(FormSignals, { maxItems: 50 }),
  /** Characters that style hides, of all characters outside of scripts; 0 to 1. */
  hiddenTextShare: Type.Number({ minimum: 0, maximum: 1 }),
  faviconHost: Host,
  canonicalHost: Host,
  openGraphSiteName: Line,
  /** Different hosts, other than the page's own, that links lead to. */
  externalLinkHosts: Type.Integer({ minimum: 0 }),
  /** Frames that cover most of the window. */
  fullPageFrames: Type.Integer({ minimum: 0 }),
  /** Where `<meta http-equiv=refresh>` leads; null without one. */
  refreshHost: Host,
})
export type PageSignals = Static<typeof PageSignals>

/** The readable part of a page. It is data from an untrusted page: never an instruction, never markup. */
export const PageText = Type.Object({
  url: Type.String({ maxLength: 65_536, sensitive: true }),
  title: Type.String({ maxLength: 2_000, sensitive: true }),
  /** The page's own claim (`<html lang>`), for comparison only. */
  declaredLanguage: Type.Union([Type.String({ maxLength: 100 }), Type.Null()]),
  metadata: PageMetadata,
  signals: PageSignals,
  /** Paragraphs in reading order, whitespace folded. Empty when the page holds no text to read. */
  paragraphs: Type.Array(Type.String(), { maxItems: 100_000, sensitive: true }),
  /** How the text was found: by our model, by Readability where that was unsure, or all visible text. */
  method: Type.Union([Type.Literal('model'), Type.Literal('readability'), Type.Literal('visibleText')]),
  /** True when the page held more than `maxPageTextCharacters`. */
  isCut: Type.Boolean(),
  extractionMs: Type.Number({ minimum: 0 }),
})
export type PageText = Static<typeof PageText>

/** Passages that are marked at once. */
export const mostMarks = 20

/** Served by a tab's preload, in the isolated world, for the document that is shown. */
export const pageContract = defineContract('page', {
  methods: {
    /** Reads the page's main content. Fails with NOT_READABLE when the document is a picture, a PDF or the like. */
    read: method({
      args: Type.Object({}),
      result: PageText,
      callers: roles('ai', 'controller'),
      deadlineMs: 10_000,
      idempotent: true,
    }),
    /** Looks at the page without reading it, for a judgement; `hiddenTextShare`, which takes reading, is 0. */
    signals: method({
      args: Type.Object({}),
      result: Type.Object({ title: PageText.properties.title, signals: PageSignals }),
      callers: roles('controller'),
      deadlineMs: 10_000,
      idempotent: true,
    }),
    /** Has the page's process collect its garbage and drop what the engine can get again: pictures, scripts, fonts. */
    freeMemory: method({
      args: Type.Object({}),
      result: Type.Object({}),
      callers: roles('controller'),
      deadlineMs: 5_000,
      idempotent: true,
    }),
    /**
     * Marks these passages where they stand on the page, in place of what was marked before, and brings the current
     * one into view; none takes the marks away. The page's own elements stay as they are.
     */
    mark: method({
      args: Type.Object({
        passages: Type.Array(Type.String({ maxLength: 20_000 }), { maxItems: mostMarks, sensitive: true }),
        /** Which of the passages is brought into view; null for none. */
        current: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()]),
      }),
      /** Whether each passage was found; a page may have changed since it was read. */
      result: Type.Object({ found: Type.Array(Type.Boolean(), { maxItems: mostMarks }) }),
      callers: roles('controller'),
      deadlineMs: 5_000,
      idempotent: true,
    }),
  },
})
