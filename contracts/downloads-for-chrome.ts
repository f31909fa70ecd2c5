import type { Static } from 'typebox'
import * as Type from 'typebox'
import { defineContract, event, method } from '../ipc/contract.ts'
import { roles } from './roles.ts'

/** Downloads that the UI shows; older ones are found by searching the storage only. */
export const mostDownloadEntries = 500

const Count = Type.Integer({ minimum: 0 })
const Text = Type.String({ maxLength: 500, sensitive: true })
const DownloadId = Type.String({ minLength: 1, maxLength: 100 })

export const DownloadEntryState = Type.Union([
  Type.Object({ kind: Type.Literal('waiting') }),
  Type.Object({
    kind: Type.Literal('running'),
    bytesPerSecond: Count,
    /** Null while it cannot be told. */
    secondsLeft: Type.Union([Count, Type.Null()]),
  }),
  /** By the person, or by the end of the browser; `canResume` is false where the bytes cannot be had again. */
  Type.Object({
    kind: Type.Literal('paused'),
    by: Type.Union([Type.Literal('person'), Type.Literal('restart')]),
  }),
  Type.Object({ kind: Type.Literal('completed') }),
  /** Of a kind that may do harm; `danger` says which. */
  Type.Object({ kind: Type.Literal('held'), danger: Text }),
  Type.Object({ kind: Type.Literal('cancelled') }),
  Type.Object({ kind: Type.Literal('failed'), reason: Text }),
])
export type DownloadEntryState = Static<typeof DownloadEntryState>

/** One row of the downloads page. */
export const DownloadEntry = Type.Object({
  id: DownloadId,
  name: Text,
  /** The address that was asked for. */
  url: Type.String({ maxLength: 65_536, sensitive: true }),
  /** Where it comes from, as people read it. */
  site: Text,
  mimeType: Text,
  state: DownloadEntryState,
  size: Type.Union([Count, Type.Null()]),
  received: Count,
  /** Of the whole file, lower-case hex; null until it is whole. */
  sha256: Type.Union([Type.String({ maxLength: 64 }), Type.Null()]),
  canPause: Type.Boolean(),
  canResume: Type.Boolean(),
  /** False when the file was removed meanwhile. */
  isThere: Type.Boolean(),
  isPrivate: Type.Boolean(),
  startedAt: Count,
  endedAt: Type.Union([Count, Type.Null()]),
})
export type DownloadEntry = Static<typeof DownloadEntry>

const nothing = Type.Object({})
const one = Type.Object({ id: DownloadId })
const asked = { callers: roles('chrome'), deadlineMs: 10_000, idempotent: true } as const

/** Downloads, as the chrome UI sees them. Served by the controller. */
export const downloadsViewContract = defineContract('downloadsView', {
  methods: {
    /** The latest first. */
    list: method({
      ...asked,
      args: nothing,
      result: Type.Object({
        folder: Type.String({ maxLength: 4_096, sensitive: true }),
        entries: Type.Array(DownloadEntry, { maxItems: mostDownloadEntries }),
      }),
    }),
    /** Fetches an address that the person named. */
    start: method({
      ...asked,
      args: Type.Object({ url: Type.String({ maxLength: 65_536, sensitive: true }) }),
      result: one,
    }),
    pause: method({ ...asked, args: one, result: nothing }),
    /** Goes on, or tries again what failed. */
    resume: method({ ...asked, args: one, result: nothing }),
    /** Ends it; what is there of it is deleted. */
    cancel: method({ ...asked, args: one, result: nothing }),
    /** Forgets it; a whole file stays, a part of one is deleted. */
    remove: method({ ...asked, args: one, result: nothing }),
    /** Forgets all that are over. */
    clearFinished: method({ ...asked, args: nothing, result: nothing }),
    /** Gives a held file its name. */
    keep: method({ ...asked, args: one, result: nothing }),
    open: method({ ...asked, args: one, result: nothing }),
    showInFolder: method({ ...asked, args: one, result: nothing }),
    copyAddress: method({ ...asked, args: one, result: nothing }),
    openFolder: method({ ...asked, args: nothing, result: nothing }),
    /** Asks for another folder, and keeps it in the settings; false when the person changed their mind. */
    chooseFolder: method({
      ...asked,
      args: nothing,
      result: Type.Object({ isChosen: Type.Boolean() }),
      deadlineMs: 600_000,
    }),
  },
  events: {
    /** One is new, or has changed. */
    changed: event({ payload: DownloadEntry, listeners: roles('chrome') }),
    removed: event({
      payload: Type.Object({ ids: Type.Array(DownloadId, { maxItems: 100_000 }) }),
      listeners: roles('chrome'),
    }),
  },
})
