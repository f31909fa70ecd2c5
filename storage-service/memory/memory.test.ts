import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MemoryWorld, meaning, nothing, now, pageOf } from '../testing/memory-world.ts'

const a = 'https://a.example/page'
const b = 'https://b.example/page'
const c = 'https://c.example/page'
const hour = 3_600_000

describe('the memory of what was read', () => {
  let world: MemoryWorld

  beforeEach(() => {
    world = new MemoryWorld()
  })

  afterEach(() => world[Symbol.dispose]())

  const urls = async (query: string, vector: Uint8Array | null, memory = world.memory) =>
    (await world.searchIn(memory).search(query, vector, 10, now)).map(page => page.url)

  it('replaces what was kept of the same address, also where it is loaded', async () => {
    world.memory.save(pageOf(a, ['about whales'], { meanings: [meaning(1)] }))
    expect(await urls('x', meaning(1))).toEqual([a])
    expect(world.memory.save(pageOf(a, ['about trains'], { meanings: [meaning(2)] }))).toEqual({
      isChanged: true,
    })
    expect(await urls('whales', meaning(1))).toEqual([])
    expect(await urls('trains', meaning(2))).toEqual([a])
    expect(world.memory.passages).toBe(1)
  })

  it('keeps the same once, and brings its time up to date', () => {
    world.memory.save(pageOf(a, ['about whales'], { meanings: [meaning(1)] }))
    const again = { ...pageOf(a, ['about whales'], { meanings: [meaning(1)] }), at: now + hour, title: 'New' }
    expect(world.memory.save(again)).toEqual({ isChanged: false })
    expect(world.memory.remembered(a).read).toMatchObject({ at: now + hour, title: 'New' })
  })

  it('finds after a restart what was kept before, also what is saved while it loads', async () => {
    for (let page = 0; page < 30; page += 1) {
      const passages = Array.from({ length: 100 }, (_, index) => `passage ${index}`)
      world.memory.save(
        pageOf(`https://many.example/${page}`, passages, { meanings: passages.map(() => meaning(page)) }),
      )
    }
    const fresh = world.freshMemory()
    const searching = urls('x', meaning(29), fresh)
    fresh.save(pageOf(a, ['about whales'], { meanings: [meaning(29)] }))
    fresh.forget('https://many.example/29', false)
    expect(await searching).toEqual([a])
    expect(fresh.passages).toBe(2_901)
  })

  it('ignores damaged vectors, repairs them and says so; their words are still found', async () => {
    world.memory.save(pageOf(a, ['about whales', 'about krill'], { meanings: [meaning(1), meaning(1)] }))
    world.database.execute("UPDATE passages SET vector = x'0102' WHERE text = 'about krill'")
    world.database.execute("UPDATE readings SET vector = x'01'")
    const fresh = world.freshMemory()
    expect(await fresh.related(b, meaning(1), 5)).toEqual([])
    expect(await urls('x', meaning(1), fresh)).toEqual([a])
    expect(await urls('krill', null, fresh)).toEqual([a])
    expect(world.warnings).toEqual([
      '1 damaged vectors of readings were removed',
      '1 damaged vectors of passages were removed',
    ])
    expect(world.memory.remembered(a).read?.vectors).toBe(1)
  })

  it('makes room by what was read longest ago, never by what was just read', () => {
    world[Symbol.dispose]()
    world = new MemoryWorld({ passages: 4, readings: 3 })
    for (const [index, url] of [a, b, c].entries())
      world.memory.save(pageOf(url, ['one', 'two'], { at: now + index }))
    expect([a, b, c].map(url => world.memory.remembered(url).read !== null)).toEqual([false, true, true])
    world.memory.save(pageOf(a, ['1', '2', '3', '4', '5', '6'], { at: now - hour }))
    expect([a, b, c].map(url => world.memory.remembered(url).read !== null)).toEqual([true, false, false])
  })

  it('tells everything that is kept of an address', () => {
    world.visit(a, 'A', now - hour)
    world.visit(a, 'A', now)
    world.memory.save(pageOf(a, ['about whales', 'about krill'], { meanings: [meaning(1)] }))
    world.analyses.save({ contentHash: 'h', url: a, analysisJson: '{"words":4}', at: now })
    expect(world.memory.remembered(a)).toEqual({
      url: a,
      visited: { title: 'A', visits: 2, firstVisitAt: now - hour, lastVisitAt: now },
      read: {
        title: 'Title of /page',
        at: now,
        language: 'en',
        topic: 'science',
        keywords: ['harbour', 'tide'],
        passages: [
          { paragraph: 0, text: 'about whales' },
          { paragraph: 1, text: 'about krill' },
        ],
        vectors: 1,
      },
      analysis: { analysisJson: '{"words":4}', at: now },
    })
    expect(world.memory.remembered(b)).toEqual({ url: b, visited: null, read: null, analysis: null })
  })

  it('forgets one address, with its visits only where that is wanted', async () => {
    for (const url of [a, b]) {
      world.visit(url)
      world.memory.save(pageOf(url, ['about whales'], { meanings: [meaning(1)] }))
      world.analyses.save({ contentHash: url, url, analysisJson: '{}', at: now })
    }
    expect(await urls('x', meaning(1))).toHaveLength(2)
    expect(world.memory.forget(a, false)).toEqual({ pages: 1, passages: 1 })
    expect(world.memory.remembered(a)).toMatchObject({
      visited: { visits: 1 },
      read: null,
      analysis: null,
    })
    expect(await urls('whales', meaning(1))).toEqual([b])
    expect(world.memory.forget(a, true)).toEqual({ pages: 1, passages: 0 })
    expect(world.memory.remembered(a).visited).toBeNull()
    expect(world.memory.forget('https://never.example/', true)).toEqual({ pages: 0, passages: 0 })
  })

  it('forgets all, and leaves no word of it in any table', async () => {
    world.visit(a, 'unforgettable')
    world.memory.save(pageOf(a, ['unforgettable whales'], { meanings: [meaning(1)] }))
    expect(await urls('x', meaning(1))).toEqual([a])
    expect(world.memory.forget(null, true)).toEqual({ pages: 1, passages: 1 })
    expect(await urls('unforgettable', meaning(1))).toEqual([])
    const tables = world.database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all()
    for (const { name } of tables) {
      const rows = world.database.prepare(`SELECT * FROM ${String(name)}`).all()
      expect(JSON.stringify(rows)).not.toContain('unforgettable')
    }
  })

  it('relates pages by what they say, and tells those that say nearly the same', async () => {
    world.visit(b, 'B', now - hour)
    world.memory.save(pageOf(a, ['x'], { pageVector: meaning(1, 2) }))
    world.memory.save(pageOf(b, ['x'], { pageVector: meaning(1, 2), at: now }))
    world.memory.save(pageOf(c, ['x'], { pageVector: meaning(2, 3) }))
    world.memory.save(pageOf('https://far.example/', ['x'], { pageVector: meaning(9) }))
    world.memory.save(pageOf('https://none.example/', ['x'], { pageVector: nothing }))
    const related = await world.memory.related(`${a}#part`, meaning(1, 2), 5)
    expect(related).toEqual([
      {
        url: b,
        title: 'Title of /page',
        visits: 1,
        lastVisitAt: now - hour,
        keywords: ['harbour', 'tide'],
        topic: 'science',
        similarity: expect.closeTo(1),
        isNearDuplicate: true,
      },
      expect.objectContaining({ url: c, isNearDuplicate: false, visits: 0, lastVisitAt: null }),
    ])
    expect((await world.memory.related(a, null, 1)).map(page => page.url)).toEqual([b])
    expect(await world.memory.related('https://none.example/', null, 5)).toEqual([])
  })

  it('proposes for reading what says something else about the same and was not seen lately', async () => {
    const page = (url: string, vector: Uint8Array, visitedAt: number | null, visits = 1) => {
      for (let count = 0; count < visits && visitedAt !== null; count += 1) world.visit(url, '', visitedAt)
      world.memory.save(pageOf(url, ['x'], { pageVector: vector }))
    }
    page(a, meaning(1, 2, 3), now)
    page('https://same.example/', meaning(1, 2, 3), now - 90 * hour)
    page('https://lately.example/', meaning(1, 2, 4), now - hour)
    page('https://familiar.example/', meaning(1, 2, 5), now - 90 * hour, 4)
    page('https://once.example/', meaning(1, 2, 6), now - 90 * hour)
    expect((await world.memory.readNext(a, null, 5, now)).map(one => one.url)).toEqual([
      'https://once.example/',
      'https://familiar.example/',
    ])
  })

  it('loses nothing of the index when a save fails half-way', async () => {
    world.memory.save(pageOf(a, ['about whales'], { meanings: [meaning(1)] }))
    await urls('x', meaning(1))
    world.database.execute('DROP TABLE passages_search')
    expect(() => world.memory.save(pageOf(b, ['other'], { meanings: [meaning(2)] }))).toThrow()
    expect(world.memory.remembered(b).read).toBeNull()
  })
})
