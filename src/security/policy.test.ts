import { describe, expect, it } from 'vitest'
import { chromePolicy } from './chrome-scheme.ts'
import { isPageAddress, mayNavigate } from './navigation-policy.ts'

describe('where a page may go', () => {
  it.each(['http://a.test/', 'https://a.test/'])('%s is of the web', url => {
    expect(isPageAddress(url)).toBe(true)
    expect(mayNavigate(url, true)).toBe(true)
  })

  it.each([
    'nexus://chrome/index.html',
    'file:///etc/passwd',
    'chrome://gpu',
    'javascript:1',
    'data:text/html,x',
    'about:blank',
    'blob:http://a.test/1',
    '',
  ])('%s never fills a tab', url => {
    expect(isPageAddress(url)).toBe(false)
    expect(mayNavigate(url, true)).toBe(false)
  })

  it.each(['about:blank', 'about:srcdoc', 'blob:http://a.test/1', 'data:text/html,x'])(
    '%s may fill a frame',
    url => expect(mayNavigate(url, false)).toBe(true),
  )

  it.each(['nexus://chrome/index.html', 'file:///etc/passwd', 'chrome://gpu'])(
    '%s may not even fill a frame',
    url => expect(mayNavigate(url, false)).toBe(false),
  )
})

describe('the policy of the chrome UI', () => {
  it('allows no inline code, no evaluation, no network and no embedding', () => {
    expect(chromePolicy).not.toMatch(/unsafe|\*|https?:/)
    expect(chromePolicy).toContain("default-src 'none'")
    expect(chromePolicy).toContain("connect-src 'none'")
    expect(chromePolicy).toContain("frame-ancestors 'none'")
  })
})
