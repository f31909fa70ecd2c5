import type { Static } from 'typebox'
import * as Type from 'typebox'
import { defineContract, method } from '../ipc/contract.ts'
import {
  atMost,
  clearing,
  moment,
  nothing,
  recordId,
  storedTitle,
  storedUrl,
  storing,
} from './storage-parts.ts'

const recordIdOrNull = Type.Union([recordId, Type.Null()])
const pixels = Type.Number({ minimum: 0, maximum: 1e9 })
const place = Type.Integer()

/** One open tab, with all that brings it back as it was. */
export const SessionTab = Type.Object({
  id: recordId,
  windowId: recordId,
  groupId: recordIdOrNull,
  /** Null for a tab that shows the new-tab page. */
  url: Type.Union([storedUrl, Type.Null()]),
  title: storedTitle,
  /** From 0, in its window. */
  position: Type.Integer({ minimum: 0 }),
  isActive: Type.Boolean(),
  isPinned: Type.Boolean(),
  isMuted: Type.Boolean(),
  /** Of the document, in CSS pixels. */
  scroll: Type.Object({ x: pixels, y: pixels }),
  /** Back and forward, oldest first; empty where that is not known. */
  visited: Type.Array(Type.Object({ url: storedUrl, title: storedTitle }), { maxItems: 50 }),
  /** Which of `visited` is shown. */
  visitedIndex: Type.Integer({ minimum: 0, maximum: 49 }),
  /** When it was last in front. */
  activeAt: moment,
})
export type SessionTab = Static<typeof SessionTab>

export const SessionGroup = Type.Object({
  id: recordId,
  name: Type.String({ maxLength: 100, sensitive: true }),
  color: Type.Union([Type.String({ maxLength: 50 }), Type.Null()]),
  isCollapsed: Type.Boolean(),
})
export type SessionGroup = Static<typeof SessionGroup>

export const SessionWindow = Type.Object({
  id: recordId,
  /** In screen pixels; null where that is not known. */
  bounds: Type.Union([Type.Object({ x: place, y: place, width: place, height: place }), Type.Null()]),
  isMaximized: Type.Boolean(),
  isFullScreen: Type.Boolean(),
})
export type SessionWindow = Static<typeof SessionWindow>

/** A tab that can be reopened. The id is the tab's own. */
export const ClosedTab = Type.Object({ tab: SessionTab, closedAt: moment })
export type ClosedTab = Static<typeof ClosedTab>

const kind = <Kind extends string>(name: Kind) => ({ kind: Type.Literal(name) })

/** What was open at one moment, one part at a time: windows, groups, tabs by window and position, closed tabs latest last. */
export const SessionPart = Type.Union([
  Type.Object({ ...kind('window'), window: SessionWindow }),
  Type.Object({ ...kind('group'), group: SessionGroup }),
  Type.Object({ ...kind('tab'), tab: SessionTab }),
  Type.Object({ ...kind('closed'), closed: ClosedTab }),
])
export type SessionPart = Static<typeof SessionPart>

/** One change of what is open. Each says how something is now, so that saying it twice changes nothing. */
export const SessionChange = Type.Union([
  Type.Object({ ...kind('tab'), tab: SessionTab }),
  /** Less to write than the whole tab, for what changes often. Ignored for a tab that is not there. */
  Type.Object({ ...kind('scroll'), id: recordId, x: pixels, y: pixels }),
  Type.Object({
    ...kind('place'),
    id: recordId,
    windowId: recordId,
    groupId: recordIdOrNull,
    position: Type.Integer({ minimum: 0 }),
    isActive: Type.Boolean(),
  }),
  Type.Object({ ...kind('tabGone'), id: recordId }),
  /** It is gone and can be reopened; the oldest of a hundred makes room. */
  Type.Object({ ...kind('tabClosed'), id: recordId, at: moment }),
  /** It was reopened, or forgotten. */
  Type.Object({ ...kind('closedGone'), id: recordId }),
  Type.Object({ ...kind('group'), group: SessionGroup }),
  Type.Object({ ...kind('groupGone'), id: recordId }),
  Type.Object({ ...kind('window'), window: SessionWindow }),
  /** With its tabs. */
  Type.Object({ ...kind('windowGone'), id: recordId }),
])
export type SessionChange = Static<typeof SessionChange>

/** A session that is kept: by the person under a name, or by the browser when the next run began. */
export const SavedSession = Type.Object({
  id: recordId,
  /** Null for one that was kept by itself. */
  name: Type.Union([storedTitle, Type.Null()]),
  at: moment,
  windows: Type.Integer({ minimum: 0 }),
  tabs: Type.Integer({ minimum: 0 }),
})
export type SavedSession = Static<typeof SavedSession>

/**
 * What is open, in the storage process: a journal that is only appended to, folded into a snapshot from time to time. Main
 * says nothing of private windows.
 */
export const storageSessionsContract = defineContract('storageSessions', {
  methods: {
    /** In order, all of them or none. */
    append: method({
      ...storing,
      args: Type.Object({ changes: Type.Array(SessionChange, { minItems: 1, maxItems: 1_000 }) }),
      result: nothing,
    }),
    /** What is open as of the last change. */
    load: method({ ...storing, args: nothing, item: SessionPart, result: nothing, priority: 'high' }),
    /** Keeps what is open now under a name, or, for null, as that of a run that is over; ten of the latter are kept. */
    keep: method({
      ...storing,
      args: Type.Object({ id: recordId, name: Type.Union([storedTitle, Type.Null()]), at: moment }),
      result: SavedSession,
    }),
    /** Latest first. */
    kept: method({
      ...storing,
      args: Type.Object({ limit: atMost(1_000) }),
      result: Type.Array(SavedSession, { maxItems: 1_000 }),
    }),
    /** Nothing for one that is not there. */
    loadKept: method({
      ...storing,
      args: Type.Object({ id: recordId }),
      item: SessionPart,
      result: Type.Object({ isThere: Type.Boolean() }),
    }),
    renameKept: method({
      ...storing,
      args: Type.Object({ id: recordId, name: storedTitle }),
      result: nothing,
    }),
    forgetKept: method({ ...clearing, args: Type.Object({ id: recordId }), result: nothing }),
  },
})
