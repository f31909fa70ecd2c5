import { describe, expect, it } from 'vitest'
import { connectionOf, siteOf } from './site.ts'

describe('the site of an address', () => {
  it.each([
    ['https://www.example.co.uk/x', 'example.co.uk'],
    ['https://a.github.io/', 'a.github.io'],
    ['http://localhost:8080/', 'localhost'],
    ['http://127.0.0.1/', '127.0.0.1'],
    ['about:blank', null],
    ['', null],
  ])('of %s is %s', (url, site) => expect(siteOf(url)).toBe(site))
})

describe('the mark of the connection', () => {
  it.each([
    ['', false, 'internal'],
    ['https://example.com/', false, 'secure'],
    ['https://example.com/', true, 'broken'],
    ['http://example.com/', false, 'notSecure'],
    ['http://localhost:8080/', false, 'local'],
    ['http://127.0.0.1/', false, 'local'],
  ] as const)('of %s (certificate problem: %s) is %s', (url, isBroken, mark) =>
    expect(connectionOf(url, isBroken)).toBe(mark),
  )
})
