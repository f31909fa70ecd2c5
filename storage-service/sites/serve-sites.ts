import type { storageSitesContract } from '../../contracts/storage-sites.ts'
import type { Handlers } from '../../ipc/served-contract.ts'
import type { ServedParts } from '../served-parts.ts'
import { HstsHosts } from './hsts.ts'
import { Sites } from './sites.ts'

/** Implements the contract of sites; `onChanged` is told whose record changed, or null for any, after it is on disk. */
export function siteHandlers(
  { database, write, scrub, wallClock }: ServedParts,
  onChanged: (site: string | null) => void,
): Handlers<typeof storageSitesContract> {
  const sites = new Sites(database)
  const hsts = new HstsHosts(database)
  function forgotten(site: string | null): void {
    scrub()
    onChanged(site)
  }

  return {
    site: ({ site }) => sites.site(site, wallClock()),
    async *listSites() {
      let count = 0
      for (const name of sites.names()) {
        const record = sites.site(name, wallClock())
        // Only permissions that have expired.
        if (record.changedAt === 0 && record.permissions.length === 0) continue
        yield record
        count += 1
      }
      return { sites: count }
    },
    choose: async ({ site, changes, at }) => {
      const record = await write(() => {
        sites.choose(site, changes, at)
        return sites.site(site, wallClock())
      })
      onChanged(site)
      return record
    },
    decidePermission: async decision => {
      await write(() => sites.decide(decision))
      onChanged(decision.site)
      return {}
    },
    forgetPermissions: async ({ site, permission }) => {
      const count = await write(() => sites.forgetPermissions(site, permission))
      if (count > 0) forgotten(site)
      return { forgotten: count }
    },
    permissions: ({ permission }) => sites.permissions(permission, wallClock()),
    forgetSite: async ({ site }) => {
      const isForgotten = await write(() => sites.forget(site))
      if (isForgotten) forgotten(site)
      return { isForgotten }
    },
    recordHsts: async host => {
      await write(() => hsts.record(host))
      return {}
    },
    hsts: ({ limit }) => hsts.list(limit, wallClock()),
    forgetHsts: async ({ host }) => {
      await write(() => hsts.forget(host))
      scrub()
      return {}
    },
  }
}
