import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readOmniboxInput, readWebAddress } from './omnibox-input.ts'

const template = 'https://search.test/?q=%s'
const read = (input: string) => {
  const target = readOmniboxInput(input, template)
  return target.kind === 'refused' ? `refused ${target.problem.code}` : `${target.kind} ${target.url}`
}

describe('what is typed into the omnibox', () => {
  it.each([
    ['https://example.com', 'address https://example.com/'],
    ['http://example.com/a?b#c', 'address http://example.com/a?b#c'],
    ['  example.com  ', 'address https://example.com/'],
    ['example.co.uk/path', 'address https://example.co.uk/path'],
    ['bücher.example.com', 'address https://xn--bcher-kva.example.com/'],
    ['localhost:8080/article.html', 'address http://localhost:8080/article.html'],
    ['localhost', 'address http://localhost/'],
    ['127.0.0.1:3000', 'address http://127.0.0.1:3000/'],
    ['192.168.1.1', 'address http://192.168.1.1/'],
    ['[::1]:8080', 'address http://[::1]:8080/'],
    ['8.8.8.8', 'address https://8.8.8.8/'],
    ['printer.local', 'address http://printer.local/'],
    ['example.com:8443', 'address https://example.com:8443/'],
  ])('takes %s for an address', (input, expected) => expect(read(input)).toBe(expected))

  it.each([
    ['tide gauge', 'search https://search.test/?q=tide%20gauge'],
    ['what is example.com', 'search https://search.test/?q=what%20is%20example.com'],
    ['rust', 'search https://search.test/?q=rust'],
    ['node.notatld', 'search https://search.test/?q=node.notatld'],
    ['c++: the language', 'search https://search.test/?q=c%2B%2B%3A%20the%20language'],
    ['$& $1', 'search https://search.test/?q=%24%26%20%241'],
  ])('searches for %s', (input, expected) => expect(read(input)).toBe(expected))

  it.each([
    'javascript:alert(1)',
    'data:text/html,hi',
    'file:///etc/passwd',
    'about:blank',
    'chrome://version',
    'nexus://chrome/index.html',
    'JavaScript:alert(1)',
  ])('neither opens nor searches for %s', input => expect(read(input)).toBe('refused SCHEME_NOT_OPENED'))

  it('says so when an address is none', () => expect(read('http://')).toBe('refused NOT_AN_ADDRESS'))

  it('never opens anything but the web, whatever is typed', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl(), fc.string({ unit: 'grapheme' })), input => {
        const target = readOmniboxInput(input, template)
        if (target.kind === 'refused') return true
        return /^https?:\/\//.test(target.url) && URL.canParse(target.url)
      }),
    )
  })

  it('reads an address for the command line and refuses words', () => {
    expect([
      readWebAddress('localhost:8080'),
      readWebAddress('two words'),
      readWebAddress('file:///x'),
    ]).toEqual(['http://localhost:8080/', null, null])
  })
})
