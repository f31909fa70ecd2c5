import { describe, expect, it } from 'vitest'
import { ChunkedBody } from './chunked-body.ts'
import { endOfHead, readResponseHead } from './response-head.ts'

const read = (lines: readonly string[], method = 'GET') =>
  readResponseHead(Buffer.from(lines.join('\r\n'), 'latin1'), method)

describe('the head of an answer', () => {
  it('tells status, headers as they came, and where the body ends', () => {
    expect(read(['HTTP/1.1 200 All right', 'Content-Length: 5', 'X-A:  b  ', 'Set-Cookie: a=1'])).toEqual({
      status: 200,
      statusText: 'All right',
      rawHeaders: ['Content-Length', '5', 'X-A', 'b', 'Set-Cookie', 'a=1'],
      framing: { kind: 'length', bytes: 5 },
      keepsConnection: true,
    })
  })

  it.each<[string, readonly string[], string, string]>([
    ['HEAD', ['HTTP/1.1 200 OK', 'Content-Length: 5'], 'HEAD', 'none'],
    ['204', ['HTTP/1.1 204 No'], 'GET', 'none'],
    ['304', ['HTTP/1.1 304 Same', 'Content-Length: 5'], 'GET', 'none'],
    ['chunks', ['HTTP/1.1 200 OK', 'Transfer-Encoding: chunked'], 'GET', 'chunked'],
    [
      'chunks beside a length',
      ['HTTP/1.1 200 OK', 'Content-Length: 5', 'Transfer-Encoding: Chunked'],
      'GET',
      'chunked',
    ],
    ['neither', ['HTTP/1.1 200 OK'], 'GET', 'untilClose'],
    ['the same length twice', ['HTTP/1.1 200 OK', 'Content-Length: 5', 'Content-Length: 5'], 'GET', 'length'],
  ])('ends the body by the rules: %s', (_, lines, method, kind) =>
    expect(read(lines, method).framing.kind).toBe(kind),
  )

  it.each<[string, readonly string[]]>([
    ['two lengths', ['HTTP/1.1 200 OK', 'Content-Length: 5', 'Content-Length: 6']],
    ['two lengths in one', ['HTTP/1.1 200 OK', 'Content-Length: 5, 6']],
    ['a negative length', ['HTTP/1.1 200 OK', 'Content-Length: -1']],
    ['a length with a plus', ['HTTP/1.1 200 OK', 'Content-Length: +5']],
    ['a length in another base', ['HTTP/1.1 200 OK', 'Content-Length: 0x10']],
    ['an endless length', ['HTTP/1.1 200 OK', `Content-Length: ${'9'.repeat(40)}`]],
    ['an unknown coding', ['HTTP/1.1 200 OK', 'Transfer-Encoding: gzip']],
    ['two codings', ['HTTP/1.1 200 OK', 'Transfer-Encoding: chunked', 'Transfer-Encoding: identity']],
    ['a list of codings', ['HTTP/1.1 200 OK', 'Transfer-Encoding: chunked, chunked']],
    ['chunks of an older protocol', ['HTTP/1.0 200 OK', 'Transfer-Encoding: chunked']],
    ['no status line', ['<html>']],
    ['another protocol', ['ICY 200 OK']],
    ['a version that there is not', ['HTTP/3.7 200 OK']],
    ['a status of four digits', ['HTTP/1.1 2000 OK']],
    ['nothing', ['']],
  ])('is refused with %s', (_, lines) =>
    expect(() => read(lines)).toThrow(expect.objectContaining({ kind: 'badResponse' })),
  )

  it('passes over lines that are no headers, joins broken ones, and lets no control characters through', () => {
    const { rawHeaders } = read([
      'HTTP/1.1 200 OK',
      'no colon',
      'with space in it: x',
      ': nameless',
      'Folded: one',
      '\t two',
      'Odd: a\0b\x1bc\rd',
      'Content-Length : 3',
    ])
    expect(rawHeaders).toEqual(['Folded', 'one two', 'Odd', 'abcd', 'Content-Length', '3'])
  })

  it('keeps the connection only where both sides know where the body ends', () => {
    const keeps = (...lines: string[]) => read(['HTTP/1.1 200 OK', ...lines]).keepsConnection
    expect([
      keeps('Content-Length: 1'),
      keeps('Content-Length: 1', 'Connection: close'),
      keeps(),
      keeps('Content-Length: 1', 'Transfer-Encoding: chunked'),
      read(['HTTP/1.0 200 OK', 'Content-Length: 1']).keepsConnection,
      read(['HTTP/1.0 200 OK', 'Content-Length: 1', 'Connection: Keep-Alive']).keepsConnection,
    ]).toEqual([true, false, false, false, false, true])
  })

  it('ends at the empty line, wherever the pieces were cut', () => {
    for (const text of ['a\r\nb\r\n\r\nrest', 'a\nb\n\nrest', 'a\r\nb\n\r\nrest']) {
      const bytes = Buffer.from(text)
      for (let from = 0; from <= bytes.indexOf('rest'); from += 1) {
        const before = endOfHead(bytes.subarray(0, from), 0)
        const end = before ?? endOfHead(bytes, from)
        expect(bytes.subarray(end?.body).toString()).toBe('rest')
      }
    }
    expect(endOfHead(Buffer.from('a\r\nb\r\n'), 0)).toBeNull()
  })
})

describe('a body in chunks', () => {
  const parts = ['5\r\nhello\r\n', '6;name="a b"\r\n world\r\n', '0\r\nTrailer: x\r\n\r\n', 'next']

  it('is the same however its pieces are cut', () => {
    const whole = Buffer.from(parts.join(''))
    for (let size = 1; size <= whole.length; size += 1) {
      const chunks = new ChunkedBody()
      let body = ''
      let used = 0
      for (let at = 0; at < whole.length && !chunks.isDone; at += size) {
        used += chunks.read(whole.subarray(at, at + size), part => {
          body += part.toString()
        })
      }
      expect([body, chunks.isDone, whole.subarray(used).toString()]).toEqual(['hello world', true, 'next'])
    }
  })

  it.each([
    ['no size', '\r\nhello'],
    ['a size that is no number', 'g\r\n'],
    ['a negative size', '-1\r\n'],
    ['a size in another base', '0x5\r\nhello\r\n'],
    ['an endless size', 'fffffffffffff\r\n'],
    ['more than it says', '2\r\nhello\r\n'],
    ['an endless line', '1'.repeat(5_000)],
    ['endless trailers', `0\r\n${'a: b\r\n'.repeat(5_000)}`],
  ])('is refused with %s', (_, text) =>
    expect(() => new ChunkedBody().read(Buffer.from(text), () => {})).toThrow(
      expect.objectContaining({ kind: 'badResponse' }),
    ),
  )
})
