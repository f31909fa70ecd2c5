import { afterEach, beforeEach, expect, it } from 'vitest'
import { defaultSettings, type Settings, storageContract } from '../contracts/storage.ts'
import type { Client } from '../ipc/client.ts'
import { meaning, now, pageOf } from './testing/memory-world.ts'
import { StorageWorld, storageIdentity } from './testing/storage-world.ts'

let world: StorageWorld
let storage: Client<typeof storageContract>

beforeEach(() => {
  world = new StorageWorld()
  storage = world.calling.client(storageContract, storageIdentity.id)
})

afterEach(() => world[Symbol.dispose]())

it('answers every method of its contract in the shape that the contract declares', async () => {
  const announced: Settings[] = []
  storage.on('settingsChanged', settings => announced.push(settings))
  const url = 'https://a.example/'
  expect(await storage.openingReport({})).toEqual({ kind: 'created' })
  expect(await storage.recordVisit({ visitId: 'v', url, title: '', at: now })).toEqual({})
  expect(await storage.updateTitle({ url, title: 'Apple' })).toEqual({})
  expect(await storage.searchHistory({ query: 'app', limit: 5 })).toEqual([
    { url, title: 'Apple', visits: 1, lastVisitAt: now },
  ])
  expect(await storage.suggest({ typed: 'a.ex', limit: 5 })).toEqual([
    { url, title: 'Apple', visits: 1, lastVisitAt: now, match: 'host' },
  ])
  expect(await storage.loadSettings({})).toEqual(defaultSettings)
  expect(await storage.saveSettings({ theme: 'light' })).toEqual({ ...defaultSettings, theme: 'light' })
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
  world.database.execute('DROP TABLE looks')
  const error = await storage.lookOf({ url: 'https://secret.example/' }).catch((caught: unknown) => caught)
  expect(error).toMatchObject({ code: 'DATABASE_ERROR', message: expect.not.stringContaining('secret') })
})

it('gives memory back when it is asked: what waits to be written is written, and all is still there', async () => {
  const url = 'https://a.example/'
  const written = storage.recordVisit({ visitId: 'v', url, title: 'Apple', at: now })
  await Promise.resolve()
  world.service.trim()
  await written
  expect(await storage.searchHistory({ query: 'app', limit: 5 })).toMatchObject([{ url }])
})
