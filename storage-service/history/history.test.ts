import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { migrate } from '../migrations.ts'
import { openSqlite, type SqlDatabase } from '../sqlite-driver.ts'
import { History } from './history.ts'

const day = 24 * 3_600_000
const now = 1_800_000_000_000

describe('the history', () => {
  let database: SqlDatabase
  let history: History
  let visits: number

  beforeEach(() => {
    database = openSqlite(':memory:')
    migrate(database)
    history = new History(database)
    visits = 0
  })

  afterEach(() => database.close())

  function visit(url: string, title: string, at = now): void {
    visits += 1
    history.recordVisit({ visitId: `v${visits}`, url, title, at })
  }

  const urls = (query: string, limit = 100) => history.search(query, limit, now).map(entry => entry.url)

  it('counts visits, and one that is recorded twice counts once', () => {
    visit('https://a.example/', 'A')
    history.recordVisit({ visitId: 'v1', url: 'https://a.example/', title: 'A', at: now })
    visit('https://a.example/', '', now + 5)
    expect(history.search('', 10, now)).toEqual([
      { url: 'https://a.example/', title: 'A', visits: 2, lastVisitAt: now + 5 },
    ])
  })

  it('takes a title that comes later, and lets no empty one overwrite it', () => {
    visit('https://a.example/', '')
    history.updateTitle('https://a.example/', 'Aardvark')
    history.updateTitle('https://a.example/', '')
    history.updateTitle('https://unknown.example/', 'Nobody')
    expect(history.search('aard', 10, now)).toMatchObject([{ title: 'Aardvark' }])
    expect(urls('nobody')).toEqual([])
  })

  it('lists the latest for an empty query', () => {
    visit('https://old.example/', 'Old', now - day)
    visit('https://new.example/', 'New', now)
    expect([urls(''), urls('   '), urls('', 1)]).toEqual([
      ['https://new.example/', 'https://old.example/'],
      ['https://new.example/', 'https://old.example/'],
      ['https://new.example/'],
    ])
  })

  it('finds by the beginning of every word, in title and address, without regard to case and accents', () => {
    visit('https://cafe.example/menu', 'Das Café am Marktplatz')
    visit('https://other.example/', 'Nothing to see')
    for (const query of [
      'caf',
      'CAFÉ',
      'markt caf',
      'menu',
      'cafe.example',
      'https://cafe.example/menu',
      'Marktplatz!',
    ]) {
      expect([query, urls(query)]).toEqual([query, ['https://cafe.example/menu']])
    }
    expect(urls('platz')).toEqual([])
    expect(urls('cafe absent')).toEqual([])
  })

  it('finds parts of words in writing without spaces', () => {
    visit('https://ja.example/', '東京の天気予報')
    visit('https://th.example/', 'พยากรณ์อากาศวันนี้')
    expect([urls('天気'), urls('อากาศ'), urls('大阪')]).toEqual([
      ['https://ja.example/'],
      ['https://th.example/'],
      [],
    ])
  })

  it('finds signs that are no words', () => {
    visit('https://a.example/100%25', '100 % → ☂')
    visit('https://b.example/', 'plain')
    expect([urls('☂'), urls('→'), urls('%'), urls('_'), urls('\\')]).toEqual([
      ['https://a.example/100%25'],
      ['https://a.example/100%25'],
      ['https://a.example/100%25'],
      [],
      [],
    ])
  })

  it('puts what fits better first, and of equals the one seen lately and often', () => {
    visit('https://once.example/', 'Weather for sailors', now - 60 * day)
    visit('https://lately.example/', 'Weather for sailors', now)
    for (let index = 0; index < 8; index += 1) visit('https://often.example/', 'Weather for sailors', now)
    expect(urls('weather sailors')).toEqual([
      'https://often.example/',
      'https://lately.example/',
      'https://once.example/',
    ])
    visit('https://title.example/', 'Storm', now - day)
    visit(
      'https://aside.example/',
      'A very long title about many things, of which a storm is the very last one',
      now - day,
    )
    expect(urls('storm')[0]).toBe('https://title.example/')
  })

  it('is safe with any text as a query', () => {
    visit('https://a.example/', 'A "quoted" AND NEAR(title) OR *')
    const tricky = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.string({
        unit: fc.constantFrom(
          '"',
          "'",
          '*',
          '(',
          ')',
          ':',
          '^',
          '-',
          '+',
          'NEAR',
          ' OR ',
          ' AND ',
          ' NOT ',
          'url',
          'a',
          '%',
          '_',
          '\\',
          '\u0000',
          '{',
          '}',
        ),
        maxLength: 20,
      }),
    )
    fc.assert(
      fc.property(tricky, query => {
        expect(Array.isArray(history.search(query, 10, now))).toBe(true)
      }),
      { numRuns: 500 },
    )
    expect(urls('"quoted" AND')).toEqual(['https://a.example/'])
  }, 60_000)

  it('forgets one page or all, also in the index', () => {
    visit('https://a.example/', 'Apple')
    visit('https://b.example/', 'Banana')
    visit('https://c.example/', 'Cherry')
    expect(history.delete('https://a.example/')).toBe(1)
    expect(history.delete('https://a.example/')).toBe(0)
    expect([urls('apple'), urls('banana')]).toEqual([[], ['https://b.example/']])
    expect(history.delete(null)).toBe(2)
    expect(urls('')).toEqual([])
    const count = (table: string) => database.prepare(`SELECT count(*) AS count FROM ${table}`).get()?.count
    expect([count('visits'), count('pages_search_docsize')]).toEqual([0, 0])
  })

  it('keeps its index true to its pages whatever happens', () => {
    const action = fc.oneof(
      fc.record({
        kind: fc.constant('visit' as const),
        page: fc.nat(5),
        title: fc.constantFrom('', 'one', 'two words'),
      }),
      fc.record({
        kind: fc.constant('title' as const),
        page: fc.nat(5),
        title: fc.constantFrom('', 'three'),
      }),
      fc.record({ kind: fc.constant('delete' as const), page: fc.nat(5) }),
    )
    fc.assert(
      fc.property(fc.array(action, { maxLength: 30 }), actions => {
        history.delete(null)
        for (const step of actions) {
          const url = `https://p${step.page}.example/`
          if (step.kind === 'visit') visit(url, step.title)
          else if (step.kind === 'title') history.updateTitle(url, step.title)
          else history.delete(url)
        }
        // Throws when the index differs from the table.
        database.execute("INSERT INTO pages_search (pages_search, rank) VALUES ('integrity-check', 1)")
      }),
    )
  }, 60_000)
})
