import type { Static } from 'typebox'
import * as Type from 'typebox'
import { bytes, defineContract, event, method } from '../ipc/contract.ts'
import { HostVisits } from './judgement.ts'
import { looksBytes, PageLook, SimilarLook } from './looks.ts'
import { memoryMethods } from './memory-methods.ts'
import { roles } from './roles.ts'

export const HistoryEntry = Type.Object({
  url: Type.String({ maxLength: 65_536, sensitive: true }),
  title: Type.String({ maxLength: 2_000, sensitive: true }),
  visits: Type.Integer({ minimum: 1 }),
  /** Milliseconds since the epoch. */
  lastVisitAt: Type.Integer({ minimum: 0 }),
})
export type HistoryEntry = Static<typeof HistoryEntry>

/** A page that is proposed while an address is typed. */
export const Suggestion = Type.Object({
  ...HistoryEntry.properties,
  /** Where what was typed was found. */
  match: Type.Union([Type.Literal('host'), Type.Literal('address'), Type.Literal('title')]),
})
export type Suggestion = Static<typeof Suggestion>

export const SavedTab = Type.Object({
  id: Type.String({ maxLength: 100 }),
  /** Null for a tab that shows the new-tab page. */
  url: Type.Union([Type.String({ maxLength: 65_536, sensitive: true }), Type.Null()]),
  title: Type.String({ maxLength: 2_000, sensitive: true }),
  position: Type.Integer({ minimum: 0 }),
  isActive: Type.Boolean(),
  /** The name of its group; absent for a tab that stands alone. */
  group: Type.Optional(Type.String({ minLength: 1, maxLength: 100, sensitive: true })),
})
export type SavedTab = Static<typeof SavedTab>

/** Registrable domains or hosts, the latest last. */
const SiteList = Type.Array(Type.String({ maxLength: 300, sensitive: true }), { maxItems: 1_000 })

const megabytes = Type.Integer({ minimum: 64, maximum: 65_536 })

export const MemoryLimits = Type.Object({
  tab: megabytes,
  gpu: megabytes,
  ai: megabytes,
  controller: megabytes,
  /** Each of the other processes. */
  other: megabytes,
})
export type MemoryLimits = Static<typeof MemoryLimits>

/** Every setting, with its default in `defaultSettings`. */
export const Settings = Type.Object({
  theme: Type.Union([Type.Literal('system'), Type.Literal('light'), Type.Literal('dark')]),
  /** `%s` stands for the encoded query. */
  searchTemplate: Type.String({ maxLength: 2_000, pattern: '^https?://.*%s' }),
  restoresSession: Type.Boolean(),
  /** Whether pages are read in the background, so that they can be found by what they say. */
  remembersPages: Type.Boolean(),
  /** Sites that the person said to know; they are not warned about. The latest last. */
  trustedSites: SiteList,
  /** Whether what follows people from site to site is not loaded. */
  blocksTrackers: Type.Boolean(),
  /** Sites on whose pages nothing is blocked. */
  unblockedSites: SiteList,
  blocksThirdPartyCookies: Type.Boolean(),
  /** Sites whose cookies are gone when the browser ends. */
  sessionOnlyCookieSites: SiteList,
  /** Whether addresses are tried over https before http, which is asked about. */
  securesFirst: Type.Boolean(),
  /** The address of a resolver (RFC 8484); null asks the system's. */
  dnsOverHttps: Type.Union([Type.String({ maxLength: 2_000, pattern: '^https://' }), Type.Null()]),
  /** Null for the system's folder. */
  downloadFolder: Type.Union([Type.String({ maxLength: 4_096, sensitive: true }), Type.Null()]),
  /** Whether pictures are drawn without the graphics processor. */
  softwareGraphics: Type.Boolean(),
  showsPreviews: Type.Boolean(),
  /** Whether media may begin to play by itself, on sites of which nothing else was said. */
  autoplay: Type.Union([Type.Literal('always'), Type.Literal('silent'), Type.Literal('never')]),
  /** Whether tabs are brought to one loudness. */
  levelsLoudness: Type.Boolean(),
  /** Whether tabs that were not looked at for long give their processes back. */
  sleepsTabs: Type.Boolean(),
  sleepAfterMinutes: Type.Integer({ minimum: 1, maximum: 10_080 }),
  /** Whether processes are kept ready for the next tabs. */
  warmsTabs: Type.Boolean(),
  /** How much one process of each kind may hold, in MB, before it is ended. */
  memoryLimitsMegabytes: MemoryLimits,
  /** Sites that may hold more than others, in MB. */
  siteMemoryLimits: Type.Array(
    Type.Object({
      site: Type.String({ maxLength: 300, sensitive: true }),
      megabytes: Type.Integer({ minimum: 128, maximum: 65_536 }),
    }),
    { maxItems: 1_000 },
  ),
  /** Whether the operating system is told which processes matter now. */
  setsPriorities: Type.Boolean(),
  /** Whether processes are tied to processors, where the platform can. */
  setsAffinity: Type.Boolean(),
  /** Columns of the process table that are not shown. */
  hiddenProcessColumns: Type.Array(Type.String({ maxLength: 50 }), { maxItems: 20 }),
})
export type Settings = Static<typeof Settings>
export const defaultSettings: Settings = {
  theme: 'system',
  searchTemplate: 'https://duckduckgo.com/?q=%s',
  restoresSession: true,
  remembersPages: true,
  trustedSites: [],
  blocksTrackers: true,
  unblockedSites: [],
  blocksThirdPartyCookies: true,
  sessionOnlyCookieSites: [],
  securesFirst: true,
  dnsOverHttps: null,
  downloadFolder: null,
  softwareGraphics: false,
  showsPreviews: true,
  autoplay: 'silent',
  levelsLoudness: false,
  sleepsTabs: true,
  sleepAfterMinutes: 120,
  warmsTabs: true,
  memoryLimitsMegabytes: { tab: 512, gpu: 1_024, ai: 2_048, controller: 1_024, other: 512 },
  siteMemoryLimits: [],
  setsPriorities: true,
  setsAffinity: false,
  hiddenProcessColumns: [],
}

/** What was found when the database was opened, for a note to the person. */
export const OpeningReport = Type.Union([
  Type.Object({ kind: Type.Literal('opened') }),
  Type.Object({ kind: Type.Literal('created') }),
  /** The file was damaged or gone. What is there now comes from the last good copy and from what could still be read. */
  Type.Object({
    kind: Type.Literal('recovered'),
    /** Where the damaged file was kept; null when it was gone. */
    damagedFile: Type.Union([Type.String({ maxLength: 4_096 }), Type.Null()]),
    /** When the copy was made, in milliseconds since the epoch; null when there was none. */
    backupAt: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()]),
    /** What there is now. */
    saved: Type.Object({
      historyEntries: Type.Integer(),
      tabs: Type.Integer(),
      bookmarks: Type.Integer(),
    }),
    reason: Type.String({ maxLength: 2_000 }),
  }),
  /** The file cannot be used. What could be read of it is held in memory. */
  Type.Object({
    kind: Type.Literal('failed'),
    code: Type.String(),
    reason: Type.String({ maxLength: 2_000 }),
    /** What a person can do about it. */
    wayOut: Type.String({ maxLength: 2_000 }),
  }),
])
export type OpeningReport = Static<typeof OpeningReport>

const nothing = Type.Object({})
const controllerOnly = roles('controller')

/** History, what was read, settings and the open session, in one SQLite file. A call that was answered is on disk. */
export const storageContract = defineContract('storage', {
  methods: {
    openingReport: method({
      args: nothing,
      result: OpeningReport,
      callers: controllerOnly,
      deadlineMs: 5_000,
      idempotent: true,
    }),
    /** Records one finished navigation. Repeating it with the same `visitId` changes nothing. */
    recordVisit: method({
      args: Type.Object({
        visitId: Type.String({ maxLength: 100 }),
        url: Type.String({ maxLength: 65_536, sensitive: true }),
        title: Type.String({ maxLength: 2_000, sensitive: true }),
        at: Type.Integer({ minimum: 0 }),
      }),
      result: nothing,
      callers: controllerOnly,
      deadlineMs: 5_000,
      idempotent: true,
      sensitive: true,
    }),
    /** Titles often arrive after the navigation; an empty title is ignored. */
    updateTitle: method({
      args: Type.Object({
        url: Type.String({ maxLength: 65_536, sensitive: true }),
        title: Type.String({ maxLength: 2_000, sensitive: true }),
      }),
      result: nothing,
      callers: controllerOnly,
      deadlineMs: 5_000,
      idempotent: true,
      sensitive: true,
    }),
    /** Full-text search over addresses and titles, best first; an empty query lists the latest. */
    searchHistory: method({
      args: Type.Object({
        query: Type.String({ maxLength: 1_000, sensitive: true }),
        limit: Type.Integer({ minimum: 1, maximum: 500 }),
      }),
      result: Type.Array(HistoryEntry, { maxItems: 500 }),
      callers: controllerOnly,
      deadlineMs: 5_000,
      idempotent: true,
      sensitive: true,
    }),
    /**
     * What a person who typed this may mean, best first: addresses whose host or path begins with it, or titles with words
     * that do, weighed by how often and how lately they were visited. Nothing for blank text.
     */
    suggest: method({
      args: Type.Object({
        typed: Type.String({ maxLength: 1_000, sensitive: true }),
        limit: Type.Integer({ minimum: 1, maximum: 50 }),
      }),
      result: Type.Array(Suggestion, { maxItems: 50 }),
      callers: controllerOnly,
      deadlineMs: 2_000,
      idempotent: true,
      sensitive: true,
      priority: 'high',
    }),
    /** On which days a host was visited, with "www." or without, before a moment in milliseconds since the epoch. */
    visitsOfHost: method({
      args: Type.Object({
        host: Type.String({ maxLength: 300, sensitive: true }),
        before: Type.Integer({ minimum: 0 }),
      }),
      result: HostVisits,
      callers: controllerOnly,
      deadlineMs: 2_000,
      idempotent: true,
      sensitive: true,
    }),
    deleteHistory: method({
      args: Type.Object({
        url: Type.Union([Type.String({ maxLength: 65_536, sensitive: true }), Type.Null()]),
      }),
      result: Type.Object({ deleted: Type.Integer({ minimum: 0 }) }),
      callers: controllerOnly,
      deadlineMs: 10_000,
      idempotent: true,
    }),
    loadSettings: method({
      args: nothing,
      result: Settings,
      callers: controllerOnly,
      deadlineMs: 5_000,
      idempotent: true,
    }),
    saveSettings: method({
      args: Type.Partial(Settings),
      result: Settings,
      callers: controllerOnly,
      deadlineMs: 5_000,
      idempotent: true,
    }),
    /** Keeps an analysis under the hash of what it found, so that the same result is kept once. */
    saveAnalysis: method({
      args: Type.Object({
        contentHash: Type.String({ maxLength: 128 }),
        url: Type.String({ maxLength: 65_536, sensitive: true }),
        /** A `PageAnalysis` as JSON. */
        analysisJson: Type.String({ maxLength: 1_000_000, sensitive: true }),
        at: Type.Integer({ minimum: 0 }),
      }),
      result: nothing,
      callers: controllerOnly,
      deadlineMs: 5_000,
      idempotent: true,
    }),
    loadAnalysis: method({
      args: Type.Object({ url: Type.String({ maxLength: 65_536, sensitive: true }) }),
      result: Type.Union([
        Type.Object({ analysisJson: Type.String({ sensitive: true }), at: Type.Integer() }),
        Type.Null(),
      ]),
      callers: controllerOnly,
      deadlineMs: 5_000,
      idempotent: true,
    }),
    ...memoryMethods,
    saveLook: method({
      args: PageLook,
      result: nothing,
      callers: controllerOnly,
      deadlineMs: 5_000,
      idempotent: true,
      sensitive: true,
    }),
    /** How the page at an address looked; empty when that is not known. */
    lookOf: method({
      args: Type.Object({ url: Type.String({ maxLength: 65_536, sensitive: true }) }),
      result: Type.Object({ vector: bytes({ maxBytes: looksBytes }) }),
      callers: controllerOnly,
      deadlineMs: 2_000,
      idempotent: true,
      sensitive: true,
    }),
    /** Pages that look like this one, most alike first. */
    similarLooks: method({
      args: Type.Object({
        vector: bytes({ maxBytes: looksBytes }),
        limit: Type.Integer({ minimum: 1, maximum: 50 }),
        exceptHost: Type.Union([Type.String({ maxLength: 300, sensitive: true }), Type.Null()]),
        onlyPasswordPages: Type.Boolean(),
      }),
      result: Type.Array(SimilarLook, { maxItems: 50 }),
      callers: controllerOnly,
      deadlineMs: 5_000,
      idempotent: true,
      sensitive: true,
    }),
  },
  events: {
    settingsChanged: event({ payload: Settings, listeners: controllerOnly }),
  },
})
