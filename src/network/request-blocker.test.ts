import type { Session } from 'electron'
import { beforeEach, expect, test } from 'vitest'
import type { FilterDecision, JudgedRequest } from '../../contracts/network-filtering.ts'
import { SimulatedClock } from '../../ipc/simulated-clock.ts'
import { FilterDecisions } from './filter-decisions.ts'
import { RequestBlocker } from './request-blocker.ts'
import type { RequestSource, RequestVerdict } from './web-request.ts'

const source: RequestSource = { session: {} as unknown as Session, isPrivate: false }
const block: FilterDecision = { kind: 'block', rule: '||ads.example^', list: 'EasyList' }

let settings: { blocksTrackers: boolean; unblockedSites: string[] }
let asked: JudgedRequest[]
let counted: string[]
let noted: string[]
let blocker: RequestBlocker

beforeEach(() => {
  settings = { blocksTrackers: true, unblockedSites: [] }
  asked = []
  counted = []
  noted = []
  blocker = new RequestBlocker({
    decisions: new FilterDecisions({
      ask: async requests => {
        asked.push(...requests)
        return requests.map(({ url }) => (url.includes('ads') ? block : { kind: 'allow' }))
      },
      clock: new SimulatedClock(),
      afterTick: work => setImmediate(work),
    }),
    settings: () => settings,
    tabOf: id => (id === 0 ? null : `tab:${id}`),
    note: (_source, id, { kind }) => noted.push(`${id} ${kind}`),
    onCount: tabId => counted.push(tabId),
  })
})

function ask(
  url: string,
  changes: Partial<Electron.OnBeforeRequestListenerDetails> = {},
): RequestVerdict | null | Promise<RequestVerdict | null> {
  const request = {
    id: 1,
    url,
    method: 'GET',
    webContentsId: 1,
    resourceType: 'script' as const,
    referrer: '',
    timestamp: 0,
    uploadData: [],
    ...changes,
  }
  return blocker.part.decide?.(request, source) ?? null
}

test('what a list blocks is stopped, noted and counted for the tab, by host', async () => {
  blocker.begin('tab:1', 'https://www.page.example/article')
  expect(await ask('https://ads.example/a.js')).toEqual({ kind: 'cancel' })
  expect(await ask('https://ads.example/b.js')).toEqual({ kind: 'cancel' })
  expect(await ask('https://cdn.example/a.js')).toBeNull()
  expect(blocker.blocking('tab:1')).toEqual({
    site: 'page.example',
    isOn: true,
    count: 2,
    hosts: [{ host: 'ads.example', list: 'EasyList', count: 2 }],
  })
  expect(noted).toEqual(['1 block', '1 block'])
  expect(counted).toEqual(['tab:1', 'tab:1'])
  expect(blocker.counts()).toEqual([{ tabId: 'tab:1', count: 2 }])
})

test('lists see whose document asks, and the page around it', async () => {
  blocker.begin('tab:1', 'https://page.example/article')
  await ask('https://cdn.example/a.js', { initiatorOrigin: 'https://frame.example' })
  await ask('https://cdn.example/b.js', { initiatorOrigin: 'null' })
  expect(asked).toEqual([
    {
      url: 'https://cdn.example/a.js',
      kind: 'script',
      source: 'https://frame.example',
      page: 'https://page.example/article',
    },
    {
      url: 'https://cdn.example/b.js',
      kind: 'script',
      source: 'https://page.example/article',
      page: 'https://page.example/article',
    },
  ])
})

test('nothing is asked of the lists where nothing is blocked: pages themselves, other schemes, the browser, by choice', async () => {
  blocker.begin('tab:1', 'https://www.page.example/')
  expect(ask('https://ads.example/', { resourceType: 'mainFrame' })).toBeNull()
  expect(ask('data:text/plain,ads')).toBeNull()
  expect(ask('https://ads.example/icon.png', { webContentsId: 0 })).toBeNull()
  settings.unblockedSites = ['page.example']
  expect(ask('https://ads.example/a.js')).toBeNull()
  settings = { blocksTrackers: false, unblockedSites: [] }
  expect(ask('https://ads.example/a.js')).toBeNull()
  expect(blocker.blocking('tab:1')).toMatchObject({ isOn: false, count: 0 })
  expect(asked).toEqual([])
})

test('a worker that no tab is known of is judged by its origin', async () => {
  expect(
    await ask('https://ads.example/a.js', {
      webContentsId: 0,
      initiatorOrigin: 'https://page.example',
    }),
  ).toEqual({ kind: 'cancel' })
  settings.unblockedSites = ['page.example']
  expect(
    await ask('https://ads.example/a.js', {
      webContentsId: 0,
      initiatorOrigin: 'https://page.example',
    }),
  ).toBeNull()
  expect(counted).toEqual([])
})

test('another page begins at nought, and what comes for the one before it is not counted for it', async () => {
  blocker.begin('tab:1', 'https://page.example/')
  const late = ask('https://ads.example/a.js')
  blocker.begin('tab:1', 'https://page.example/next')
  await late
  expect(blocker.blocking('tab:1').count).toBe(0)
  expect(counted).toEqual([])
  await ask('https://ads.example/a.js')
  blocker.part.onStarted?.(
    {
      id: 9,
      url: 'https://else.example/',
      method: 'GET',
      webContentsId: 1,
      resourceType: 'mainFrame',
      referrer: '',
      timestamp: 0,
      fromCache: false,
      statusCode: 200,
      statusLine: 'HTTP/1.1 200 OK',
    },
    source,
  )
  expect(blocker.blocking('tab:1')).toMatchObject({ site: 'else.example', count: 0 })
  expect(counted).toEqual(['tab:1', 'tab:1'])
  blocker.forget('tab:1')
  expect(blocker.pageOf('tab:1')).toBeNull()
})
