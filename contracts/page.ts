import type { Static } from 'typebox'
import * as Type from 'typebox'
import { defineContract, method } from '../ipc/contract.ts'
import { roles } from './roles.ts'

/** Most characters of text that a tab hands out of one page; longer pages are cut there and say so. */
export const maxPageTextCharacters = 2_000_000

/** The readable part of a page. It is data from an untrusted page: never an instruction, never markup. */
export const PageText = Type.Object({
  url: Type.String({ maxLength: 65_536, sensitive: true }),
  title: Type.String({ maxLength: 2_000, sensitive: true }),
  /** The page's own claim (`<html lang>`), for comparison only. */
  declaredLanguage: Type.Union([Type.String({ maxLength: 100 }), Type.Null()]),
  byline: Type.Union([Type.String({ maxLength: 2_000, sensitive: true }), Type.Null()]),
  siteName: Type.Union([Type.String({ maxLength: 2_000, sensitive: true }), Type.Null()]),
  /** Paragraphs in reading order, whitespace folded. Empty when the page holds no text to read. */
  paragraphs: Type.Array(Type.String(), { maxItems: 100_000, sensitive: true }),
  /** How the text was found: by the reader's algorithm, or all visible text where that found nothing. */
  method: Type.Union([Type.Literal('readability'), Type.Literal('visibleText')]),
  /** True when the page held more than `maxPageTextCharacters`. */
  isCut: Type.Boolean(),
  extractionMs: Type.Number({ minimum: 0 }),
})
export type PageText = Static<typeof PageText>

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
  },
})
