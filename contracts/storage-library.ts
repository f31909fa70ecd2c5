import type { Static } from 'typebox'
import * as Type from 'typebox'
import { defineContract, event, method } from '../ipc/contract.ts'
import {
  atMost,
  clearing,
  moment,
  nothing,
  recordId,
  storageCaller,
  storedQuery,
  storedTitle,
  storedUrl,
  storing,
} from './storage-parts.ts'

/** Folders that are always there: they are not renamed, moved or removed, and all else stands in them. */
export const bookmarkRoots = ['bar', 'other'] as const
/** Nodes of one call that takes or gives several. */
const mostNodes = 10_000
/** Characters of one piece of a document. */
export const longestDocumentPiece = 200_000

export const BookmarkTag = Type.String({ minLength: 1, maxLength: 100, sensitive: true })

const place = {
  id: recordId,
  /** The folder that it stands in. */
  parentId: recordId,
  /** From 0, within its folder. */
  position: Type.Integer({ minimum: 0 }),
  title: storedTitle,
  addedAt: moment,
  changedAt: moment,
}

export const BookmarkFolder = Type.Object({ kind: Type.Literal('folder'), ...place })
export type BookmarkFolder = Static<typeof BookmarkFolder>

export const Bookmark = Type.Object({
  kind: Type.Literal('bookmark'),
  ...place,
  url: storedUrl,
  /** In alphabetical order. */
  tags: Type.Array(BookmarkTag, { maxItems: 50 }),
})
export type Bookmark = Static<typeof Bookmark>

export const BookmarkNode = Type.Union([BookmarkFolder, Bookmark])
export type BookmarkNode = Static<typeof BookmarkNode>

/** A bookmark that was found, with the titles of its folders, outermost first; a root by its id. */
export const FoundBookmark = Type.Object({
  bookmark: Bookmark,
  path: Type.Array(storedTitle, { maxItems: 100 }),
})
export type FoundBookmark = Static<typeof FoundBookmark>

const nodeOrNull = Type.Union([BookmarkNode, Type.Null()])
/** Null for the end of the folder. */
const positionOrEnd = Type.Union([Type.Integer({ minimum: 0 }), Type.Null()])
const ids = Type.Array(recordId, { minItems: 1, maxItems: mostNodes })

/**
 * Bookmarks, in the storage process. Every change is announced with the number of the state that it made. What names a
 * folder that is not there fails with BOOKMARK_NOT_FOUND; a folder moved into itself, or a root changed, with
 * BOOKMARK_REFUSED.
 */
export const storageLibraryContract = defineContract('storageLibrary', {
  methods: {
    /** All of it, folders before what stands in them, in order; the roots are not among them. Gives the state's number. */
    tree: method({
      ...storing,
      args: nothing,
      item: BookmarkNode,
      result: Type.Object({ revision: Type.Integer({ minimum: 0 }) }),
    }),
    /** Adding an id that is there already gives what is there, unchanged. */
    addBookmark: method({
      ...storing,
      args: Type.Object({
        id: recordId,
        parentId: recordId,
        position: positionOrEnd,
        title: storedTitle,
        url: storedUrl,
        tags: Type.Array(BookmarkTag, { maxItems: 50 }),
        at: moment,
      }),
      result: Bookmark,
    }),
    addFolder: method({
      ...storing,
      args: Type.Object({
        id: recordId,
        parentId: recordId,
        position: positionOrEnd,
        title: storedTitle,
        at: moment,
      }),
      result: BookmarkFolder,
    }),
    /** Renames, and of a bookmark changes address and tags; what is left out stays. */
    edit: method({
      ...storing,
      args: Type.Object({
        id: recordId,
        title: Type.Optional(storedTitle),
        url: Type.Optional(storedUrl),
        tags: Type.Optional(Type.Array(BookmarkTag, { maxItems: 50 })),
        at: moment,
      }),
      result: BookmarkNode,
    }),
    /** Puts these, in this order, into a folder so that the first of them stands at `position` among the others there. */
    move: method({
      ...storing,
      args: Type.Object({ ids, parentId: recordId, position: positionOrEnd, at: moment }),
      result: nothing,
    }),
    /**
     * With all that stands in them; ids that are not there are ignored. The last removals are held in memory under their
     * id for `undoRemove`.
     */
    remove: method({
      ...clearing,
      args: Type.Object({ ids, removalId: recordId }),
      result: Type.Object({ removed: Type.Integer({ minimum: 0 }) }),
    }),
    /** Puts back what a removal took, where it stood; 0 when it is no longer known, because of a restart for instance. */
    undoRemove: method({
      ...clearing,
      args: Type.Object({ removalId: recordId }),
      result: Type.Object({ putBack: Type.Integer({ minimum: 0 }) }),
    }),
    /** By the beginnings of words in title, address and tags, best first; a blank query gives the latest. */
    find: method({
      ...storing,
      args: Type.Object({
        query: storedQuery,
        tag: Type.Union([BookmarkTag, Type.Null()]),
        limit: atMost(500),
      }),
      result: Type.Array(FoundBookmark, { maxItems: 500 }),
    }),
    /** The bookmarks of an address, latest first. */
    ofUrl: method({
      ...storing,
      args: Type.Object({ url: storedUrl }),
      result: Type.Array(Bookmark, { maxItems: 100 }),
    }),
    get: method({ ...storing, args: Type.Object({ id: recordId }), result: nodeOrNull }),
    tags: method({
      ...storing,
      args: nothing,
      result: Type.Array(Type.Object({ tag: BookmarkTag, bookmarks: Type.Integer({ minimum: 1 }) }), {
        maxItems: mostNodes,
      }),
    }),
    /** `to` of null removes the tag; one that is there takes the bookmarks of both. */
    renameTag: method({
      ...storing,
      args: Type.Object({ from: BookmarkTag, to: Type.Union([BookmarkTag, Type.Null()]), at: moment }),
      result: Type.Object({ changed: Type.Integer({ minimum: 0 }) }),
    }),
    /**
     * Reads a document in the Netscape bookmark format, sent in pieces, into a folder: all of it or, when it fails or is
     * cancelled, nothing. What stands in the folder already under the same address is not added again.
     */
    importNetscape: method({
      ...clearing,
      args: Type.Object({ parentId: recordId, at: moment }),
      input: Type.String({ maxLength: longestDocumentPiece, sensitive: true }),
      result: Type.Object({
        folders: Type.Integer({ minimum: 0 }),
        bookmarks: Type.Integer({ minimum: 0 }),
        /** Known already, or with an address that is none. */
        skipped: Type.Integer({ minimum: 0 }),
      }),
      progress: Type.Object({ read: Type.Integer({ minimum: 0 }) }),
      idempotent: false,
    }),
    /** The same format, in pieces; of one folder, or of everything for null. */
    exportNetscape: method({
      ...clearing,
      args: Type.Object({ folderId: Type.Union([recordId, Type.Null()]) }),
      item: Type.String({ maxLength: longestDocumentPiece, sensitive: true }),
      result: Type.Object({ bookmarks: Type.Integer({ minimum: 0 }) }),
    }),
  },
  events: {
    bookmarksChanged: event({
      payload: Type.Object({ revision: Type.Integer({ minimum: 0 }) }),
      listeners: storageCaller,
    }),
  },
})
