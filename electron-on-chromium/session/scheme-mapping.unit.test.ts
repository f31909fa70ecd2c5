import { beforeAll, describe, expect, it } from 'vitest'
import { customSchemes } from './custom-schemes.ts'
import {
  fromEngineUrl,
  hostResolverRules,
  isMappedUrl,
  reservedHostRules,
  toEngineUrl,
} from './scheme-mapping.ts'

describe('mapping of custom schemes onto hosts of Chromium', () => {
  beforeAll(() => {
    customSchemes.registerAsPrivileged([
      { scheme: 'app', privileges: { standard: true, secure: true } },
      { scheme: 'web+note.x', privileges: { standard: true } },
    ])
    customSchemes.handled('loose')
  })

  it.each([
    ['app://chrome/', 'http://chrome.app.standin.localhost/'],
    ['app://chrome/a/b.html?q=1#h', 'http://chrome.app.standin.localhost/a/b.html?q=1#h'],
    ['app://a.b/?x', 'http://a.b.app.standin.localhost/?x'],
    ['loose:opaque/path', 'http://opaque--.loose.standin.localhost/opaque/path'],
    ['blob:app://chrome/1234', 'blob:http://chrome.app.standin.localhost/1234'],
  ])('%s is %s and back', (url, engineUrl) => {
    expect(toEngineUrl(url)).toBe(engineUrl)
    expect(fromEngineUrl(engineUrl)).toBe(url)
  })

  it('gives the root path to a bare host, and lower case to it', () => {
    expect(fromEngineUrl(toEngineUrl('APP://Chrome'))).toBe('app://chrome/')
  })

  it.each([
    'app://with space/',
    'app://Ünïcode/x',
    `app://${'long'.repeat(40)}/`,
    'app://hex--/',
    'web+note.x://h/',
    'loose:///x',
  ])('survives the strange host of %s', url => {
    const engineUrl = toEngineUrl(url)
    expect(new URL(engineUrl).hostname).toMatch(/^[a-z0-9.-]+\.standin\.localhost$/)
    expect(fromEngineUrl(engineUrl)).toBe(url.toLowerCase())
  })

  it.each([
    'https://example.com/',
    'http://standin.localhost/',
    'http://chrome.app.standin.localhost:8080/',
    'https://chrome.app.standin.localhost/',
    'http://chrome.app.standin.localhost.evil.test/',
    'http://evil.test/#.app.standin.localhost/',
    'http://user@chrome.app.standin.localhost/',
    'about:blank',
    'unknown://host/',
  ])('leaves %s alone', url => {
    expect(toEngineUrl(url)).toBe(url)
    expect(fromEngineUrl(url)).toBe(url)
    expect(isMappedUrl(url)).toBe(false)
  })

  it('keeps mapped hosts from resolving, before any rule of the application', () => {
    expect(hostResolverRules(null)).toBe(reservedHostRules)
    expect(hostResolverRules('MAP a.test 127.0.0.1')).toBe(`${reservedHostRules},MAP a.test 127.0.0.1`)
  })
})
