import type { NavigationEntry, NavigationHistory } from 'electron'
import { expect, it } from 'vitest'
import { historyOf, restoreHistory } from './page-history.ts'

const entries: NavigationEntry[] = [
  { url: 'http://a.test/', title: 'A', pageState: 'short' },
  { url: 'http://b.test/', title: 'B', pageState: 'x'.repeat(100_001) },
]

function contents(url: string) {
  const restored: unknown[] = []
  const navigationHistory = {
    getActiveIndex: () => 1,
    getAllEntries: () => entries,
    restore: async (options: unknown) => {
      restored.push(options)
      throw new Error('the load failed, which is told elsewhere')
    },
  }
  return { restored, getURL: () => url, navigationHistory: navigationHistory as unknown as NavigationHistory }
}

it('a history is kept without what a page made too large', () => {
  expect(historyOf(contents('http://b.test/'))).toEqual({
    index: 1,
    entries: [entries[0], { url: 'http://b.test/', title: 'B' }],
  })
})

it.each<[string, string, string, boolean]>([
  ['contents that have shown nothing', '', 'http://b.test/', true],
  ['contents that show something', 'about:blank', 'http://b.test/', false],
  ['another page than was kept', '', 'http://c.test/', false],
])('a history comes back in %s: %s', (_what, shown, url, isRestored) => {
  const found = contents(shown)
  const history = { entries, index: 1 }
  expect(restoreHistory(found, { url, fields: [], session: [], history })).toBe(isRestored)
  expect(found.restored).toEqual(isRestored ? [history] : [])
})
