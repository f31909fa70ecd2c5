import { afterEach, beforeEach, expect, it } from 'vitest'
import { defaultSettings } from '../contracts/storage.ts'
import { Analyses, maxAnalyses } from './analyses.ts'
import { History } from './history/history.ts'
import { migrate } from './migrations.ts'
import { SettingsTable } from './settings.ts'
import { openSqlite, type SqlDatabase } from './sqlite-driver.ts'

let database: SqlDatabase

beforeEach(() => {
  database = openSqlite(':memory:')
  migrate(database)
})

afterEach(() => database.close())

it('settings have their defaults until they are chosen', () => {
  const settings = new SettingsTable(database)
  expect(settings.load()).toEqual(defaultSettings)
  expect(settings.save({ theme: 'dark' })).toEqual({ ...defaultSettings, theme: 'dark' })
  expect(settings.save({ restoresSession: false })).toEqual({
    ...defaultSettings,
    theme: 'dark',
    restoresSession: false,
  })
  expect(new SettingsTable(database).load()).toEqual({
    ...defaultSettings,
    theme: 'dark',
    restoresSession: false,
  })
})

it('settings that are no longer valid fall back one by one', () => {
  const save = database.prepare('INSERT INTO settings (name, value_json) VALUES (?, ?)')
  save.run('theme', '"solarized"')
  save.run('searchTemplate', 'not json')
  save.run('abolished', 'true')
  save.run('__proto__', '{"theme":"dark"}')
  save.run('restoresSession', 'false')
  const told: string[] = []
  const settings = new SettingsTable(database, message => told.push(message))
  expect(settings.load()).toEqual({ ...defaultSettings, restoresSession: false })
  settings.load()
  expect(told.toSorted()).toEqual([
    'The stored setting "__proto__" is not known',
    'The stored setting "abolished" is not known',
    'The stored setting "searchTemplate" is not valid any more; it has its default',
    'The stored setting "theme" is not valid any more; it has its default',
  ])
})

it('an analysis is found by address, the latest of several, and the oldest make room', () => {
  const analyses = new Analyses(database)
  const save = (contentHash: string, url: string, at: number) =>
    analyses.save({ contentHash, url, analysisJson: `{"at":${at}}`, at })
  save('h1', 'https://a.example/', 1)
  save('h2', 'https://a.example/', 3)
  save('h2', 'https://a.example/', 2)
  expect(analyses.load('https://a.example/')).toEqual({ analysisJson: '{"at":2}', at: 2 })
  expect(analyses.load('https://b.example/')).toBeNull()
  for (let index = 0; index < maxAnalyses; index += 1) save(`x${index}`, 'https://x.example/', 100 + index)
  expect(analyses.load('https://a.example/')).toBeNull()
})

it('forgetting a page forgets what was understood of it', () => {
  const analyses = new Analyses(database)
  analyses.save({ contentHash: 'h', url: 'https://a.example/', analysisJson: '{}', at: 1 })
  new History(database).delete('https://a.example/')
  expect(analyses.load('https://a.example/')).toBeNull()
})
