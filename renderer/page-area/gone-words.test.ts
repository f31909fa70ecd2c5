import { describe, expect, test } from 'vitest'
import type { PageEnd } from '../../contracts/browser.ts'
import { type GoneContent, goneWords, limitText, raisedLimit } from './gone-words.ts'
import { memoryPath } from './memory-path.ts'

describe('the sad tab', () => {
  const end: PageEnd = { at: 0, pid: 4166, ranMs: 720_000, isByPerson: false, memory: null }
  const words = (
    reason: GoneContent['reason'],
    change: { isRepeated?: boolean; end?: Partial<PageEnd> | null } = {},
  ) =>
    goneWords('Video lab', {
      kind: 'gone',
      reason,
      exitCode: 5,
      isRepeated: change.isRepeated === true,
      end: change.end === null ? null : { ...end, ...change.end },
    })
  const megabytes = 1024 ** 2
  const memory = { bytes: 520 * megabytes, limitBytes: 512 * megabytes, samples: [] }
  const kinds = ['crashed', 'killed', 'outOfMemory', 'launchFailed', 'hung', 'heldBack'] as const

  test('says whether the page stopped or was ended', () => {
    expect(kinds.map(kind => words(kind).title)).toEqual([
      'Video lab stopped',
      'Video lab was ended',
      'Video lab used all its memory',
      'Video lab could not be started',
      'Video lab did not answer',
      'Video lab was not loaded',
    ])
    expect(words('crashed').trace.slice(0, 2)).toEqual([
      { name: 'Page', detail: 'ran 12 min', state: 'ok' },
      { name: 'Site process', detail: 'pid 4166, exit code 5', state: 'bad' },
    ])
  })

  test('says of every kind in another title that it happened again', () => {
    for (const kind of kinds.filter(one => one !== 'heldBack')) {
      const again = words(kind, { isRepeated: true })
      expect(again.title).toContain('again')
      expect(again.why).toContain('twice')
    }
  })

  test('says how much a page held that was ended for that, and offers twice as much', () => {
    expect(words('outOfMemory', { end: { memory } })).toMatchObject({
      lead: expect.stringContaining('520 MB of 512 MB'),
      code: expect.stringContaining('PROCESS_MEMORY_LIMIT · 520 MB of 512 MB · pid 4166'),
    })
    const content = { kind: 'gone', exitCode: 9, isRepeated: false } as const
    expect(raisedLimit({ ...content, reason: 'outOfMemory', end: { ...end, memory } })).toBe(1024 ** 3)
    expect(raisedLimit({ ...content, reason: 'outOfMemory', end })).toBeNull()
    expect([1024 ** 3, 1.5 * 1024 ** 3, 768 * megabytes].map(limitText)).toEqual(['1 GB', '1.5 GB', '768 MB'])
  })

  test('says that the person ended it, and does not warn of another end then', () => {
    const byPerson = words('killed', { end: { isByPerson: true }, isRepeated: true })
    expect(byPerson.lead).toContain('You ended')
    expect(byPerson.restart).not.toContain('likely')
  })

  test('copes with an end of which nothing is known', () => {
    for (const kind of kinds) expect(words(kind, { end: null }).code).not.toMatch(/undefined|NaN|null/)
  })
})

describe('the memory of a process that was ended', () => {
  const samples = [0, 1, 2, 3].map(second => ({ at: second * 1_000, bytes: second * 100 }))

  test('is a line from the first reading to its end at the right edge', () => {
    expect(memoryPath({ bytes: 400, limitBytes: 400, samples }, 4_000)).toEqual({
      line: 'M0.0 105.0 L174.0 84.3 L348.0 63.5 L522.0 42.8 L696.0 22.0',
      area: 'M0.0 105.0 L174.0 84.3 L348.0 63.5 L522.0 42.8 L696.0 22.0 V105 H0 Z',
      limitY: 22,
      endY: 22,
      reachText: '4 s',
    })
  })

  test('is none where hardly anything was measured', () => {
    expect(memoryPath({ bytes: 400, limitBytes: 400, samples: [] }, 4_000)).toBeNull()
  })
})
