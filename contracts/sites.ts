import type { Static } from 'typebox'
import * as Type from 'typebox'
import { CertificateDetails } from './site-security.ts'
import { SiteChoices } from './storage-sites.ts'

/** A registrable domain, or a host where there is none. */
export const SiteName = Type.String({ minLength: 1, maxLength: 300, sensitive: true })
const Count = Type.Integer({ minimum: 0 })
const Bytes = Type.Integer({ minimum: 0 })
/** Null where it cannot be known. */
const BytesOrNull = Type.Union([Bytes, Type.Null()])
const Moment = Type.Integer({ minimum: 0 })

/** What a page may be allowed, by the name a person would use. */
export const SitePermission = Type.Union([
  Type.Literal('geolocation'),
  Type.Literal('notifications'),
  Type.Literal('camera'),
  Type.Literal('microphone'),
  Type.Literal('clipboard-read'),
  Type.Literal('midi'),
  Type.Literal('pointerLock'),
  Type.Literal('persistent-storage'),
  Type.Literal('fullscreen'),
])
export type SitePermission = Static<typeof SitePermission>

export const PermissionAnswer = Type.Union([
  /** Refused until the page is loaded again. Also what closing the question means. */
  Type.Literal('notNow'),
  Type.Literal('once'),
  /** Until the tab leaves the site. */
  Type.Literal('visit'),
  Type.Literal('always'),
  Type.Literal('never'),
])
export type PermissionAnswer = Static<typeof PermissionAnswer>

/** A page asks, and waits. */
export const PermissionQuestion = Type.Object({
  id: Type.String({ maxLength: 100 }),
  site: SiteName,
  /** More than one where a page wants camera and microphone together. */
  permissions: Type.Array(SitePermission, { minItems: 1, maxItems: 4 }),
  /** Whether the answer can be kept: not for private tabs, nor for a page that came without encryption. */
  mayRemember: Type.Boolean(),
})
export type PermissionQuestion = Static<typeof PermissionQuestion>

/** What the chrome UI draws around the omnibox for one tab. */
export const TabSite = Type.Object({
  tabId: Type.String({ maxLength: 100 }),
  site: Type.Union([SiteName, Type.Null()]),
  isPrivate: Type.Boolean(),
  /** In percent; 100 is the page's own size. */
  zoomPercent: Type.Integer({ minimum: 10, maximum: 1_000 }),
  /** A person let its certificate pass. */
  isUnproven: Type.Boolean(),
  question: Type.Union([PermissionQuestion, Type.Null()]),
  /** Allowed to the page since it was loaded; whether it uses them now the engine does not tell. */
  granted: Type.Array(SitePermission, { maxItems: 20 }),
  /** Cookies of other sites that were kept away from this page: requests without theirs, and answers without. */
  blockedCookies: Count,
})
export type TabSite = Static<typeof TabSite>

export const SitesState = Type.Object({
  isOnline: Type.Boolean(),
  tabs: Type.Array(TabSite, { maxItems: 10_000 }),
})
export type SitesState = Static<typeof SitesState>

/** How the page of a tab came here. */
export const ConnectionDetails = Type.Object({
  kind: Type.Union([
    Type.Literal('secure'),
    Type.Literal('local'),
    Type.Literal('notSecure'),
    Type.Literal('unproven'),
    Type.Literal('internal'),
  ]),
  host: Type.String({ maxLength: 300, sensitive: true }),
  isHsts: Type.Boolean(),
  /** Null where there is none, or the engine did not show it. */
  certificate: Type.Union([CertificateDetails, Type.Null()]),
  cookies: Count,
})
export type ConnectionDetails = Static<typeof ConnectionDetails>

/** A cookie without its value, which is nobody's business here. */
export const SiteCookie = Type.Object({
  name: Type.String({ maxLength: 4_096, sensitive: true }),
  domain: Type.String({ maxLength: 300, sensitive: true }),
  path: Type.String({ maxLength: 4_096, sensitive: true }),
  bytes: Bytes,
  isSecure: Type.Boolean(),
  isHttpOnly: Type.Boolean(),
  /** Milliseconds since the epoch; null for one that ends with the browser. */
  expiresAt: Type.Union([Moment, Type.Null()]),
})
export type SiteCookie = Static<typeof SiteCookie>

/** The kinds of data that are cleared apart. */
export const SiteDataKind = Type.Union([
  Type.Literal('cookies'),
  Type.Literal('localStorage'),
  Type.Literal('indexedDb'),
  Type.Literal('caches'),
  Type.Literal('serviceWorkers'),
  /** What Nexus keeps: visits, and what was read. */
  Type.Literal('history'),
  /** What the person chose: permissions, zoom, exceptions. */
  Type.Literal('choices'),
])
export type SiteDataKind = Static<typeof SiteDataKind>

/** What one site keeps. Sizes are those of its files, which the engine may hold larger than what is in them. */
export const SiteUse = Type.Object({
  site: SiteName,
  cookies: Count,
  cookieBytes: Bytes,
  indexedDbBytes: Bytes,
  cacheBytes: Bytes,
  /** Measured in open tabs only; null for a site that has none. */
  localStorageBytes: BytesOrNull,
  /** Visits, and what was read: about what Nexus itself keeps of it. */
  storedBytes: Bytes,
  /** Service workers that run now. */
  workers: Count,
  isOpen: Type.Boolean(),
  choices: SiteChoices,
  permissions: Type.Array(Type.Object({ permission: SitePermission, isAllowed: Type.Boolean() }), {
    maxItems: 20,
  }),
  /** May be visited only with encryption. */
  isHsts: Type.Boolean(),
})
export type SiteUse = Static<typeof SiteUse>

export const SitesOverview = Type.Object({
  sites: Type.Array(SiteUse, { maxItems: 5_000 }),
  /** There are more than are listed. */
  isCut: Type.Boolean(),
  /** Local storage of all sites lies in one place, which has this size. */
  localStorageBytes: Bytes,
  httpCacheBytes: Bytes,
  serviceWorkerBytes: Bytes,
})
export type SitesOverview = Static<typeof SitesOverview>

export const ClearSpan = Type.Union([
  Type.Literal('hour'),
  Type.Literal('day'),
  Type.Literal('week'),
  Type.Literal('all'),
])
export type ClearSpan = Static<typeof ClearSpan>
