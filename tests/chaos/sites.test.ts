import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { storageSitesContract } from '../../contracts/storage-sites.ts'
import { createEndpoint } from '../../ipc/endpoint.ts'
import { endpointId, identity } from '../../ipc/identity.ts'
import { silentLog } from '../../ipc/log.ts'
import { forkPort } from '../../ipc/transports/process-channel.ts'
import { SiteBook } from '../../src/sites/site-book.ts'
import { StoredSites } from '../../src/sites/site-writer.ts'
import { randomFrom } from '../bench/storage/random.ts'

const rounds = Number(process.env.NEXUS_CHAOS_ROUNDS ?? 8)
const seed = 20_261_122
const longestPauseMs = 150
const decisionsOfRound = 12
const permissions = ['camera', 'microphone', 'geolocation', 'notifications'] as const

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nexus-chaos-sites-'))
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

it(`remembers every permission and zoom though storage is killed ${rounds} times meanwhile`, async () => {
  const random = randomFrom(seed)
  const main = createEndpoint({ identity: identity('controller', 'controller') })
  const start = (): ChildProcess => {
    const child = fork(
      new URL('./storage/storage-child.ts', import.meta.url),
      [join(folder, 'nexus.sqlite')],
      { serialization: 'advanced' },
    )
    main.connect(forkPort(child), identity('storage', 'storage'))
    return child
  }
  const stored = new StoredSites(main.client(storageSitesContract, endpointId('storage')), silentLog)
  const book = new SiteBook({ now: Date.now, writer: stored })
  let child = start()
  for (let round = 0; round < rounds; round += 1) {
    for (let count = 0; count < decisionsOfRound; count += 1) {
      const site = `site${Math.floor(random() * 5)}.example`
      const permission = permissions[Math.floor(random() * permissions.length)] ?? 'camera'
      const choice = random()
      book.decide(site, permission, choice < 0.2 ? null : choice < 0.6)
      book.choose(site, { zoom: 1 + Math.floor(random() * 10) / 10 })
    }
    // In the middle of writing them.
    await delay(random() * longestPauseMs)
    child.kill('SIGKILL')
    await once(child, 'exit')
    child = start()
  }
  await stored.drained()
  const { records } = await stored.load()
  const remembered = new SiteBook({ now: Date.now, writer: null })
  remembered.load(records)
  const contents = (one: SiteBook) =>
    [...one.sites()].sort().map(site => ({
      site,
      zoom: one.choices(site).zoom,
      permissions: one.permissions(site).sort((a, b) => a.permission.localeCompare(b.permission)),
    }))
  expect(contents(remembered)).toEqual(contents(book))
  expect(contents(book).length).toBeGreaterThan(0)
  stored[Symbol.dispose]()
  main[Symbol.dispose]()
  child.kill('SIGKILL')
  await once(child, 'exit')
}, 120_000)
