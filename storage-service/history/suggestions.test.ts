import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { migrate } from '../migrations.ts'
import { openSqlite, type SqlDatabase } from '../sqlite-driver.ts'
import { History } from './history.ts'
import { HotPages } from './hot-pages.ts'
import { rankAfterVisit, rankOfVisits } from './rank.ts'
import { Suggestions } from './suggestions.ts'

const day = 86_400_000
const now = 1_800_000_000_000

describe('suggestions', () => {
  let database: SqlDatabase
  let hot: HotPages
  let history: History
  let suggestions: Suggestions
  let visits: number

  beforeEach(() => {
    database = openSqlite(':memory:')
    migrate(database)
    hot = new HotPages(database, () => Promise.resolve())
    history = new History(database, hot)
    suggestions = new Suggestions(database, hot)
    visits = 0
  })

  afterEach(() => database.close())

  function visit(url: string, title = '', at = now, times = 1): void {
    for (let count = 0; count < times; count += 1) {
      visits += 1
      history.recordVisit({ visitId: `v${visits}`, url, title, at })
    }
  }
  const urls = (typed: string, limit = 10) => suggestions.suggest(typed, limit).map(one => one.url)

  it('find the beginning of a host with any scheme, with "www." or without, and say where it stands', () => {
    visit('https://www.harbour.example/', 'Home')
    visit('http://harbour.example/lights', 'Lights')
    visit('https://news.example/harbour', 'News')
    for (const typed of ['harb', 'HARBOUR.ex', 'www.harb', 'https://harb', 'http://www.harb']) {
      expect([typed, urls(typed).slice(0, 2)]).toEqual([
        typed,
        ['https://www.harbour.example/', 'http://harbour.example/lights'],
      ])
    }
    expect(suggestions.suggest('harbour.example/li', 5)[0]?.match).toBe('address')
    expect(suggestions.suggest('harb', 5).map(one => one.match)).toEqual(['host', 'host', 'title'])
  })

  it('find words of the title and the address, without regard to case and accents', () => {
    visit('https://cafe.example/menu', 'Das Café am Marktplatz')
    expect([urls('markt'), urls('CAFÉ das'), urls('men'), urls('platz'), urls(' '), urls('☂')]).toEqual([
      ['https://cafe.example/menu'],
      ['https://cafe.example/menu'],
      ['https://cafe.example/menu'],
      [],
      [],
      [],
    ])
  })

  it('put first what is visited often and lately, and the beginning of a site before its pages', () => {
    visit('https://a.example/once', 'x', now)
    visit('https://a.example/long-ago', 'x', now - 300 * day, 50)
    visit('https://a.example/often', 'x', now - day, 8)
    expect(urls('a.ex')).toEqual([
      'https://a.example/often',
      'https://a.example/once',
      'https://a.example/long-ago',
    ])
    visit('https://b.example/one/two/three', 'x', now)
    visit('https://b.example/', 'x', now)
    expect(urls('b.ex')[0]).toBe('https://b.example/')
  })

  it('follow visits, titles and deletions at once', async () => {
    visit('https://a.example/', 'Old')
    await hot.loaded()
    history.updateTitle('https://a.example/', 'Harbour')
    visit('https://b.example/', 'Harbour')
    visit('https://a.example/')
    expect(urls('harb')).toEqual(['https://a.example/', 'https://b.example/'])
    history.delete('https://a.example/')
    expect(urls('harb')).toEqual(['https://b.example/'])
  })

  it('find what is rare also where much is common, and enough of what is common', async () => {
    database.execute(`
      WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 12000)
      INSERT INTO pages (url, title, visits, last_visit_at, rank)
        SELECT 'https://site' || n || '.example/', 'Common page ' || n, 1, n, n FROM numbers`)
    visit('https://rare.example/', 'Needle in common hay', 1)
    await hot.loaded()
    expect(hot.size).toBe(10_000)
    expect(urls('needle')).toEqual(['https://rare.example/'])
    expect(urls('rar')).toEqual(['https://rare.example/'])
    expect(urls('common needle')).toEqual(['https://rare.example/'])
    expect(urls('comm')[0]).toBe('https://site12000.example/')
    expect(urls('site', 50)).toHaveLength(50)
    expect(urls('site15.', 500)).toContain('https://site15.example/')
    const found = (query: string) => history.search(query, 500, now)
    expect([found('common').length, found('needle common').length, found('common 15').length > 0]).toEqual([
      500,
      1,
      true,
    ])
  })

  it('are safe with any text', () => {
    visit('https://a.example/', 'A "quoted" AND NEAR(title) OR *')
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), typed => {
        expect(Array.isArray(suggestions.suggest(typed, 5))).toBe(true)
      }),
      { numRuns: 200 },
    )
  })
})

it('the rank after one visit after another is that of all of them, in whatever order', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1e12, max: 2e12 }), { minLength: 1, maxLength: 20 }), visits => {
      const forwards = visits.reduce<number | null>(rankAfterVisit, null) ?? 0
      expect(rankOfVisits(visits.toReversed())).toBeCloseTo(forwards, 6)
      expect(forwards).toBeGreaterThanOrEqual(Math.max(...visits) / (14 * day))
    }),
  )
})
