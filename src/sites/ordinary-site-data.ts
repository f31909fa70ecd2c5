import { systemClock } from '../../ipc/clock.ts'
import type { Application } from '../application.ts'
import { storageClients } from '../storage/storage-client.ts'
import { siteOfHost } from './hosts.ts'
import { openPage } from './open-pages.ts'
import type { ProfileSites } from './profile-sites.ts'
import { SiteData } from './site-data.ts'

/** Hosts of which is asked how much is kept. */
const mostHostsMeasured = 5_000
/** Visits that are looked through for the hosts of one site. */
const visitsLookedAt = 500

/** What sites keep in the profile on disk, read and cleared by the parts of the running browser. */
export function ordinarySiteData(application: Application, profile: ProfileSites): SiteData {
  const { session } = application.pageSessions.obtain(false)
  const { care } = storageClients(application.switchboard.endpoint)
  return new SiteData({
    session,
    profile,
    pages: () =>
      application.tabs
        .all()
        .filter(({ contents }) => !contents.isDestroyed() && contents.session === session)
        .map(({ contents }) => openPage(contents, systemClock)),
    visitedHosts: async site => {
      const visits = await application.storage
        .searchHistory({ query: site, limit: visitsLookedAt })
        .catch(() => [])
      const hosts = visits.flatMap(({ url }) => URL.parse(url)?.hostname ?? [])
      return [...new Set(hosts)].filter(host => siteOfHost(host) === site)
    },
    storedSizes: async () => {
      const usage = await care.siteUsage({ limit: mostHostsMeasured }).catch(() => [])
      return usage.flatMap(({ site, totalBytes }) => {
        // It may be an origin, where scheme and port matter.
        const host = URL.parse(site)?.hostname || site
        return host === '' ? [] : [{ host, bytes: totalBytes }]
      })
    },
    clearStored: async (host, since, kinds) => {
      if (host === null) {
        const to = systemClock.wallClock() + 1
        await care.clearTime({ from: since, to, kinds: [...kinds] })
      } else await care.clearSite({ site: host, since, kinds: [...kinds] })
    },
    runningWorkers: () =>
      Object.values(session.serviceWorkers.getAllRunning()).map(worker => worker.scriptUrl),
    now: () => systemClock.wallClock(),
  })
}
