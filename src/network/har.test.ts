import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import * as Type from 'typebox'
import { Value } from 'typebox/value'
import { describe, expect, it } from 'vitest'
import type { LoggedRequest } from '../../contracts/request-log.ts'
import { harOf } from './har.ts'
import { HarFiles } from './har-files.ts'
import type { RequestRecord } from './request-record.ts'

/** What HAR 1.2 demands of a log, as its specification lists it: http://www.softwareishard.com/blog/har-12-spec/ */
const text = Type.String()
const isoTime = Type.String({
  pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d+(Z|[+-]\\d\\d:\\d\\d)$',
})
const span = Type.Number({ minimum: -1 })
const pairs = Type.Array(Type.Object({ name: text, value: text }))
const har = Type.Object({
  log: Type.Object({
    version: Type.Literal('1.2'),
    creator: Type.Object({ name: text, version: text }),
    pages: Type.Array(
      Type.Object({
        startedDateTime: isoTime,
        id: text,
        title: text,
        pageTimings: Type.Object({ onContentLoad: span, onLoad: span }),
      }),
    ),
    entries: Type.Array(
      Type.Object({
        pageref: Type.Optional(text),
        startedDateTime: isoTime,
        time: Type.Number({ minimum: 0 }),
        request: Type.Object({
          method: text,
          url: Type.String({ pattern: '^[a-z]+:' }),
          httpVersion: text,
          cookies: pairs,
          headers: pairs,
          queryString: pairs,
          headersSize: Type.Integer({ minimum: -1 }),
          bodySize: Type.Integer({ minimum: -1 }),
        }),
        response: Type.Object({
          status: Type.Integer({ minimum: 0 }),
          statusText: text,
          httpVersion: text,
          cookies: pairs,
          headers: pairs,
          content: Type.Object({ size: Type.Integer({ minimum: -1 }), mimeType: text }),
          redirectURL: text,
          headersSize: Type.Integer({ minimum: -1 }),
          bodySize: Type.Integer({ minimum: -1 }),
        }),
        cache: Type.Object({}),
        timings: Type.Object({
          blocked: span,
          dns: span,
          connect: span,
          ssl: span,
          send: Type.Number({ minimum: 0 }),
          wait: Type.Number({ minimum: 0 }),
          receive: Type.Number({ minimum: 0 }),
        }),
      }),
    ),
  }),
})

function record(changes: Partial<LoggedRequest> = {}, of: Partial<RequestRecord> = {}): RequestRecord {
  return {
    startedAt: 0,
    referrer: null,
    requestHeaders: { Cookie: 'session=hidden; theme=dark', Authorization: 'Bearer hidden', accept: '*/*' },
    responseHeaders: {
      'set-cookie': ['a=hidden; Path=/', 'b=hidden=2; HttpOnly'],
      'content-type': ['text/html'],
    },
    statusLine: 'HTTP/1.1 404 Not Found',
    ...of,
    row: {
      id: 1,
      tabId: 'tab:1',
      isPrivate: false,
      method: 'GET',
      url: 'https://page.example/a?x=1&y=two%20words&x=3',
      kind: 'xhr',
      state: 'done',
      status: 404,
      mimeType: 'text/html',
      isFromCache: false,
      bytes: 120,
      startedAt: Date.UTC(2026, 10, 20, 19, 30),
      decidedMs: 1.5,
      firstByteMs: 20,
      totalMs: 30.25,
      filtering: null,
      initiator: 'https://page.example',
      error: null,
      redirectedTo: null,
      ...changes,
    },
  }
}

function exported(records: readonly RequestRecord[], withSecrets = false) {
  const file: unknown = JSON.parse(
    harOf({
      records,
      withSecrets,
      creatorVersion: '1.0.0',
      titleOf: id => (id === 'tab:1' ? 'A page' : null),
    }),
  )
  expect([...Value.Errors(har, file)]).toEqual([])
  return Value.Parse(har, file).log
}

describe('an archive', () => {
  it('is one by the rules of the format, whatever became of the requests', () => {
    const bare = { requestHeaders: {}, responseHeaders: {}, statusLine: null }
    const log = exported([
      record(),
      record({ tabId: 'tab:2', state: 'redirected', status: 302, redirectedTo: 'https://else.example/' }),
      record(
        {
          tabId: null,
          state: 'blocked',
          status: null,
          mimeType: null,
          bytes: null,
          firstByteMs: null,
          filtering: { kind: 'block', rule: '||ads.example^', list: 'EasyList' },
        },
        bare,
      ),
      record({ state: 'pending', decidedMs: null, firstByteMs: null, totalMs: null, bytes: null }, bare),
      record({ state: 'failed', error: 'net::ERR_FAILED', isFromCache: true }, { statusLine: 'nonsense' }),
    ])
    expect(log.pages.map(({ id, title }) => [id, title])).toEqual([
      ['tab:1', 'A page'],
      ['tab:2', ''],
    ])
    expect(log.entries.length).toBe(5)
    expect(log.entries[2]).not.toHaveProperty('pageref')
    expect(log.entries[2]).toMatchObject({
      _state: 'blocked',
      _filtering: { kind: 'block', rule: '||ads.example^', list: 'EasyList' },
      response: { status: 0, content: { size: -1 } },
    })
  })

  it('tells of times whose parts add up, and of the query', () => {
    const [entry] = exported([record()]).entries
    expect(entry?.timings).toEqual({
      blocked: 1.5,
      dns: -1,
      connect: -1,
      ssl: -1,
      send: 0,
      wait: 18.5,
      receive: 10.25,
    })
    expect(entry?.time).toBe(30.25)
    expect(entry?.startedDateTime).toBe('2026-11-20T19:30:00.000Z')
    expect(entry?.request.queryString).toEqual([
      { name: 'x', value: '1' },
      { name: 'y', value: 'two words' },
      { name: 'x', value: '3' },
    ])
    expect(entry?.response).toMatchObject({ statusText: 'Not Found', httpVersion: 'HTTP/1.1' })
  })

  it('gives away no cookie and no credential unless asked to', () => {
    const log = exported([record()])
    expect(JSON.stringify(log)).not.toContain('hidden')
    expect(log.entries[0]?.request.cookies.map(({ name }) => name)).toEqual(['session', 'theme'])
    const open = exported([record()], true).entries[0]
    expect(open?.request.cookies).toContainEqual({ name: 'session', value: 'hidden' })
    expect(open?.response.cookies).toEqual([
      { name: 'a', value: 'hidden' },
      { name: 'b', value: 'hidden=2' },
    ])
    expect(open?.request.headers).toContainEqual({ name: 'Authorization', value: 'Bearer hidden' })
  })
})

it('an archive never takes the place of another file, and is for its owner only', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'nexus-har-'))
  try {
    const files = new HarFiles({
      folder: () => path.join(folder, 'new'),
      version: '1.0.0',
      wallClock: () => Date.UTC(2026, 10, 20, 19, 30),
    })
    const first = await files.write([record()], false, () => null)
    const second = await files.write([], false, () => null)
    expect([first, second].map(file => path.basename(file))).toEqual([
      'Nexus requests 2026-11-20 19.30.00.har',
      'Nexus requests 2026-11-20 19.30.00 (2).har',
    ])
    expect(files.latest).toBe(second)
    expect(Value.Check(har, JSON.parse(readFileSync(first, 'utf8')))).toBe(true)
    expect(statSync(first).mode & 0o777).toBe(0o600)
    const nowhere = new HarFiles({ folder: () => first, version: '1.0.0', wallClock: () => 0 })
    await expect(nowhere.write([], false, () => null)).rejects.toMatchObject({ code: 'HAR_NOT_WRITTEN' })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
