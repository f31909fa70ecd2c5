import { afterEach, beforeEach, expect, it } from 'vitest'
import { type SiteRecord, storageSitesContract } from '../../contracts/storage-sites.ts'
import type { Client } from '../../ipc/client.ts'
import { StorageWorld, storageIdentity } from '../testing/storage-world.ts'

let world: StorageWorld
let sites: Client<typeof storageSitesContract>
let changed: (string | null)[]

beforeEach(() => {
  world = new StorageWorld()
  sites = world.calling.client(storageSitesContract, storageIdentity.id)
  changed = []
  sites.on('siteChanged', ({ site }) => changed.push(site))
})

afterEach(() => world[Symbol.dispose]())

const site = 'https://a.example'
const unset = {
  zoom: null,
  isMuted: null,
  isBlockingOff: null,
  autoplay: null,
  cookies: null,
  insecureUntil: null,
  quotaBytes: null,
}

async function all(): Promise<SiteRecord[]> {
  const records: SiteRecord[] = []
  for await (const record of sites.listSites({})) records.push(record)
  return records
}

it('keeps what was chosen for a site, one choice at a time, and nothing of one that has none', async () => {
  expect(await sites.site({ site })).toEqual({ site, choices: unset, permissions: [], changedAt: 0 })
  await sites.choose({ site, changes: { zoom: 1.5 }, at: 1 })
  await sites.choose({ site, changes: { isMuted: true }, at: 2 })
  expect(await all()).toEqual([
    { site, choices: { ...unset, zoom: 1.5, isMuted: true }, permissions: [], changedAt: 2 },
  ])
  await sites.choose({ site, changes: { zoom: null, isMuted: null }, at: 3 })
  expect([await all(), changed]).toEqual([[], [site, site, site]])
})

it('unsets what a stored record says that is not valid, and keeps the rest', async () => {
  world.database
    .prepare('INSERT INTO sites VALUES (?, ?, 1)')
    .run(site, JSON.stringify({ zoom: 99, isMuted: true, later: 'thing', __proto__: { autoplay: 'allow' } }))
  expect((await sites.site({ site })).choices).toEqual({ ...unset, isMuted: true })
})

it('remembers what was allowed and refused, until it expires or is forgotten', async () => {
  const now = world.clock.wallClock()
  const decision = { site, permission: 'media', isAllowed: true, at: now, expiresAt: now + 1_000 }
  await sites.decidePermission(decision)
  await sites.decidePermission({ ...decision, permission: 'geolocation', isAllowed: false, expiresAt: null })
  await sites.decidePermission({ ...decision, site: 'https://b.example', at: now + 1 })
  expect((await sites.permissions({ permission: 'media' })).map(one => one.site)).toEqual([
    'https://b.example',
    site,
  ])
  world.clock.advance(1_000)
  expect((await sites.site({ site })).permissions.map(one => one.permission)).toEqual(['geolocation'])
  expect((await all()).map(one => one.site)).toEqual([site])
  expect(await sites.forgetPermissions({ site: null, permission: 'media' })).toEqual({ forgotten: 2 })
  expect(await sites.forgetSite({ site })).toEqual({ isForgotten: true })
  expect(await sites.forgetSite({ site })).toEqual({ isForgotten: false })
})

it('knows which hosts are reached by HTTPS only, until they say otherwise', async () => {
  const now = world.clock.wallClock()
  const host = { host: 'a.example', includesSubdomains: true, seenAt: now, expiresAt: now + 1_000 }
  await sites.recordHsts(host)
  await sites.recordHsts({ ...host, host: 'b.example', expiresAt: now + 5_000 })
  expect((await sites.hsts({ limit: 10 })).length).toBe(2)
  world.clock.advance(2_000)
  expect((await sites.hsts({ limit: 10 })).map(one => one.host)).toEqual(['b.example'])
  await sites.recordHsts({ ...host, host: 'b.example', expiresAt: now })
  expect(await sites.hsts({ limit: 10 })).toEqual([])
  await sites.recordHsts(host)
  await sites.forgetHsts({ host: null })
  expect(Number(world.database.prepare('SELECT count(*) AS count FROM hsts').get()?.count)).toBe(0)
})
