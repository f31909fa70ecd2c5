import type { Static } from 'typebox'
import * as Type from 'typebox'
import { defineContract, event, method } from '../ipc/contract.ts'
import { atMost, moment, momentOrNull, nothing, storageCaller, storedSite, storing } from './storage-parts.ts'

const orUnset = <Schema extends Type.TSchema>(schema: Schema) => Type.Union([schema, Type.Null()])

/** What a person chose for one site; null where the setting for all sites holds. */
export const SiteChoices = Type.Object({
  /** A factor; 1 is the page's own size. */
  zoom: orUnset(Type.Number({ minimum: 0.1, maximum: 10 })),
  isMuted: orUnset(Type.Boolean()),
  /** True where trackers and advertisements are let through. */
  isBlockingOff: orUnset(Type.Boolean()),
  autoplay: orUnset(Type.Union([Type.Literal('allow'), Type.Literal('silentOnly'), Type.Literal('block')])),
  cookies: orUnset(
    Type.Union([
      Type.Literal('allowAll'),
      Type.Literal('blockThirdParty'),
      Type.Literal('sessionOnly'),
      Type.Literal('blockAll'),
    ]),
  ),
  /** Until when it may be opened without encryption, because the person said so; 0 for never. */
  insecureUntil: orUnset(moment),
  /** Bytes that the site may keep in this browser. */
  quotaBytes: orUnset(Type.Integer({ minimum: 0 })),
})
export type SiteChoices = Static<typeof SiteChoices>

/** The name of a permission as Electron has it: "geolocation", "media", "notifications"… */
const PermissionName = Type.String({ minLength: 1, maxLength: 100 })

export const PermissionDecision = Type.Object({
  site: storedSite,
  permission: PermissionName,
  isAllowed: Type.Boolean(),
  at: moment,
  /** When it is asked again; null for never. */
  expiresAt: momentOrNull,
})
export type PermissionDecision = Static<typeof PermissionDecision>

export const SiteRecord = Type.Object({
  site: storedSite,
  choices: SiteChoices,
  permissions: Type.Array(PermissionDecision, { maxItems: 200 }),
  changedAt: moment,
})
export type SiteRecord = Static<typeof SiteRecord>

/** That a host is to be reached by HTTPS only; RFC 6797. */
export const HstsHost = Type.Object({
  host: Type.String({ minLength: 1, maxLength: 300, sensitive: true }),
  includesSubdomains: Type.Boolean(),
  /** When it was last said. */
  seenAt: moment,
  expiresAt: moment,
})
export type HstsHost = Static<typeof HstsHost>

/** What is kept of sites, in the storage process. Nothing is written that main did not send: private tabs are its to tell. */
export const storageSitesContract = defineContract('storageSites', {
  methods: {
    /** All that was chosen for a site; unset for one that nothing is known of. Expired permissions are left out. */
    site: method({ ...storing, args: Type.Object({ site: storedSite }), result: SiteRecord }),
    /** Every site with a choice or a permission, by name. */
    listSites: method({
      ...storing,
      args: nothing,
      item: SiteRecord,
      result: Type.Object({ sites: Type.Integer({ minimum: 0 }) }),
    }),
    /** What is left out stays; null unsets. */
    choose: method({
      ...storing,
      args: Type.Object({ site: storedSite, changes: Type.Partial(SiteChoices), at: moment }),
      result: SiteRecord,
    }),
    decidePermission: method({ ...storing, args: PermissionDecision, result: nothing }),
    /** Asked again next time. `permission` of null stands for all of the site, `site` of null for all sites. */
    forgetPermissions: method({
      ...storing,
      args: Type.Object({
        site: Type.Union([storedSite, Type.Null()]),
        permission: Type.Union([PermissionName, Type.Null()]),
      }),
      result: Type.Object({ forgotten: Type.Integer({ minimum: 0 }) }),
    }),
    /** All that hold now, latest first; of one permission, or of all for null. */
    permissions: method({
      ...storing,
      args: Type.Object({ permission: Type.Union([PermissionName, Type.Null()]) }),
      result: Type.Array(PermissionDecision, { maxItems: 10_000 }),
    }),
    /** Everything about a site; gives whether there was anything. */
    forgetSite: method({
      ...storing,
      args: Type.Object({ site: storedSite }),
      result: Type.Object({ isForgotten: Type.Boolean() }),
    }),
    /** An `expiresAt` that is not after `seenAt` forgets the host, as a header with max-age=0 asks. */
    recordHsts: method({ ...storing, args: HstsHost, result: nothing }),
    /** All that hold now, the latest first; main holds them in memory and matches hosts itself. */
    hsts: method({
      ...storing,
      args: Type.Object({ limit: atMost(20_000) }),
      result: Type.Array(HstsHost, { maxItems: 20_000 }),
    }),
    forgetHsts: method({
      ...storing,
      /** Null for all hosts. */
      args: Type.Object({ host: Type.Union([HstsHost.properties.host, Type.Null()]) }),
      result: nothing,
    }),
  },
  events: {
    /** What is known of a site changed; null when it may be any. */
    siteChanged: event({
      payload: Type.Object({ site: Type.Union([storedSite, Type.Null()]) }),
      listeners: storageCaller,
    }),
  },
})
