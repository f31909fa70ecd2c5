import type { Cookie, Session } from 'electron'
import { describe, expect, it } from 'vitest'
import type { SiteDataKind } from '../../contracts/sites.ts'
import { SimulatedClock } from '../../ipc/simulated-clock.ts'
import { ProfileSites } from './profile-sites.ts'
import { SiteData } from './site-data.ts'

function cookie(name: string, domain: string, more: Partial<Cookie> = {}): Cookie {
  return { name, value: 'value', domain, path: '/', secure: true, sameSite: 'lax', ...more }
}

function start() {
  const clock = new SimulatedClock()
  const asked: unknown[][] = []
  let cookies = [
    cookie('id', '.sea.example', { expirationDate: 2_000_000_000 }),
    cookie('theme', 'www.sea.example', { secure: false }),
    cookie('id', 'other.example'),
  ]
  const session = {
    cookies: {
      get: () => Promise.resolve(cookies),
      remove: (url: string, name: string) => {
        asked.push(['remove', url, name])
        cookies = cookies.filter(
          one => !(one.name === name && url.includes((one.domain ?? '').replace(/^\./, ''))),
        )
        return Promise.resolve()
      },
    },
    clearStorageData: (options: unknown) => {
      asked.push(['clearStorageData', options])
      return Promise.resolve()
    },
    clearCache: () => {
      asked.push(['clearCache'])
      return Promise.resolve()
    },
    getCacheSize: () => Promise.resolve(7_000),
    getStoragePath: () => null,
  }
  const profile = new ProfileSites({
    clock,
    isPrivate: false,
    writer: null,
    isSecureFirst: () => true,
    onTooSlow: () => {},
  })
  const data = new SiteData({
    session: session as unknown as Session,
    profile,
    pages: () => [
      {
        origins: ['https://www.sea.example', 'https://map.sea.example:8443'],
        localStorageBytes: () => Promise.resolve(40),
      },
      { origins: ['https://www.sea.example'], localStorageBytes: () => Promise.resolve(40) },
      { origins: ['https://mute.example'], localStorageBytes: () => Promise.resolve(null) },
    ],
    visitedHosts: () => Promise.resolve(['old.sea.example', 'elsewhere.example']),
    storedSizes: () =>
      Promise.resolve([
        { host: 'www.sea.example', bytes: 900 },
        { host: 'sea.example', bytes: 100 },
        { host: 'read.example', bytes: 50 },
      ]),
    clearStored: (host, since, kinds) => {
      asked.push(['clearStored', host, since, kinds])
      return Promise.resolve()
    },
    runningWorkers: () => ['https://www.sea.example/worker.js'],
    now: () => 10_000_000_000,
  })
  return { asked, data, profile, clock }
}

describe('the list of sites', () => {
  it('joins what is kept, open and chosen, by registrable domain', async () => {
    const { data, profile } = start()
    profile.book.decide('chosen.example', 'camera', true)
    const { sites, httpCacheBytes } = await data.overview('')
    expect(sites.map(use => [use.site, use.cookies, use.localStorageBytes, use.workers, use.isOpen])).toEqual(
      [
        // two tabs of one origin have one storage
        ['sea.example', 2, 40, 1, true],
        ['other.example', 1, null, 0, false],
        ['chosen.example', 0, null, 0, false],
        ['mute.example', 0, null, 0, true],
        ['read.example', 0, null, 0, false],
      ],
    )
    expect(sites[2]?.permissions).toEqual([{ permission: 'camera', isAllowed: true }])
    expect(sites.map(({ storedBytes }) => storedBytes)).toEqual([1_000, 0, 0, 0, 50])
    expect(httpCacheBytes).toBe(7_000)
  })

  it('is searched by a part of the name', async () => {
    const { data } = start()
    expect((await data.overview(' SEA ')).sites.map(({ site }) => site)).toEqual(['sea.example'])
  })

  it('shows cookies without their values', async () => {
    const { data } = start()
    expect(await data.cookiesOf('sea.example')).toEqual([
      {
        name: 'id',
        domain: '.sea.example',
        path: '/',
        bytes: 7,
        isSecure: true,
        isHttpOnly: false,
        expiresAt: 2_000_000_000_000,
      },
      {
        name: 'theme',
        domain: 'www.sea.example',
        path: '/',
        bytes: 10,
        isSecure: false,
        isHttpOnly: false,
        expiresAt: null,
      },
    ])
  })
})

describe('clearing a site', () => {
  it('removes its cookies and nobody else’s', async () => {
    const { data, asked } = start()
    await data.clearSite('sea.example', ['cookies'])
    expect(asked).toEqual([
      ['remove', 'https://sea.example/', 'id'],
      ['remove', 'http://www.sea.example/', 'theme'],
    ])
  })

  it('reaches every origin that is known of it', async () => {
    const { data, asked } = start()
    await data.clearSite('sea.example', ['localStorage', 'indexedDb'])
    const storages = ['localstorage', 'indexdb']
    expect(new Set(asked.map(([, options]) => JSON.stringify(options)))).toEqual(
      new Set(
        [
          'https://www.sea.example',
          'https://map.sea.example:8443',
          'https://sea.example',
          'http://sea.example',
          'http://www.sea.example',
          'https://old.sea.example',
          'http://old.sea.example',
        ].map(origin => JSON.stringify({ origin, storages })),
      ),
    )
  })

  it('takes what Nexus keeps of it only when that is meant', async () => {
    const { data, asked, profile } = start()
    profile.book.choose('sea.example', { zoom: 2 })
    profile.hsts.note('https://www.sea.example/', ['max-age=1000'])
    await data.clearSite('sea.example', ['history'])
    expect(profile.hsts.isSecureOnly('www.sea.example')).toBe(false)
    expect(asked.map(([, host]) => host)).toEqual(['sea.example', 'www.sea.example', 'old.sea.example'])
    expect(profile.book.choices('sea.example').zoom).toBe(2)
    await data.clearSite('sea.example', ['choices'])
    expect(profile.book.choices('sea.example').zoom).toBeNull()
  })
})

describe('clearing by time', () => {
  const all: SiteDataKind[] = ['cookies', 'localStorage', 'history', 'choices']

  it('leaves what has no time, and says so', async () => {
    const { data, asked } = start()
    expect(await data.clearSpan('hour', all)).toEqual({
      cleared: ['history', 'choices'],
      left: ['cookies', 'localStorage'],
    })
    expect(asked).toEqual([
      [
        'clearStored',
        null,
        10_000_000_000 - 3_600_000,
        ['history', 'readings', 'looks', 'hsts', 'closedTabs', 'crashes'],
      ],
    ])
  })

  it('over all time clears everything', async () => {
    const { data, asked, profile } = start()
    profile.book.choose('sea.example', { zoom: 2 })
    expect(await data.clearSpan('all', [...all, 'caches'])).toEqual({ cleared: [...all, 'caches'], left: [] })
    expect(asked.slice(0, 2)).toEqual([
      ['clearStorageData', { storages: ['cookies', 'localstorage', 'cachestorage'] }],
      ['clearCache'],
    ])
    expect(profile.book.sites()).toEqual([])
  })
})
