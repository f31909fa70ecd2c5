import { describe, expect, it } from 'vitest'
import { SimulatedClock } from '../../ipc/simulated-clock.ts'
import { noChoices, SiteBook } from './site-book.ts'

function start() {
  const clock = new SimulatedClock()
  const written: unknown[][] = []
  const book = new SiteBook({
    now: () => clock.wallClock(),
    writer: {
      choose: ({ site, changes }) => written.push(['choose', site, changes]),
      decidePermission: ({ site, permission, isAllowed }) =>
        written.push(['decide', site, permission, isAllowed]),
      forgetPermission: (site, permission) => written.push(['forgetPermission', site, permission]),
      forgetSite: site => written.push(['forgetSite', site]),
    },
  })
  return { clock, book, written }
}

describe('what was chosen for a site', () => {
  it('is at hand at once, and written down piece by piece', () => {
    const { book, written } = start()
    book.choose('sea.example', { zoom: 1.5 })
    book.choose('sea.example', { cookies: 'sessionOnly' })
    book.choose('sea.example', { zoom: null })
    expect(book.choices('sea.example')).toEqual({ ...noChoices, cookies: 'sessionOnly' })
    expect(written).toEqual([
      ['choose', 'sea.example', { zoom: 1.5 }],
      ['choose', 'sea.example', { cookies: 'sessionOnly' }],
      ['choose', 'sea.example', { zoom: null }],
    ])
  })

  it('is told to whoever listens, with the site', () => {
    const { book } = start()
    const told: string[] = []
    const listening = book.onChanged(site => told.push(site))
    book.choose('a.example', { zoom: 2 })
    book.decide('b.example', 'camera', true)
    listening[Symbol.dispose]()
    book.forget('a.example')
    expect(told).toEqual(['a.example', 'b.example'])
  })

  it('of this run stays when that of earlier ones comes late', () => {
    const { book } = start()
    book.choose('a.example', { zoom: 2 })
    const old = { choices: { ...noChoices, zoom: 0.5 }, permissions: [], changedAt: 1 }
    book.load([
      { site: 'a.example', ...old },
      { site: 'b.example', ...old },
    ])
    expect([book.choices('a.example').zoom, book.choices('b.example').zoom]).toEqual([2, 0.5])
  })

  it('is listed as long as it says something, and by when it was changed', () => {
    const { book, clock } = start()
    book.choose('a.example', { zoom: 2 })
    clock.advance(1_000)
    const later = clock.wallClock()
    book.decide('b.example', 'camera', false)
    book.choose('c.example', { zoom: 2 })
    book.choose('c.example', { zoom: null })
    expect([...book.sites()].sort()).toEqual(['a.example', 'b.example'])
    expect(book.changedSince(later)).toEqual(['b.example'])
  })

  it('can be forgotten', () => {
    const { book, written } = start()
    book.choose('a.example', { zoom: 2 })
    book.decide('a.example', 'camera', true)
    book.forget('a.example')
    expect([book.sites(), book.permission('a.example', 'camera')]).toEqual([[], null])
    expect(written.at(-1)).toEqual(['forgetSite', 'a.example'])
  })
})

describe('a permission', () => {
  it('holds until it is asked again', () => {
    const { book, written } = start()
    book.decide('a.example', 'camera', false)
    expect(book.permissions('a.example')).toEqual([{ permission: 'camera', isAllowed: false }])
    book.decide('a.example', 'camera', null)
    expect([book.permission('a.example', 'camera'), book.sites()]).toEqual([null, []])
    expect(written.at(-1)).toEqual(['forgetPermission', 'a.example', 'camera'])
  })

  it('that runs out is as if it had not been given', () => {
    const { book, clock } = start()
    const decision = { site: 'a.example', permission: 'camera', isAllowed: true, at: 0 }
    const record = { site: 'a.example', choices: noChoices, changedAt: 0 }
    const expiresAt = clock.wallClock() + 1_000
    book.load([{ ...record, permissions: [{ ...decision, expiresAt }] }])
    expect(book.permission('a.example', 'camera')).toBe(true)
    clock.advance(1_000)
    expect([book.permission('a.example', 'camera'), book.permissions('a.example')]).toEqual([null, []])
  })
})
