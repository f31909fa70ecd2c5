import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MemoryWorld, meaning, now, pageOf } from '../testing/memory-world.ts'

const clock = 'https://a.example/clock'
const bread = 'https://b.example/bread'
const tide = 'https://c.example/tide'

describe('searching what was read', () => {
  let world: MemoryWorld

  beforeEach(() => {
    world = new MemoryWorld()
    world.memory.save(
      pageOf(clock, ['The clockwork turned the drum once a day.', 'A clerk read the curve.'], {
        meanings: [meaning(1), meaning(2)],
      }),
    )
    world.memory.save(
      pageOf(bread, ['Knead the dough and let the bread rise overnight.'], { meanings: [meaning(3)] }),
    )
    world.memory.save(pageOf(tide, ['The tide gauge hangs beneath the pier.'], { meanings: [meaning(1, 4)] }))
  })

  afterEach(() => world[Symbol.dispose]())

  const found = async (query: string, vector: Uint8Array | null = null, limit = 10) =>
    (await world.search.search(query, vector, limit, now)).map(
      ({ url, foundBy, passage }) => `${url} ${foundBy}: ${passage?.text ?? ''}`,
    )

  it('finds by words alone, any of them, the page that holds more of them first', async () => {
    expect(await found('clerk curve bread')).toEqual([
      `${clock} words: A clerk read the curve.`,
      `${bread} words: Knead the dough and let the bread rise overnight.`,
    ])
    expect(await found('nothing like it')).toEqual([])
  })

  it('finds by meaning what shares no word, and says that it was the meaning', async () => {
    expect(await found('old timepiece', meaning(1))).toEqual([
      `${clock} meaning: The clockwork turned the drum once a day.`,
      `${tide} meaning: The tide gauge hangs beneath the pier.`,
    ])
  })

  it('puts first what both words and meaning speak for', async () => {
    const [first] = await found('pier', meaning(1))
    expect(first).toBe(`${tide} both: The tide gauge hangs beneath the pier.`)
  })

  it('takes a single common word of many for no reason, once the meaning is known', async () => {
    expect(await found('rise of the quantum theory in mathematics', meaning(9))).toEqual([])
  })

  it('gives one result a page, with its best passage, and no more than wanted', async () => {
    const pages = await found('drum curve', meaning(2))
    expect(pages).toEqual([`${clock} both: A clerk read the curve.`])
    expect(await found('the', null, 2)).toHaveLength(2)
  })

  it('matches the last word while it is typed', async () => {
    expect(await found('clockw')).toEqual([`${clock} words: The clockwork turned the drum once a day.`])
    expect(await found('clockw ')).toEqual([])
  })

  it('finds words in writing without spaces', async () => {
    world.memory.save(pageOf('https://zh.example/', ['古老的潮汐记录保存在港口。']))
    expect(await found('潮汐')).toEqual(['https://zh.example/ words: 古老的潮汐记录保存在港口。'])
    expect(await found('汐潮')).toEqual([])
  })

  it('finds what was visited and not read by its title and address', async () => {
    world.visit('https://d.example/kites', 'Flying kites')
    world.visit(clock, 'A clock of tides')
    expect(await found('kites')).toEqual(['https://d.example/kites words: '])
    expect(await world.search.search('clock ', null, 1, now)).toEqual([
      {
        url: clock,
        title: 'A clock of tides',
        visits: 1,
        lastVisitAt: now,
        readAt: now,
        passage: null,
        foundBy: 'words',
        score: expect.any(Number),
      },
    ])
  })

  it('shows what the page says where both its title and its text were found', async () => {
    world.visit(bread, 'Bread')
    expect(await found('bread')).toEqual([
      `${bread} words: Knead the dough and let the bread rise overnight.`,
    ])
  })

  it('lists the latest visits for a blank query', async () => {
    world.visit(bread, 'Bread', now - 5)
    world.visit('https://d.example/', 'D', now)
    expect(await found(' ')).toEqual(['https://d.example/ latest: ', `${bread} latest: `])
    expect((await world.search.search('', null, 5, now)).map(page => page.readAt)).toEqual([null, now])
  })

  it('survives any text', async () => {
    for (const query of ['"', '* NOT', '\u0000', '\ud800 x', '()', 'a'.repeat(1_000), 'NEAR(a b)'])
      expect(await found(query, meaning(77))).toEqual([])
  })

  it('stays usable where a word stands in every passage of very many', async () => {
    const text = (index: number) => `the sea and the ${index % 7 === 0 ? 'lighthouse' : 'shore'} ${index}`
    for (let page = 0; page < 40; page += 1) {
      const passages = Array.from({ length: 150 }, (_, index) => text(page * 150 + index))
      world.memory.save(pageOf(`https://many.example/${page}`, passages))
    }
    expect(await found('the lighthouse', null, 3)).toEqual(
      Array.from({ length: 3 }, () => expect.stringMatching(/lighthouse/)),
    )
    expect((await found('the sea', null, 3)).length).toBeGreaterThan(0)
  })
})
