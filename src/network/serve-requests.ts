import { shell } from 'electron'
import { areaContracts } from '../../contracts/areas.ts'
import { networkContract } from '../../contracts/network.ts'
import { networkFilteringContract } from '../../contracts/network-filtering.ts'
import type { RequestDetails } from '../../contracts/request-log.ts'
import type { Endpoint } from '../../ipc/endpoint.ts'
import { endpointId } from '../../ipc/identity.ts'
import type { Application } from '../application.ts'
import type { TabId } from '../controller/tab-model.ts'
import { UnknownTabError } from '../messaging/browser-errors.ts'
import { listed, type RequestRecord } from './request-record.ts'

/** As many as the setting holds; the oldest make room. */
const mostUnblockedSites = 1_000
/** The network process answers at once, or the panel goes without. */
const quickMs = 1_000

/** Serves the chrome UI what is known of requests and of the network process. */
export function serveRequests(endpoint: Endpoint, application: Application): Disposable {
  const network = endpoint.client(networkContract, endpointId('network'))
  const filtering = endpoint.client(networkFilteringContract, endpointId('network'))
  const { traffic } = application.parts

  function tabOf(tabId: string): TabId {
    const tab = application.browser.getSnapshot().context.tabs.find(one => one.id === tabId)
    if (tab === undefined) throw new UnknownTabError(tabId)
    return tab.id
  }

  async function detailsOf(record: RequestRecord): Promise<RequestDetails> {
    const host = URL.parse(record.row.url)?.hostname ?? ''
    const known = await network.dnsCache({}, { deadlineMs: quickMs }).catch(() => [])
    return {
      request: record.row,
      requestHeaders: listed(record.requestHeaders),
      responseHeaders: listed(record.responseHeaders),
      statusLine: record.statusLine,
      referrer: record.referrer,
      remoteAddresses: known.find(({ name }) => name === host)?.addresses ?? [],
    }
  }

  return endpoint.serve(areaContracts.network, {
    watchRequests: (_args, call) => {
      traffic.log.watch(call.peer.id)
      return {}
    },
    unwatchRequests: (_args, call) => {
      traffic.log.unwatch(call.peer.id)
      return {}
    },
    clearRequests: ({ tabId }) => {
      traffic.log.clear(tabId)
      return {}
    },
    requestDetails: ({ id }) => {
      const record = traffic.log.record(id)
      return record === null ? null : detailsOf(record)
    },
    exportHar: async ({ ids, withSecrets }) => {
      const records = ids.flatMap(id => traffic.log.record(id) ?? [])
      const { tabs } = application.state()
      const path = await traffic.files.write(
        records,
        withSecrets,
        tabId => tabs.find(({ id }) => id === tabId)?.title ?? null,
      )
      return { path, entries: records.length }
    },
    showExport: () => {
      if (traffic.files.latest !== null) shell.showItemInFolder(traffic.files.latest)
      return {}
    },
    overview: async () => ({
      proxy: await network.status({}, { deadlineMs: quickMs }).catch(() => null),
      filtering: await filtering.status({}, { deadlineMs: quickMs }).catch(() => null),
      undecided: traffic.decisions.late,
    }),
    connections: (_args, call) => network.connections({}, { within: call }),
    dnsCache: (_args, call) => network.dnsCache({}, { within: call }),
    flushDns: async (_args, call) => {
      await network.flushDns({}, { within: call })
      return {}
    },
    blocking: ({ tabId }) => {
      const { url, site } = application.state().tabs.find(({ id }) => id === tabOf(tabId)) ?? {}
      const blocking = traffic.blocker.blocking(tabId)
      // A page that stood there before anything was asked of it has counted nothing; its site can be switched all the same.
      return blocking.site !== null || url === undefined || !/^https?:/.test(url)
        ? blocking
        : { ...blocking, site: site ?? null, isOn: traffic.blocker.isOn(site ?? null) }
    },
    blockedCounts: () => traffic.blocker.counts(),
    setSiteBlocking: async ({ tabId, isOn }, call) => {
      const tab = tabOf(tabId)
      const site = application.state().tabs.find(({ id }) => id === tab)?.site ?? null
      if (site === null) return {}
      const { unblockedSites } = application.browser.getSnapshot().context.settings
      const others = unblockedSites.filter(one => one !== site)
      const changed = isOn ? others : [...others, site].slice(-mostUnblockedSites)
      const settings = await application.storage.saveSettings({ unblockedSites: changed }, { within: call })
      application.browser.send({ type: 'settings.changed', settings })
      application.browser.send({ type: 'tab.tell', tabId: tab, event: { type: 'reload' } })
      return {}
    },
  })
}
