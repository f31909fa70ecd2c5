import { afterEach, beforeEach, expect, it } from 'vitest'
import { storageContract } from '../../contracts/storage.ts'
import { type DataKind, storageCareContract } from '../../contracts/storage-care.ts'
import { storageCrashesContract } from '../../contracts/storage-crashes.ts'
import { storageSessionsContract } from '../../contracts/storage-sessions.ts'
import { storageSitesContract } from '../../contracts/storage-sites.ts'
import { meaning, pageOf } from '../testing/memory-world.ts'
import { sessionTab } from '../testing/session-tab.ts'
import { StorageWorld, storageIdentity } from '../testing/storage-world.ts'

const everything: DataKind[] = [
  'history',
  'readings',
  'looks',
  'permissions',
  'choices',
  'hsts',
  'downloads',
  'closedTabs',
  'crashes',
]
let world: StorageWorld

beforeEach(async () => {
  world = new StorageWorld()
  let visits = 0
  for (const host of [
    'a.example',
    'www.a.example',
    'a.example:8080',
    'a.example.evil.example',
    'b.example',
  ]) {
    const url = `https://${host}/page`
    for (const at of [100, 200]) {
      visits += 1
      await storage().recordVisit({ visitId: `v${visits}`, url, title: 'Page', at })
    }
    await storage().savePassages(pageOf(url, ['about the tide'], { meanings: [meaning(visits)], at: 150 }))
    await storage().saveLook({ url, host, asksPassword: false, vector: new Uint8Array(64), at: 150 })
    await sites().choose({ site: host, changes: { zoom: 2 }, at: 150 })
    await sites().decidePermission({
      site: `https://${host}`,
      permission: 'media',
      isAllowed: true,
      at: 150,
      expiresAt: null,
    })
    const tab = sessionTab(host, { url })
    await sessions().append({
      changes: [
        { kind: 'tab', tab },
        { kind: 'tabClosed', id: host, at: 150 },
      ],
    })
  }
})

afterEach(() => world[Symbol.dispose]())

const storage = () => world.calling.client(storageContract, storageIdentity.id)
const care = () => world.calling.client(storageCareContract, storageIdentity.id)
const sites = () => world.calling.client(storageSitesContract, storageIdentity.id)
const sessions = () => world.calling.client(storageSessionsContract, storageIdentity.id)
const crashes = () => world.calling.client(storageCrashesContract, storageIdentity.id)
const countOf = (table: string) =>
  Number(world.database.prepare(`SELECT count(*) AS count FROM ${table}`).get()?.count)
const visited = async () =>
  (await storage().searchHistory({ query: '', limit: 50 })).map(
    ({ url, visits }) => `${new URL(url).host} ${visits}`,
  )

it('clears one host, under any scheme and port, and nobody else', async () => {
  await storage().searchPassages({ query: 'tide', vector: meaning(1), limit: 10 })
  await care().clearSite({ site: 'https://www.a.example', since: 0, kinds: everything })
  expect((await visited()).toSorted()).toEqual(['a.example.evil.example 2', 'b.example 2'])
  expect(['readings', 'passages', 'looks', 'sites', 'permissions'].map(countOf)).toEqual([2, 2, 2, 2, 2])
  const found = await storage().searchPassages({ query: 'tide', vector: meaning(1), limit: 10 })
  expect(found.map(one => new URL(one.url).host).toSorted()).toEqual(['a.example.evil.example', 'b.example'])
  const closed: string[] = []
  for await (const part of sessions().load({})) if (part.kind === 'closed') closed.push(part.closed.tab.id)
  expect(closed).toEqual(['a.example.evil.example', 'b.example'])
  expect(countOf('session_journal')).toBe(0)
})

it('clears a stretch of time: a page keeps its other visits, and what they make of it', async () => {
  await care().clearTime({ from: 150, to: 201, kinds: ['history', 'looks'] })
  expect((await visited()).every(one => one.endsWith(' 1'))).toBe(true)
  const [entry] = await storage().searchHistory({ query: 'b.example', limit: 1 })
  expect(entry).toMatchObject({ visits: 1, lastVisitAt: 100 })
  expect([countOf('looks'), countOf('readings')]).toEqual([0, 5])
  await care().clearTime({ from: 0, to: 150, kinds: ['history'] })
  expect([countOf('pages'), countOf('visits'), countOf('pages_search_docsize')]).toEqual([0, 0, 0])
})

it('clears only what is newer, where that is asked of a site', async () => {
  await care().clearSite({ site: 'b.example', since: 200, kinds: ['history', 'readings'] })
  expect(await visited()).toContain('b.example 1')
  expect(countOf('readings')).toBe(5)
})

it('says how much it keeps of each host, most first, and the same of one', async () => {
  const usage = await care().siteUsage({ limit: 10 })
  expect(usage.map(one => [one.site, one.pages, one.visits, one.readings])).toEqual([
    ['a.example', 3, 6, 3],
    ['a.example.evil.example', 1, 2, 1],
    ['b.example', 1, 2, 1],
  ])
  for (const one of usage) {
    expect(one.totalBytes).toBe(one.historyBytes + one.readingBytes + one.lookBytes + one.recordBytes)
    expect(await care().usageOf({ site: one.site })).toEqual(one)
  }
  expect((await care().usageOf({ site: 'nobody.example' })).totalBytes).toBe(0)
})

it('clears the crashes of sites by host and by time, and none of our own processes', async () => {
  const machine = {
    platform: 'linux',
    architecture: 'x64',
    release: '6',
    totalMemoryBytes: 2,
    freeMemoryBytes: 1,
    nexusVersion: '1',
  }
  const record = (id: string, site: string | null, at: number) =>
    crashes().record({
      id,
      kind: site === null ? 'service' : 'page',
      name: 'x',
      reason: 'crashed',
      exitCode: 1,
      site,
      uptimeMs: 1,
      lastMessages: [],
      machine,
      at,
    })
  await record('a', 'a.example', 100)
  await record('b', 'b.example', 200)
  await record('own', null, 200)
  const left = async () => (await crashes().list({ limit: 10 })).map(({ id }) => id).toSorted()
  await care().clearSite({ site: 'www.a.example', since: 0, kinds: ['crashes'] })
  expect(await left()).toEqual(['b', 'own'])
  await care().clearTime({ from: 0, to: 1_000, kinds: ['crashes'] })
  expect(await left()).toEqual(['own'])
})
