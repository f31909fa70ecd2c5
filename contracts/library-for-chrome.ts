import type { Static } from 'typebox'
import * as Type from 'typebox'
import { defineContract, event, method } from '../ipc/contract.ts'
import { roles } from './roles.ts'
import { HistoryEntry } from './storage.ts'
import { Bookmark, BookmarkNode, BookmarkTag, FoundBookmark } from './storage-library.ts'
import { recordId, storedQuery, storedSite, storedTitle, storedUrl } from './storage-parts.ts'

const TabId = Type.String({ maxLength: 100 })
const nothing = Type.Object({})
const count = Type.Integer({ minimum: 0 })
const tags = Type.Array(BookmarkTag, { maxItems: 50 })
const ids = Type.Array(recordId, { minItems: 1, maxItems: 10_000 })

const intent = { callers: roles('chrome'), deadlineMs: 6_000, idempotent: false, sensitive: true } as const
const question = { ...intent, idempotent: true } as const
/** A person looks for a file meanwhile. */
const withDialog = { ...intent, deadlineMs: 1_800_000 } as const

/** A tab that can be opened again. */
export const ClosedTabRow = Type.Object({
  id: TabId,
  title: storedTitle,
  url: storedUrl,
  closedAt: Type.Integer({ minimum: 0 }),
})
export type ClosedTabRow = Static<typeof ClosedTabRow>

/** How far back something is deleted. */
export const PastTime = Type.Union([
  Type.Literal('hour'),
  Type.Literal('day'),
  Type.Literal('week'),
  Type.Literal('all'),
])
export type PastTime = Static<typeof PastTime>

/** What came of a file that was to be read or written. */
const NotChosen = Type.Object({ kind: Type.Literal('notChosen') })
const FileFailed = Type.Object({ kind: Type.Literal('failed'), message: Type.String({ maxLength: 2_000 }) })
export const BookmarkImport = Type.Union([
  NotChosen,
  FileFailed,
  Type.Object({ kind: Type.Literal('imported'), folders: count, bookmarks: count, skipped: count }),
])
export type BookmarkImport = Static<typeof BookmarkImport>
export const BookmarkExport = Type.Union([
  NotChosen,
  FileFailed,
  Type.Object({
    kind: Type.Literal('exported'),
    bookmarks: count,
    fileName: Type.String({ maxLength: 1_000 }),
  }),
])
export type BookmarkExport = Static<typeof BookmarkExport>

/**
 * What a person keeps, as the chrome UI sees it: bookmarks, closed and pinned tabs, the history by time. Served by the
 * controller. Tabs and files are chosen by the person; the UI never names a path, nor the address of a tab.
 */
export const libraryViewContract = defineContract('libraryView', {
  methods: {
    /** Folders before what stands in them, in order. */
    bookmarks: method({
      ...question,
      args: nothing,
      item: BookmarkNode,
      result: Type.Object({ revision: count }),
      deadlineMs: 30_000,
    }),
    /** Best first; a blank query gives the latest. */
    findBookmarks: method({
      ...question,
      args: Type.Object({
        query: storedQuery,
        tag: Type.Union([BookmarkTag, Type.Null()]),
        limit: Type.Integer({ minimum: 1, maximum: 500 }),
      }),
      result: Type.Array(FoundBookmark, { maxItems: 500 }),
    }),
    /** Those of the page in a tab, latest first. */
    bookmarksOfTab: method({
      ...question,
      args: Type.Object({ tabId: TabId }),
      result: Type.Array(Bookmark, { maxItems: 100 }),
    }),
    /** Keeps the page of a tab where the last one was kept, or gives what is kept of it already. */
    keepTab: method({
      ...intent,
      args: Type.Object({ tabId: TabId }),
      result: Type.Object({ bookmark: Bookmark, isNew: Type.Boolean() }),
    }),
    addFolder: method({
      ...intent,
      args: Type.Object({ parentId: recordId, title: storedTitle }),
      result: Type.Object({ id: recordId }),
    }),
    editBookmark: method({
      ...intent,
      args: Type.Object({
        id: recordId,
        title: Type.Optional(storedTitle),
        url: Type.Optional(storedUrl),
        tags: Type.Optional(tags),
      }),
      result: nothing,
    }),
    /** Null puts them at the end of the folder. */
    moveBookmarks: method({
      ...intent,
      args: Type.Object({ ids, parentId: recordId, position: Type.Union([count, Type.Null()]) }),
      result: nothing,
    }),
    removeBookmarks: method({
      ...intent,
      args: Type.Object({ ids }),
      result: Type.Object({ removalId: recordId, removed: count }),
    }),
    undoRemoval: method({
      ...intent,
      args: Type.Object({ removalId: recordId }),
      result: Type.Object({ putBack: count }),
    }),
    /** In tabs in the background, at most fifty. */
    openBookmarks: method({ ...intent, args: Type.Object({ ids }), result: Type.Object({ opened: count }) }),
    bookmarkTags: method({
      ...question,
      args: nothing,
      result: Type.Array(Type.Object({ tag: BookmarkTag, bookmarks: count }), { maxItems: 10_000 }),
    }),
    /** Asks for a file in the Netscape format, and reads it into a new folder of that name. */
    importBookmarks: method({ ...withDialog, args: nothing, result: BookmarkImport }),
    /** Asks where to, and writes everything in the Netscape format. */
    exportBookmarks: method({ ...withDialog, args: nothing, result: BookmarkExport }),

    /** A tab of which nothing is kept; null opens the new-tab page. */
    newPrivateTab: method({
      ...intent,
      args: Type.Object({
        input: Type.Union([Type.String({ maxLength: 65_536, sensitive: true }), Type.Null()]),
      }),
      result: nothing,
    }),
    pinTab: method({
      ...intent,
      args: Type.Object({ tabId: TabId, isPinned: Type.Boolean() }),
      result: nothing,
      idempotent: true,
    }),
    duplicateTab: method({ ...intent, args: Type.Object({ tabId: TabId }), result: nothing }),
    /** Pinned tabs stay, unless they are named alone. */
    closeTabs: method({
      ...intent,
      args: Type.Object({ tabIds: Type.Array(TabId, { maxItems: 10_000 }) }),
      result: nothing,
    }),
    /** Latest first. */
    closedTabs: method({ ...question, args: nothing, result: Type.Array(ClosedTabRow, { maxItems: 100 }) }),
    reopenClosedTab: method({ ...intent, args: Type.Object({ id: TabId }), result: nothing }),

    /** Pages by their last visit, latest first. */
    visitedPages: method({
      ...question,
      args: Type.Object({ limit: Type.Integer({ minimum: 1, maximum: 500 }) }),
      result: Type.Array(HistoryEntry, { maxItems: 500 }),
    }),
    /** Deletes visits, what was read, looks and closed tabs of so long a time. Says how many rows it was. */
    forgetTime: method({
      ...intent,
      args: Type.Object({ past: PastTime }),
      result: Type.Object({ rows: count }),
      deadlineMs: 61_000,
    }),
    /** The same of one host. */
    forgetSite: method({
      ...intent,
      args: Type.Object({ site: storedSite }),
      result: Type.Object({ rows: count }),
      deadlineMs: 61_000,
    }),
  },
  events: {
    bookmarksChanged: event({ payload: Type.Object({ revision: count }), listeners: roles('chrome') }),
  },
})
