import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readTypedText } from './address.ts'

const read = (input: string): string => {
  const typed = readTypedText(input)
  return typed.kind === 'address' ? typed.url : typed.kind
}

describe('the grammar of addresses', () => {
  it.each([
    ['EXAMPLE.com', 'https://example.com/'],
    ['HTTP://Example.COM/A', 'http://example.com/A'],
    ['example.com.', 'https://example.com./'],
    ['example。com', 'https://example.com/'],
    ['президент.рф', 'https://xn--d1abbgf6aiiy.xn--p1ai/'],
    ['例え.jp/道', 'https://xn--r8jz45g.jp/%E9%81%93'],
    ['my_host.example.com', 'https://my_host.example.com/'],
    ['[2001:db8::1]:8080/x', 'https://[2001:db8::1]:8080/x'],
    ['[::1]', 'http://[::1]/'],
    ['[fe80::1]', 'http://[fe80::1]/'],
    ['LOCALHOST:3000/x', 'http://localhost:3000/x'],
    ['nas:8080', 'http://nas:8080/'],
    ['dev-server:289', 'http://dev-server:289/'],
    ['router.lan', 'http://router.lan/'],
    ['10.0.0.1', 'http://10.0.0.1/'],
    ['1.2.3.4', 'https://1.2.3.4/'],
    ['user:word@example.com', 'https://user:word@example.com/'],
    ['user@example.com/inbox', 'https://user@example.com/inbox'],
    ['https://example.com/a b', 'https://example.com/a%20b'],
    ['asp.net', 'https://asp.net/'],
  ])('%s is one', (input, expected) => expect(read(input)).toBe(expected))

  it.each([
    '1.5',
    '3.14',
    '192.168.1',
    '256.256.256.256',
    'v1.2.3',
    'node.js',
    'index.html',
    'e.g.',
    'a.m.',
    'U.S.A.',
    'C++',
    'and/or',
    '1/2',
    '50%',
    '16:9',
    '10:30',
    'john:16',
    '12.03.2024',
    '12/03/2024',
    '2024-01-02',
    're:zero',
    'file: not found',
    'somebody@example.com',
    'git@github.com:a/b.git',
    '/r/books',
    'co.uk',
    '-a.com',
    'a..com',
    '::1',
    'https://example.com is down',
    'example.com:99999',
    '\u202emoc.example',
    'a\u0000b.com',
    '\ud800.com',
    '',
  ])('%j is words', input => expect(read(input)).toBe('words'))

  it.each([
    'about:config',
    'file:///home/me/letter.pdf',
    'mailto:somebody@example.com',
    'view-source:https://example.com',
    '/etc/passwd',
    '~/letter.txt',
    'C:\\Users\\me',
    '\\\\server\\share',
    'tel:+123',
  ])('%s is nothing that Nexus opens, nor a search', input => expect(read(input)).toBe('notOpened'))

  it.each(['http://', 'https:///'])('%s is a broken one', input => expect(read(input)).toBe('broken'))

  it('reads anything at all in no time', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), text => read(text) !== ''))
    for (const long of ['a'.repeat(60_000), 'a.'.repeat(30_000), '@:'.repeat(30_000), '[:'.repeat(30_000)]) {
      const startedMs = performance.now()
      read(long)
      expect(performance.now() - startedMs).toBeLessThan(200)
    }
  })
})
