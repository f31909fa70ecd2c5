import type { Session } from 'electron'
import { beforeEach, describe, expect, it } from 'vitest'
import type { RequestBatch } from '../../contracts/request-log.ts'
import { SimulatedClock } from '../../ipc/simulated-clock.ts'
import { RequestLog } from './request-log.ts'
import type { RequestSource } from './web-request.ts'

type BeforeRequest = Electron.OnBeforeRequestListenerDetails
type Completed = Electron.OnCompletedListenerDetails

const session = {} as unknown as Session
const ordinary: RequestSource = { session, isPrivate: false }
const secret: RequestSource = { session, isPrivate: true }

let clock: SimulatedClock
let log: RequestLog
let told: { batch: RequestBatch; to: string[] }[]

beforeEach(() => {
  clock = new SimulatedClock()
  told = []
  log = new RequestLog({
    tabOf: id => (id === 0 ? null : `tab:${id}`),
    clock,
    publish: (batch, isTold) =>
      told.push({ batch: structuredClone(batch), to: ['one', 'two'].filter(watcher => isTold(watcher)) }),
  })
})

function request(id: number, changes: Partial<BeforeRequest> = {}): BeforeRequest {
  return {
    id,
    url: `https://page.example/${id}`,
    method: 'GET',
    webContentsId: 1,
    resourceType: 'script',
    referrer: '',
    timestamp: 0,
    uploadData: [],
    initiatorOrigin: 'https://page.example',
    ...changes,
  }
}

function response(id: number, changes: Partial<Completed> = {}): Completed {
  return {
    ...request(id),
    statusCode: 200,
    statusLine: 'HTTP/1.1 200 OK',
    responseHeaders: { 'Content-Length': ['12'], 'content-type': ['text/javascript; charset=utf-8'] },
    fromCache: false,
    error: '',
    ...changes,
  }
}

function begin(id: number, source = ordinary, changes: Partial<BeforeRequest> = {}): void {
  void log.part.decide?.(request(id, changes), source)
}

describe('a request', () => {
  it('is followed from its beginning to its end, with the time of each step', () => {
    begin(7)
    clock.advance(2)
    log.part.onDecided?.(request(7), null, ordinary)
    log.part.onSent?.({ ...request(7), requestHeaders: { accept: '*/*' } }, ordinary)
    clock.advance(30)
    log.part.onStarted?.(response(7), ordinary)
    clock.advance(8)
    log.part.onCompleted?.(response(7), ordinary)
    expect(log.rows()).toEqual([
      {
        id: 1,
        tabId: 'tab:1',
        isPrivate: false,
        method: 'GET',
        url: 'https://page.example/7',
        kind: 'script',
        state: 'done',
        status: 200,
        mimeType: 'text/javascript',
        isFromCache: false,
        bytes: 12,
        startedAt: 1_800_000_000_000,
        decidedMs: 2,
        firstByteMs: 32,
        totalMs: 40,
        filtering: null,
        initiator: 'https://page.example',
        error: null,
        redirectedTo: null,
      },
    ])
    expect(log.record(1)?.requestHeaders).toEqual({ accept: '*/*' })
    expect(log.record(1)?.statusLine).toBe('HTTP/1.1 200 OK')
  })

  it('that is redirected ends there, and what follows is another', () => {
    begin(7)
    log.part.onRedirected?.(
      { ...response(7, { statusCode: 302 }), redirectURL: 'https://else.example/' },
      ordinary,
    )
    begin(7, ordinary, { url: 'https://else.example/' })
    log.part.onCompleted?.(response(7), ordinary)
    expect(log.rows().map(({ url, state, redirectedTo }) => ({ url, state, redirectedTo }))).toEqual([
      { url: 'https://page.example/7', state: 'redirected', redirectedTo: 'https://else.example/' },
      { url: 'https://else.example/', state: 'done', redirectedTo: null },
    ])
  })

  it('that a list stops is blocked by its rule; another part leaves its name', () => {
    begin(1)
    log.noteFiltering(ordinary, 1, { kind: 'block', rule: '||ads.example^', list: 'EasyList' })
    log.part.onDecided?.(request(1), { verdict: { kind: 'cancel' }, by: 'filter lists' }, ordinary)
    // the engine says it too, afterwards
    log.part.onFailed?.({ ...response(1), error: 'net::ERR_BLOCKED_BY_CLIENT' }, ordinary)
    // asked before the log was: it has no beginning of its own
    log.part.onDecided?.(request(2), { verdict: { kind: 'cancel' }, by: 'secure first' }, ordinary)
    expect(log.rows().map(({ state, error, filtering }) => ({ state, error, filtering }))).toEqual([
      {
        state: 'blocked',
        error: null,
        filtering: { kind: 'block', rule: '||ads.example^', list: 'EasyList' },
      },
      { state: 'failed', error: 'Stopped by secure first', filtering: null },
    ])
  })

  it('that fails says why; without a length nothing is said of its size', () => {
    begin(1)
    log.part.onFailed?.({ ...response(1), error: 'net::ERR_CONNECTION_REFUSED' }, ordinary)
    begin(2)
    log.part.onStarted?.(response(2, { responseHeaders: { 'content-length': ['many'] } }), ordinary)
    expect(log.rows()[0]).toMatchObject({ state: 'failed', error: 'net::ERR_CONNECTION_REFUSED' })
    expect(log.rows()[1]).toMatchObject({ bytes: null, mimeType: null })
  })

  it('that needs no network is not listed', () => {
    begin(1, ordinary, { url: 'data:text/plain,a' })
    log.part.onDecided?.(request(1, { url: 'data:text/plain,a' }), null, ordinary)
    log.part.onCompleted?.(response(1), ordinary)
    expect(log.rows()).toEqual([])
  })

  it('of two sessions may bear the same number', () => {
    begin(1)
    begin(1, secret)
    log.part.onCompleted?.(response(1), secret)
    expect(log.rows().map(({ state }) => state)).toEqual(['pending', 'done'])
  })
})

describe('the list', () => {
  it('holds the latest two thousand, and what is forgotten changes nothing any more', () => {
    log.watch('one')
    for (let id = 1; id <= 2_005; id += 1) begin(id)
    expect(log.rows().length).toBe(2_000)
    expect(log.rows()[0]?.id).toBe(6)
    clock.advance(250)
    told.length = 0
    log.part.onCompleted?.(response(1), ordinary)
    clock.advance(250)
    expect(told).toEqual([])
  })

  it('is cleared by tab or whole', () => {
    begin(1)
    begin(2, ordinary, { webContentsId: 2 })
    begin(3)
    log.clear('tab:1')
    expect(log.rows().map(({ tabId }) => tabId)).toEqual(['tab:2'])
    log.clear(null)
    expect(log.rows()).toEqual([])
  })

  it('keeps nothing of a private tab that is closed, and everything of another', () => {
    begin(1, secret)
    begin(2)
    log.tabClosed('tab:1')
    expect(log.rows().map(({ isPrivate }) => isPrivate)).toEqual([false])
    begin(3, secret, { webContentsId: 0 })
    log.privateEnded()
    expect(log.rows().map(({ isPrivate }) => isPrivate)).toEqual([false])
  })
})

describe('whoever watches', () => {
  it('is told all at once, then changes four times a second', () => {
    begin(1)
    log.watch('one')
    expect(told.map(({ batch, to }) => [batch.isWhole, batch.rows.length, to])).toEqual([[true, 1, ['one']]])
    log.watch('two')
    expect(told[1]?.to).toEqual(['two'])
    begin(2)
    log.part.onCompleted?.(response(1), ordinary)
    log.part.onCompleted?.(response(2), ordinary)
    expect(told.length).toBe(2)
    clock.advance(250)
    expect(told[2]).toMatchObject({ to: ['one', 'two'], batch: { isWhole: false, removed: [] } })
    expect(told[2]?.batch.rows.map(({ id, state }) => [id, state])).toEqual([
      [2, 'done'],
      [1, 'done'],
    ])
    clock.advance(1_000)
    expect(told.length).toBe(3)
  })

  it('hears what was forgotten', () => {
    begin(1)
    log.watch('one')
    log.clear(null)
    clock.advance(250)
    expect(told[1]?.batch).toEqual({ isWhole: false, rows: [], removed: [1] })
  })

  it('hears nothing more afterwards, and costs no timer', () => {
    log.watch('one')
    begin(1)
    log.unwatch('one')
    begin(2)
    clock.advance(1_000)
    expect(told.length).toBe(1)
    expect(clock.timers).toBe(0)
  })
})
