import { afterEach, beforeEach, expect, it } from 'vitest'
import { defaultSettings, type Settings, storageContract } from '../contracts/storage.ts'
import type { Client } from '../ipc/client.ts'
import { createEndpoint, type Endpoint } from '../ipc/endpoint.ts'
import { identity } from '../ipc/identity.ts'
import { createMemoryChannel } from '../ipc/transports/memory.ts'
import { migrate } from './migrations.ts'
import { createStorageHandlers } from './service.ts'
import { openSqlite, type SqlDatabase } from './sqlite-driver.ts'
import { meaning, now, pageOf } from './testing/memory-world.ts'

const controller = identity('controller', 'controller')
const self = identity('storage', 'storage')

let database: SqlDatabase
let serving: Endpoint
let calling: Endpoint
let storage: Client<typeof storageContract>

beforeEach(() => {
  database = openSqlite(':memory:')
  migrate(database)
  serving = createEndpoint({ identity: self })
  calling = createEndpoint({ identity: controller })
  serving.serve(
    storageContract,
    createStorageHandlers({
      database,
      report: { kind: 'created' },
      wallClock: () => now,
      announceSettings: settings => serving.announce(storageContract, 'settingsChanged', settings),
      warn: () => {},
    }),
  )
  const [near, far] = createMemoryChannel()
  calling.connect(near, self)
  serving.connect(far, controller)
  storage = calling.client(storageContract, self.id)
})

afterEach(() => {
  calling[Symbol.dispose]()
  serving[Symbol.dispose]()
  database.close()
})

it('answers every method of its contract in the shape that the contract declares', async () => {
  const announced: Settings[] = []
  storage.on('settingsChanged', settings => announced.push(settings))
  const url = 'https://a.example/'
  const tab = { id: 't', url, title: 'A', position: 0, isActive: true }
  expect(await storage.openingReport({})).toEqual({ kind: 'created' })
  expect(await storage.recordVisit({ visitId: 'v', url, title: '', at: now })).toEqual({})
  expect(await storage.updateTitle({ url, title: 'Apple' })).toEqual({})
  expect(await storage.searchHistory({ query: 'app', limit: 5 })).toEqual([
    { url, title: 'Apple', visits: 1, lastVisitAt: now },
  ])
  expect(await storage.loadSettings({})).toEqual(defaultSettings)
  expect(await storage.saveSettings({ theme: 'light' })).toEqual({ ...defaultSettings, theme: 'light' })
  expect(await storage.saveTab(tab)).toEqual({})
  expect(await storage.loadSession({})).toEqual([tab])
  await storage.saveTab({ ...tab, group: 'Sea' })
  expect(await storage.loadSession({})).toEqual([{ ...tab, group: 'Sea' }])
  expect(await storage.removeTab({ id: 't' })).toEqual({})
  expect(await storage.saveAnalysis({ contentHash: 'h', url, analysisJson: '{}', at: now })).toEqual({})
  expect(await storage.loadAnalysis({ url })).toEqual({ analysisJson: '{}', at: now })
  const page = pageOf(url, ['about apples'], { meanings: [meaning(1)] })
  expect(await storage.lastRead({ url })).toEqual({ at: null })
  expect(await storage.savePassages(page)).toEqual({ isChanged: true })
  expect(await storage.lastRead({ url })).toEqual({ at: now })
  expect(await storage.searchPassages({ query: 'apples', vector: meaning(1), limit: 5 })).toMatchObject([
    { url, foundBy: 'both' },
  ])
  const other = { url: 'https://b.example/', pageVector: meaning(1), limit: 5 }
  expect(await storage.relatedPages(other)).toMatchObject([{ url }])
  expect(await storage.readNext(other)).toEqual([])
  expect(await storage.remembered({ url })).toMatchObject({ read: { vectors: 1 } })
  expect(await storage.forgetPage({ url, withHistory: false })).toEqual({ pages: 1, passages: 1 })
  await storage.savePassages(page)
  expect(await storage.forgetAll({ withHistory: false })).toEqual({ pages: 1, passages: 1 })
  await storage.saveAnalysis({ contentHash: 'h', url, analysisJson: '{}', at: now })
  await storage.savePassages(page)
  expect(await storage.deleteHistory({ url: null })).toEqual({ deleted: 1 })
  expect(await storage.lastRead({ url })).toEqual({ at: null })
  expect(await storage.loadAnalysis({ url })).toBeNull()
  expect(announced).toEqual([{ ...defaultSettings, theme: 'light' }])
})

it('refuses a search template that is no address', async () => {
  await expect(storage.saveSettings({ searchTemplate: 'javascript:%s' })).rejects.toMatchObject({
    code: 'VALIDATION_ERROR',
  })
  expect(await storage.loadSettings({})).toEqual(defaultSettings)
})

it('answers with a code when the database fails, and tells nothing of what is in it', async () => {
  database.execute('DROP TABLE tabs')
  const error = await storage.removeTab({ id: 'secret' }).catch((caught: unknown) => caught)
  expect(error).toMatchObject({ code: 'DATABASE_ERROR', message: expect.not.stringContaining('secret') })
})
