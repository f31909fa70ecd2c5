import type { Static } from 'typebox'
import * as Type from 'typebox'
import { defineContract, event, method } from '../ipc/contract.ts'
import { LinkPreview } from './fetching.ts'
import { PageMetadata } from './page.ts'
import { roles } from './roles.ts'

const TabId = Type.String({ maxLength: 100 })
const oneTab = Type.Object({ tabId: TabId })

/** The article of a page, as its reader found it: plain text and claims of the page. */
export const Article = Type.Object({
  url: Type.String({ maxLength: 65_536, sensitive: true }),
  title: Type.String({ maxLength: 2_000, sensitive: true }),
  metadata: PageMetadata,
  /** In reading order. */
  paragraphs: Type.Array(Type.String(), { maxItems: 20_000, sensitive: true }),
  /** True when the page held more. */
  isCut: Type.Boolean(),
})
export type Article = Static<typeof Article>

/** The link under the pointer, and what is known of the page behind it. */
export const HoveredLink = Type.Object({
  tabId: TabId,
  url: Type.String({ maxLength: 2_000, sensitive: true }),
  /** Null while it is being fetched, and where it may not be. */
  preview: Type.Union([LinkPreview, Type.Null()]),
})
export type HoveredLink = Static<typeof HoveredLink>

const asked = { callers: roles('chrome'), idempotent: true } as const

/** Pages as text, and links before they are followed. Served by the controller to the chrome UI. */
export const readingViewContract = defineContract('readingView', {
  methods: {
    /** Whether a reader view is worth offering. */
    hasArticle: method({
      ...asked,
      args: oneTab,
      result: Type.Object({ hasArticle: Type.Boolean() }),
      deadlineMs: 10_000,
    }),
    /** Fails with NOTHING_TO_READ where there is none. */
    article: method({ ...asked, args: oneTab, result: Article, deadlineMs: 15_000 }),
    /** The picture that the article names, as a `data:` address; null when it cannot be had. */
    picture: method({
      ...asked,
      args: oneTab,
      result: Type.Object({
        dataUrl: Type.Union([Type.String({ maxLength: 3_000_000, sensitive: true }), Type.Null()]),
      }),
      deadlineMs: 20_000,
    }),
  },
  events: {
    /** Null when the pointer leaves. */
    hovered: event({ payload: Type.Union([HoveredLink, Type.Null()]), listeners: roles('chrome') }),
  },
})
