import type { Static } from 'typebox'
import * as Type from 'typebox'
import { defineContract, event, method } from '../ipc/contract.ts'
import { atMost, clearing, moment, nothing, storageCaller, storedSite, storing } from './storage-parts.ts'

const byteCount = Type.Integer({ minimum: 0 })
const count = Type.Integer({ minimum: 0 })

/** What storage can do just now. */
export const StorageHealth = Type.Union([
  Type.Object({ kind: Type.Literal('sound') }),
  /** Reading works; every write is refused with this code, and tried again when there may be room. It heals by itself. */
  Type.Object({
    kind: Type.Literal('refusingWrites'),
    code: Type.Union([
      Type.Literal('DISK_FULL'),
      Type.Literal('DATABASE_READ_ONLY'),
      Type.Literal('DATABASE_BUSY'),
      Type.Literal('DATABASE_UNREACHABLE'),
    ]),
    /** What happened and what helps, for a person. */
    message: Type.String({ maxLength: 2_000 }),
    since: moment,
  }),
])
export type StorageHealth = Static<typeof StorageHealth>

/** A copy of the whole database that was checked and found sound. */
export const Backup = Type.Object({
  file: Type.String({ maxLength: 4_096 }),
  at: moment,
  bytes: byteCount,
  /** Of the tables in it. */
  version: count,
  /** Why it was made. */
  reason: Type.Union([Type.Literal('migration'), Type.Literal('periodic'), Type.Literal('asked')]),
})
export type Backup = Static<typeof Backup>

/** Kinds of data that can be cleared each by itself. */
export const DataKind = Type.Union([
  Type.Literal('history'),
  /** What was read of pages: passages, vectors, analyses. */
  Type.Literal('readings'),
  Type.Literal('looks'),
  Type.Literal('permissions'),
  /** Zoom, muting, and what else was chosen for a site. */
  Type.Literal('choices'),
  Type.Literal('hsts'),
  /** Records of downloads that are over; the files stay. */
  Type.Literal('downloads'),
  Type.Literal('closedTabs'),
  /** Those of sites; `storageCrashes.clear` takes all. */
  Type.Literal('crashes'),
])
export type DataKind = Static<typeof DataKind>

const kinds = Type.Array(DataKind, { minItems: 1, maxItems: 9 })

/** About how much storage itself keeps of one site, by its host. What pages keep in the engine is not in it. */
export const SiteUsage = Type.Object({
  site: storedSite,
  pages: count,
  visits: count,
  readings: count,
  historyBytes: byteCount,
  readingBytes: byteCount,
  lookBytes: byteCount,
  recordBytes: byteCount,
  totalBytes: byteCount,
})
export type SiteUsage = Static<typeof SiteUsage>

const Cleared = Type.Object({ rows: count })

/** The care of the database: its health, its copies, how much it holds of whom, and clearing. */
export const storageCareContract = defineContract('storageCare', {
  methods: {
    health: method({ ...storing, args: nothing, result: StorageHealth }),
    /** Latest first. */
    backups: method({ ...storing, args: nothing, result: Type.Array(Backup, { maxItems: 100 }) }),
    /** Makes a copy and checks it, beside the work. */
    backUp: method({ ...clearing, args: nothing, result: Backup, deadlineMs: 300_000 }),
    /** Looks through the whole file. A word for each fault, none for a sound one. */
    check: method({
      ...clearing,
      args: nothing,
      result: Type.Object({ faults: Type.Array(Type.String({ maxLength: 1_000 }), { maxItems: 100 }) }),
      deadlineMs: 300_000,
    }),
    /** The sites that take most, most first. */
    siteUsage: method({
      ...clearing,
      args: Type.Object({ limit: atMost(10_000) }),
      result: Type.Array(SiteUsage, { maxItems: 10_000 }),
    }),
    usageOf: method({ ...storing, args: Type.Object({ site: storedSite }), result: SiteUsage }),
    /**
     * Deletes what is kept of a host, "www." or not, under any scheme and port, that is not older than `since` (0 for
     * everything). A page that was also visited before keeps its older visits.
     */
    clearSite: method({
      ...clearing,
      args: Type.Object({ site: storedSite, since: moment, kinds }),
      result: Cleared,
    }),
    /** The same over all sites, for what happened from `from` to before `to`. */
    clearTime: method({
      ...clearing,
      args: Type.Object({ from: moment, to: moment, kinds }),
      result: Cleared,
    }),
  },
  events: {
    healthChanged: event({ payload: StorageHealth, listeners: storageCaller }),
  },
})
