import { describe, expect, it } from 'vitest'
import type { TabToOrganise } from '../../contracts/ai.ts'
import { quietPace } from '../testing/texts.ts'
import { groupName } from './group-name.ts'
import { organiseTabs } from './organise.ts'

/** Texts that share words are alike, and nothing else is: enough to test what is done with vectors. */
const wordEmbedder = {
  embed: async (texts: readonly string[]): Promise<Int8Array[]> =>
    texts.map(text => {
      const counts = new Float64Array(512)
      for (const word of text.toLowerCase().match(/\p{L}{4,}/gu) ?? []) {
        let hash = 7
        for (const character of word) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 512
        counts[hash] = 1
      }
      const length = Math.hypot(...counts) || 1
      return Int8Array.from(counts, count => Math.round((count / length) * 127))
    }),
}

function tab(id: string, title: string, url = `https://${id}.example/`, text = ''): TabToOrganise {
  return { id, title, url, text }
}

const organise = (tabs: readonly TabToOrganise[]) => organiseTabs(tabs, wordEmbedder, quietPace())

describe('the organiser', () => {
  it('puts tabs about one thing together and names them by what they share', async () => {
    const { groups, duplicates } = await organise([
      tab('a', 'Sourdough bread for beginners'),
      tab('b', 'Mars rover finds clay'),
      tab('c', 'Why sourdough bread rises slowly'),
      tab('d', 'A rover on Mars, ten years on'),
      tab('e', 'Train times'),
    ])
    expect(groups).toEqual([
      { name: 'Sourdough bread', tabs: ['a', 'c'] },
      { name: expect.stringMatching(/^(Mars|Rover|Mars rover)$/), tabs: ['b', 'd'] },
    ])
    expect(duplicates).toEqual([])
  })

  it('finds tabs that show the same: one address, or one title and text on one site', async () => {
    const { duplicates } = await organise([
      tab('a', 'Ferry timetable', 'https://ferries.example/times'),
      tab('b', 'Ferry timetable', 'https://ferries.example/times#evening'),
      tab('c', 'Ferry timetable', 'https://www.ferries.example/times?from=mail'),
      tab('d', 'Ferry timetable', 'https://another.example/'),
      tab('e', '', 'https://ferries.example/other'),
      tab('f', '', 'https://ferries.example/more'),
    ])
    expect(duplicates).toEqual([['a', 'b', 'c']])
  })

  it('takes nothing, and tabs without words', async () => {
    expect(await organise([])).toEqual({ groups: [], duplicates: [] })
    expect(await organise([tab('a', ''), tab('b', '\u0000\ud800'), tab('c', '‮')])).toEqual({
      groups: [],
      duplicates: [],
    })
  })

  it('stops when it is cancelled', async () => {
    const pace = { breathe: () => Promise.reject(new Error('cancelled')) }
    await expect(organiseTabs([tab('a', 'One')], wordEmbedder, pace)).rejects.toThrow('cancelled')
  })
})

describe('the name of a group', () => {
  const named = (title: string, site = '') => ({ title, text: '', site })

  it('is what the members share and others do not', () => {
    const others = [named('News of the day'), named('News in brief')]
    expect(groupName([named('News: harbour opens'), named('News: harbour closes')], others)).toBe('Harbour')
  })

  it('is the site where no word is shared, and never empty words', () => {
    expect(groupName([named('Inbox', 'mail.example'), named('Calendar', 'mail.example')], [])).toBe(
      'Mail.example',
    )
    expect(groupName([named('The and of'), named('The and of')], [])).toBe('The and of')
  })

  it('is short', () => {
    const long = 'Donaudampfschifffahrtsgesellschaftskapitänsmütze'
    expect(groupName([named(long), named(long)], []).length).toBeLessThanOrEqual(40)
  })
})
