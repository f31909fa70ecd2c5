import { describe, expect, it } from 'vitest'
import { authorOf, dateOf, imageUrlOf, lineOf } from './metadata-values.ts'

const nowMs = Date.UTC(2026, 10, 20)

describe('dates of publication', () => {
  it.each([
    ['2020-02-29', '2020-02-29'],
    ['20200131', '2020-01-31'],
    ['2019-07-04T10:20:30Z', '2019-07-04T10:20:30Z'],
    ['2019-07-04T10:20:30.123+0200', '2019-07-04T10:20:30+02:00'],
    ['2019-07-04 10:20 -05:30', '2019-07-04T10:20:00-05:30'],
    ['2019-07-04T10:20:30', '2019-07-04'],
    ['Thu, 04 Jul 2019 10:20:30 GMT', '2019-07-04'],
    ['July 4th, 2019', '2019-07-04'],
    ['4.7.2019', '2019-07-04'],
    ['2026-11-20T23:59:00+00:00', '2026-11-20T23:59:00+00:00'],
  ])('reads %s', (text, date) => expect(dateOf(text, nowMs)).toBe(date))

  it.each([
    '2019-02-30',
    '2019-13-01',
    '2027-01-01',
    '0000-00-00',
    '3/4/2020',
    'yesterday',
    '',
    '12345678901234567890',
    '2019',
    `${' '.repeat(200_000)}2019-01-01`,
    null,
    {},
  ])('takes %j for none', text => expect(dateOf(text, nowMs)).toBeNull())
})

describe('authors', () => {
  it.each([
    ['By Ada Boatwright', 'Ada Boatwright'],
    ['Von  Ida\nHolm |', 'Ida Holm'],
    ['Автор: Иван Петров', 'Иван Петров'],
    ['Vonnegut', 'Vonnegut'],
    ['O&#039;Brien &amp; Co', "O'Brien & Co"],
  ])('reads %j', (text, name) => expect(authorOf(text)).toBe(name))

  it.each(['https://example.org/ada', '@ada', 'admin', '', ' - ', '2019', 7, 'x'.repeat(300)])(
    'takes %j for none',
    text => expect(authorOf(text)).toBeNull(),
  )
})

describe('pictures', () => {
  it('are absolute, http or https', () => {
    expect(imageUrlOf('/a.png', 'https://example.org/b/c')).toBe('https://example.org/a.png')
    expect(imageUrlOf('//cdn.example.org/a.png', 'http://example.org/')).toBe('http://cdn.example.org/a.png')
    for (const address of [
      'data:image/png;base64,AAAA',
      'javascript:alert(1)',
      'file:///etc/passwd',
      '',
      'http://[',
      'x'.repeat(5_000),
    ]) {
      expect(imageUrlOf(address, 'https://example.org/')).toBeNull()
    }
  })
})

describe('lines', () => {
  it('are folded, cut and well-formed', () => {
    expect(lineOf('  a\n\t b ')).toBe('a b')
    expect(lineOf('a'.repeat(9_000))).toHaveLength(2_000)
    expect(lineOf(`${'a'.repeat(1_999)}😀`)).toBe(`${'a'.repeat(1_999)}\ufffd`)
    expect(lineOf(' \u00a0 ')).toBeNull()
    expect(lineOf(['a'])).toBeNull()
  })
})
