import { areaContracts } from '../../../contracts/areas.ts'
import type { SitesOverview, SitesState, SiteUse, TabSite } from '../../../contracts/sites.ts'
import type { Endpoint } from '../../../ipc/endpoint.ts'
import { certificate } from '../fixtures/certificates.ts'

const quietTab: TabSite = {
  tabId: 'tab:1',
  site: 'harbourlog.example',
  isPrivate: false,
  zoomPercent: 100,
  isUnproven: false,
  question: null,
  granted: [],
  blockedCookies: 12,
}

const noChoices: SiteUse['choices'] = {
  zoom: null,
  isMuted: null,
  isBlockingOff: null,
  autoplay: null,
  cookies: null,
  insecureUntil: null,
  quotaBytes: null,
}

const quietSite: SiteUse = {
  site: 'harbourlog.example',
  cookies: 2,
  cookieBytes: 148,
  indexedDbBytes: 0,
  cacheBytes: 0,
  localStorageBytes: 3_400,
  storedBytes: 0,
  workers: 0,
  isOpen: true,
  choices: noChoices,
  permissions: [],
  isHsts: true,
}

const sites: readonly SiteUse[] = [
  {
    ...quietSite,
    site: 'videolab.example',
    cookies: 14,
    cookieBytes: 4_210,
    indexedDbBytes: 412_000_000,
    storedBytes: 84_000,
    cacheBytes: 96_500_000,
    localStorageBytes: null,
    workers: 1,
    isOpen: false,
    permissions: [
      { permission: 'notifications', isAllowed: false },
      { permission: 'camera', isAllowed: true },
    ],
    isHsts: false,
  },
  { ...quietSite, choices: { ...noChoices, zoom: 1.25 } },
  {
    ...quietSite,
    site: 'old.example',
    cookies: 0,
    cookieBytes: 0,
    localStorageBytes: null,
    isOpen: false,
    isHsts: false,
    choices: { ...noChoices, insecureUntil: 8_640_000_000_000_000 },
  },
]

/** What tests and lookers change by `window.fixture.areas.sites`. */
export class SitesFixture {
  #state: SitesState = { isOnline: true, tabs: [quietTab] }
  #endpoint: Endpoint | null = null

  /** The tab in view, changed. */
  changeTab(change: Partial<TabSite>): void {
    const [tab = quietTab] = this.#state.tabs
    this.#put({ ...this.#state, tabs: [{ ...tab, ...change }] })
  }

  setOnline(isOnline: boolean): void {
    this.#put({ ...this.#state, isOnline })
  }

  serve(endpoint: Endpoint): void {
    this.#endpoint = endpoint
    const done = () => ({})
    endpoint.serve(areaContracts.sites, {
      state: () => this.#state,
      continueUnproven: done,
      allowInsecure: done,
      connection: () => ({
        kind: 'secure' as const,
        host: 'www.harbourlog.example',
        isHsts: true,
        certificate,
        cookies: 2,
      }),
      answerPermission: () => {
        this.changeTab({ question: null })
        return {}
      },
      setPermission: done,
      zoom: () => {
        this.changeTab({ zoomPercent: 100 })
        return {}
      },
      overview: ({ query }) => overviewOf(query),
      cookies: ({ site }) => [
        {
          name: 'session',
          domain: site,
          path: '/',
          bytes: 120,
          isSecure: true,
          isHttpOnly: true,
          expiresAt: null,
        },
        {
          name: 'language',
          domain: `.${site}`,
          path: '/',
          bytes: 28,
          isSecure: false,
          isHttpOnly: false,
          expiresAt: Date.UTC(2027, 3, 2),
        },
      ],
      deleteCookie: done,
      choose: done,
      clearSite: done,
      clearSpan: ({ span, kinds }) => {
        const cleared =
          span === 'all' ? kinds : kinds.filter(kind => kind === 'history' || kind === 'choices')
        return { cleared, left: kinds.filter(kind => !cleared.includes(kind)) }
      },
    })
  }

  #put(state: SitesState): void {
    this.#state = state
    this.#endpoint?.announce(areaContracts.sites, 'changed', state)
  }
}

function overviewOf(query: string): SitesOverview {
  return {
    sites: sites.filter(({ site }) => site.includes(query)),
    isCut: false,
    localStorageBytes: 81_000,
    httpCacheBytes: 33_400_000,
    serviceWorkerBytes: 1_200_000,
  }
}
