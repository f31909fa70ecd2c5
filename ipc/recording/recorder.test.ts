import { describe, expect, it } from 'vitest'
import { RecordedSession, secret } from '../testing/recorded-session.ts'

describe('a recording', () => {
  it('tells the messages of a session, one a line, between a beginning and an end', () => {
    const session = new RecordedSession()
    session.out({ kind: 'hello', version: 2 })
    session.request(1, 'library.count', { shelf: 'a' })
    session.response(1, 12)
    session.recorder.end()
    session.request(2, 'library.count', { shelf: 'late' })
    const entries = session.entries()
    expect(entries.map(({ line, kind }) => [line, kind])).toEqual([
      [1, 'header'],
      [2, 'message'],
      [3, 'message'],
      [4, 'message'],
      [5, 'end'],
    ])
    expect(entries[0]).toMatchObject({
      header: { endpoint: 'controller', contracts: ['library'], isWhole: false },
    })
    expect(entries[2]).toEqual({
      line: 3,
      kind: 'message',
      message: {
        id: 'controller>library#1',
        sequence: 2,
        type: 'request',
        source: 'controller',
        target: 'library',
        method: 'library.count',
        args: [{ shelf: 'a' }],
        options: { timeoutMs: 900, priority: 'normal', requiresResponse: true, retryCount: 0 },
        response: null,
        traceId: '00000000000001',
        timestamp: session.clock.wallClock(),
        processId: 1,
        threadId: 0,
      },
    })
    expect(entries[3]).toMatchObject({ message: { response: { status: 'ok', result: 12 } } })
    expect(entries[4]).toMatchObject({ reason: 'stopped', messages: 3 })
  })

  it('holds nothing that a contract calls sensitive', () => {
    const session = new RecordedSession()
    session.request(1, 'library.unlock', { password: secret })
    session.in({ kind: 'progress', id: 1, index: 1, value: secret })
    session.response(1, { key: secret })
    session.request(2, 'library.unlock', { password: secret })
    session.failure(2, 'WRONG', secret)
    session.request(3, 'library.find', { title: 'Emma' })
    session.in({ kind: 'progress', id: 3, index: 1, value: { url: secret, searched: 7 } })
    session.response(3, { url: secret, year: 1815, tookMs: 2 })
    session.request(4, 'library.open', { url: secret, page: 3 })
    session.failure(4, 'GONE', `${secret} is not there`)
    session.in({ kind: 'event', name: 'library.arrived', payload: { url: secret, at: 5 } })
    // What no contract here knows, or does not fit it, could be anything.
    session.in({ kind: 'event', name: 'library.stolen', payload: secret })
    session.request(5, 'other.thing', secret)
    session.response(5, secret)
    session.response(99, secret)
    session.in({ kind: 'progress', id: 99, index: 1, value: secret })
    session.request(6, 'library.open', { adress: secret })
    session.out({ kind: 'inputEnd', id: 6, error: { code: 'X', message: secret, retryable: false } })
    expect(session.text).not.toContain('horse')
    expect(session.text).toContain('Emma')
    expect(session.text).toContain('"searched":7')
    expect(session.text).toContain('"year":1815')
    expect(session.text).toContain('"page":3')
    expect(session.text).toContain('"code":"GONE"')
  })

  it('holds nothing sensitive of what travelled together either', () => {
    const session = new RecordedSession()
    session.request(1, 'library.unlock', { password: secret })
    session.in({
      kind: 'batch',
      messages: [
        { kind: 'progress', id: 1, index: 1, value: secret },
        { kind: 'response', id: 1, result: { key: secret }, durationMs: 1 },
      ],
    })
    expect(session.text).not.toContain('horse')
    expect(session.lines).toHaveLength(4)
  })

  it('holds everything when that was asked for, and says so', () => {
    const session = new RecordedSession({ isWhole: true })
    session.request(1, 'library.unlock', { password: secret })
    expect(session.text).toContain(secret)
    expect(session.entries()[0]).toMatchObject({ header: { isWhole: true } })
  })

  it('ends by itself before it is larger than it may be', () => {
    const session = new RecordedSession({ maxBytes: 5_000 })
    for (let id = 1; id <= 20; id += 1) session.request(id, 'library.count', { shelf: 'ä'.repeat(300) })
    expect(session.recorder.isOver).toBe(true)
    expect(Buffer.byteLength(`${session.text}\n`)).toBeLessThanOrEqual(5_000)
    const last = session.entries().at(-1)
    expect(last).toMatchObject({ kind: 'end', reason: 'full', messages: session.lines.length - 2 })
  })

  it('says where messages are missing because its lines were not taken', () => {
    const session = new RecordedSession()
    session.takesLines = false
    session.request(1, 'library.count', { shelf: 'a' })
    session.response(1, 1)
    session.takesLines = true
    session.request(2, 'library.count', { shelf: 'b' })
    expect(session.entries().slice(1)).toMatchObject([
      { kind: 'gap', lost: 2 },
      { kind: 'message', message: { id: 'controller>library#2' } },
    ])
  })
})
