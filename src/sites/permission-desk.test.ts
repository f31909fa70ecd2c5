import { describe, expect, it } from 'vitest'
import type { PermissionAnswer, SitePermission } from '../../contracts/sites.ts'
import type { PermissionDecision } from '../../contracts/storage-sites.ts'
import { SimulatedClock } from '../../ipc/simulated-clock.ts'
import { leastReadingMs, PermissionDesk } from './permission-desk.ts'
import { wantedPermission } from './permission-table.ts'
import { SiteBook } from './site-book.ts'

function start({ isPrivate = false } = {}) {
  const clock = new SimulatedClock()
  const written: PermissionDecision[] = []
  const shown: number[] = []
  let ids = 0
  const book = new SiteBook({
    now: () => clock.wallClock(),
    writer: isPrivate
      ? null
      : {
          choose: () => {},
          decidePermission: decision => written.push(decision),
          forgetPermission: () => {},
          forgetSite: () => {},
        },
  })
  const desk = new PermissionDesk({
    clock,
    makeId: () => `question:${++ids}`,
    onChanged: () => {},
    onAsked: contentsId => shown.push(contentsId),
  })
  const page = (url = 'https://call.sea.example/pier', contentsId = 1) => ({
    contentsId,
    url,
    isPrivate,
    book,
  })
  const ask = (permissions: readonly SitePermission[], from = page(), origin = from.url) => {
    const asked: { answer: boolean | null } = { answer: null }
    void desk.request(from, origin, permissions).then(answer => {
      asked.answer = answer
    })
    return asked
  }
  const answer = (how: PermissionAnswer, contentsId = 1) => {
    clock.advance(leastReadingMs)
    return desk.answer(contentsId, desk.question(contentsId)?.id ?? '', how)
  }
  return { clock, book, written, shown, desk, page, ask, answer }
}

const settle = () => new Promise(resolve => setImmediate(resolve))

describe('a question', () => {
  it('is put for what nobody decided, and waits', async () => {
    const { desk, ask } = start()
    const asked = ask(['camera', 'microphone'])
    await settle()
    expect(asked.answer).toBeNull()
    expect(desk.question(1)).toEqual({
      id: 'question:1',
      site: 'sea.example',
      permissions: ['camera', 'microphone'],
      mayRemember: true,
    })
  })

  it.each([
    ['notNow', false, null],
    ['once', true, null],
    ['visit', true, null],
    ['always', true, true],
    ['never', false, false],
  ] as const)('answered %s gives %s, and %s is remembered', async (how, isAllowed, remembered) => {
    const { ask, answer, book, desk, written } = start()
    const asked = ask(['geolocation'])
    expect(answer(how)).toBe(true)
    await settle()
    expect([asked.answer, book.permission('sea.example', 'geolocation'), desk.question(1)]).toEqual([
      isAllowed,
      remembered,
      null,
    ])
    expect(written.map(one => one.isAllowed)).toEqual(remembered === null ? [] : [remembered])
  })

  it('takes no answer but a refusal before it could be read', async () => {
    const { clock, desk, ask } = start()
    const first = ask(['geolocation'])
    clock.advance(leastReadingMs - 1)
    const id = desk.question(1)?.id ?? ''
    expect(desk.answer(1, id, 'always')).toBe(false)
    expect(desk.answer(1, 'another', 'notNow')).toBe(false)
    expect(desk.answer(1, id, 'notNow')).toBe(true)
    await settle()
    expect(first.answer).toBe(false)
  })

  it('that comes up after another was answered has to be read too', () => {
    const { clock, desk, ask, shown } = start()
    ask(['geolocation'])
    ask(['notifications'])
    clock.advance(leastReadingMs)
    expect(desk.answer(1, 'question:1', 'once')).toBe(true)
    expect(desk.answer(1, 'question:2', 'once')).toBe(false)
    clock.advance(leastReadingMs)
    expect(desk.answer(1, 'question:2', 'once')).toBe(true)
    expect(shown).toEqual([1, 1])
  })

  it('is refused when the page leaves or closes', async () => {
    const { desk, ask, page } = start()
    const left = ask(['geolocation'])
    desk.navigated(1, 'https://call.sea.example/other')
    const closed = ask(['geolocation'], page('https://other.example/', 2))
    desk.closed(2)
    await settle()
    expect([left.answer, closed.answer, desk.question(1), desk.question(2)]).toEqual([
      false,
      false,
      null,
      null,
    ])
  })

  it('is one of three at most', async () => {
    const { ask } = start()
    const asked = Array.from({ length: 4 }, () => ask(['geolocation']))
    await settle()
    expect(asked.map(one => one.answer)).toEqual([null, null, null, false])
  })
})

describe('what was answered', () => {
  it('once holds for that once', async () => {
    const { ask, answer } = start()
    ask(['geolocation'])
    answer('once')
    const again = ask(['geolocation'])
    await settle()
    expect(again.answer).toBeNull()
  })

  it('for the visit holds until the tab leaves the site', async () => {
    const { desk, ask, answer } = start()
    ask(['geolocation'])
    answer('visit')
    desk.navigated(1, 'https://www.sea.example/map')
    const here = ask(['geolocation'])
    await settle()
    desk.navigated(1, 'https://other.example/')
    desk.navigated(1, 'https://call.sea.example/pier')
    const back = ask(['geolocation'])
    await settle()
    expect([here.answer, back.answer]).toEqual([true, null])
  })

  it('not now holds until the page is loaded again', async () => {
    const { desk, ask, answer } = start()
    ask(['geolocation'])
    answer('notNow')
    const nagging = ask(['geolocation'])
    await settle()
    desk.navigated(1, 'https://call.sea.example/pier')
    const reloaded = ask(['geolocation'])
    await settle()
    expect([nagging.answer, reloaded.answer]).toEqual([false, null])
  })

  it('for a private tab is never kept', async () => {
    const { ask, answer, desk } = start({ isPrivate: true })
    const asked = ask(['geolocation'])
    expect(desk.question(1)?.mayRemember).toBe(false)
    expect([answer('always'), answer('never'), answer('visit')]).toEqual([false, false, true])
    await settle()
    expect(asked.answer).toBe(true)
  })

  it('of camera and microphone counts for each', async () => {
    const { ask, book, desk } = start()
    book.decide('sea.example', 'camera', true)
    ask(['camera', 'microphone'])
    expect(desk.question(1)?.permissions).toEqual(['microphone'])
    book.decide('sea.example', 'microphone', false)
    const both = ask(['camera', 'microphone'])
    await settle()
    expect(both.answer).toBe(false)
  })

  it('is seen by the engine when it checks', () => {
    const { book, desk, page } = start()
    book.decide('sea.example', 'notifications', true)
    const origin = 'https://call.sea.example/'
    expect(desk.isAllowed(page(), origin, 'notifications')).toBe(true)
    expect(desk.isAllowed({ ...page(), contentsId: null }, origin, 'notifications')).toBe(true)
    expect(desk.isAllowed(page(), origin, 'geolocation')).toBe(false)
    expect(desk.isAllowed(page(), 'https://ads.example/', 'notifications')).toBe(false)
  })
})

describe('without a question', () => {
  it.each([
    ['a frame of another site', 'https://call.sea.example/', 'https://ads.example/'],
    ['a page without encryption', 'http://call.sea.example/', 'http://call.sea.example/'],
    ['a page without a host', 'about:blank', 'about:blank'],
  ])('%s is refused', async (_, url, origin) => {
    const { ask, page, desk } = start()
    const asked = ask(['geolocation'], page(url), origin)
    await settle()
    expect([asked.answer, desk.question(1)]).toEqual([false, null])
  })

  it('this machine counts as safe', async () => {
    const { ask, page, desk } = start()
    ask(['geolocation'], page('http://localhost:3000/'))
    await settle()
    expect(desk.question(1)?.site).toBe('localhost')
  })

  it('the screen may be filled, unless the person said never', async () => {
    const { ask, book } = start()
    const before = ask(['fullscreen'])
    book.decide('sea.example', 'fullscreen', false)
    const after = ask(['fullscreen'])
    await settle()
    expect([before.answer, after.answer]).toEqual([true, false])
  })
})

describe('the names of the engine', () => {
  it.each([
    ['clipboard-sanitized-write', [], { kind: 'granted' }],
    ['media', ['video'], { kind: 'decided', permissions: ['camera'] }],
    ['media', ['audio'], { kind: 'decided', permissions: ['microphone'] }],
    ['media', ['video', 'audio'], { kind: 'decided', permissions: ['camera', 'microphone'] }],
    ['media', [], { kind: 'decided', permissions: ['camera', 'microphone'] }],
    ['geolocation-approximate', [], { kind: 'decided', permissions: ['geolocation'] }],
    ['midi', [], { kind: 'decided', permissions: ['midi'] }],
    ['midiSysex', [], { kind: 'denied' }],
    ['openExternal', [], { kind: 'denied' }],
    ['usb', [], { kind: 'denied' }],
    ['storage-access', [], { kind: 'denied' }],
    ['unknown', [], { kind: 'denied' }],
    ['toString', [], { kind: 'denied' }],
  ] as const)('%s with %j', (name, mediaTypes, wanted) => {
    expect(wantedPermission(name, mediaTypes)).toEqual(wanted)
  })
})
