import { areaContracts } from '../../contracts/areas.ts'
import type { PageProblem } from '../../contracts/browser.ts'
import type { ConnectionDetails } from '../../contracts/sites.ts'
import type { Endpoint } from '../../ipc/endpoint.ts'
import type { Application } from '../application.ts'
import type { OpenTab } from '../controller/browser-model.ts'
import { UnknownTabError } from '../messaging/browser-errors.ts'
import { connectionOf } from '../tabs/site.ts'
import { siteOfHost } from './hosts.ts'
import type { ProfileSites } from './profile-sites.ts'
import { NotOfferedError } from './site-errors.ts'
import type { SitesPart } from './sites-part.ts'

/** "For good" is as long as a date can say. */
const forGood = 8_640_000_000_000_000

/** Serves the chrome UI. What an intent names is looked up here again: the UI's word decides nothing about security. */
export function serveSites(endpoint: Endpoint, application: Application, part: SitesPart): Disposable {
  const { browser } = application

  function tabOf(tabId: string): OpenTab {
    const tab = browser.getSnapshot().context.tabs.find(one => one.id === tabId)
    if (tab === undefined) throw new UnknownTabError(tabId)
    return tab
  }
  function profileOf(tab: OpenTab): ProfileSites {
    return part.profile(application.pageSessions.obtain(tab.isPrivate).session)
  }
  function problemOf(tab: OpenTab, kind: PageProblem['kind']): PageProblem {
    const { value, context } = tab.ref.getSnapshot()
    if (value.page !== 'problem' || context.problem?.kind !== kind) {
      throw new NotOfferedError('The tab does not ask that.')
    }
    return context.problem
  }

  return endpoint.serve(areaContracts.sites, {
    state: () => part.state(),
    continueUnproven: ({ tabId, fingerprint }) => {
      const tab = tabOf(tabId)
      const { url, certificate: report } = problemOf(tab, 'certificate')
      const profile = profileOf(tab)
      const isOffered =
        report?.mayContinue === true &&
        report.certificate?.fingerprint === fingerprint &&
        !profile.hsts.isSecureOnly(URL.parse(url)?.hostname ?? '')
      if (!isOffered) throw new NotOfferedError('This certificate cannot be let pass.')
      profile.exceptions.allow(url, fingerprint)
      browser.send({ type: 'tab.tell', tabId: tab.id, event: { type: 'go', url } })
      return {}
    },
    allowInsecure: ({ tabId, isAlways }) => {
      const tab = tabOf(tabId)
      const { url } = problemOf(tab, 'insecureOnly')
      const host = URL.parse(url)?.hostname ?? ''
      const profile = profileOf(tab)
      if (profile.hsts.isSecureOnly(host)) throw new NotOfferedError('This site demands encryption.')
      profile.insecureHosts.add(host)
      if (isAlways) profile.book.choose(siteOfHost(host), { insecureUntil: forGood })
      browser.send({ type: 'tab.tell', tabId: tab.id, event: { type: 'go', url } })
      return {}
    },
    connection: async ({ tabId }) => connectionDetails(application, part, tabOf(tabId)),
    answerPermission: ({ tabId, questionId, answer }) => {
      const contents = application.tabs.find(tabOf(tabId).id)?.contents
      const isTaken = contents !== undefined && part.desk.answer(contents.id, questionId, answer)
      if (!isTaken) throw new NotOfferedError('The page does not ask that any more, or only just began to.')
      if (part.desk.question(contents.id) === null) application.window.focusPage()
      return {}
    },
    setPermission: ({ site, permission, isAllowed }) => {
      part.ordinary.book.decide(site, permission, isAllowed)
      return {}
    },
    zoom: ({ tabId, to }) => {
      part.zoom(tabOf(tabId).id, to)
      return {}
    },
    overview: ({ query }) => part.data.overview(query),
    cookies: ({ site }) => part.data.cookiesOf(site),
    deleteCookie: async cookie => {
      await part.data.deleteCookie(cookie)
      return {}
    },
    choose: ({ site, changes }) => {
      part.ordinary.book.choose(site, changes)
      return {}
    },
    clearSite: async ({ site, kinds }) => {
      await part.data.clearSite(site, kinds)
      part.changed()
      return {}
    },
    clearSpan: async ({ span, kinds }) => {
      const result = await part.data.clearSpan(span, kinds)
      part.changed()
      return result
    },
  })
}

async function connectionDetails(
  application: Application,
  part: SitesPart,
  tab: OpenTab,
): Promise<ConnectionDetails> {
  const { url, problem } = tab.ref.getSnapshot().context
  const host = URL.parse(url)?.hostname ?? ''
  const { session } = application.pageSessions.obtain(tab.isPrivate)
  const profile = part.profile(session)
  const connection = connectionOf(url, problem?.kind === 'certificate' || profile.exceptions.covers(url))
  return {
    kind: connection === 'broken' ? 'unproven' : connection,
    host: host.slice(0, 300),
    isHsts: profile.hsts.isSecureOnly(host),
    certificate: problem?.certificate?.certificate ?? part.security.provenCertificate(host),
    cookies: url === '' ? 0 : (await session.cookies.get({ url })).length,
  }
}
