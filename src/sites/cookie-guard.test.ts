import type { Session } from 'electron'
import { describe, expect, it } from 'vitest'
import type { SiteChoices } from '../../contracts/storage-sites.ts'
import { CookieGuard } from './cookie-guard.ts'
import { cookieRule, untilEnd } from './cookie-policy.ts'

type Choice = SiteChoices['cookies']

function settings(
  blocksThirdParty: boolean,
  choices: Record<string, Choice> = {},
  untilEndSites: string[] = [],
) {
  return {
    blocksThirdParty,
    choiceOf: (site: string) => choices[site] ?? null,
    isSessionOnly: (site: string) => untilEndSites.includes(site),
  }
}

describe('whose cookies are kept', () => {
  it.each([
    ['of the page itself', 'a.example', 'a.example', settings(true), 'keep'],
    ['of another site', 'ads.example', 'a.example', settings(true), 'none'],
    ['of another site, where that is allowed', 'ads.example', 'a.example', settings(false), 'keep'],
    [
      'of another site, on one that may',
      'ads.example',
      'a.example',
      settings(true, { 'a.example': 'allowAll' }),
      'keep',
    ],
    [
      'of another site, on one that may not',
      'ads.example',
      'a.example',
      settings(false, { 'a.example': 'blockThirdParty' }),
      'none',
    ],
    [
      'of a site that may have none',
      'a.example',
      'a.example',
      settings(false, { 'a.example': 'blockAll' }),
      'none',
    ],
    [
      'of a site that may have none, elsewhere',
      'ads.example',
      'a.example',
      settings(true, { 'a.example': 'allowAll', 'ads.example': 'blockAll' }),
      'none',
    ],
    [
      'of a site that keeps none for long',
      'a.example',
      'a.example',
      settings(true, {}, ['a.example']),
      'untilEnd',
    ],
    [
      'of a site that was told so',
      'a.example',
      'a.example',
      settings(true, { 'a.example': 'sessionOnly' }),
      'untilEnd',
    ],
    ['that no page asks for', 'a.example', null, settings(true), 'keep'],
  ] as const)('%s', (_, site, topSite, given, rule) => {
    expect(cookieRule(site, topSite, given)).toBe(rule)
  })
})

describe('a cookie that shall end with the browser', () => {
  it.each([
    ['id=1; Max-Age=3600; Path=/', 'id=1; Path=/'],
    ['id=1; Expires=Wed, 01 Jan 2031 00:00:00 GMT; Secure; HttpOnly', 'id=1; Secure; HttpOnly'],
    ['id=1;max-age=5;EXPIRES=Wed, 01 Jan 2031 00:00:00 GMT', 'id=1'],
    ['id=1; Path=/', 'id=1; Path=/'],
    // what deletes stays what deletes
    ['id=; Max-Age=0', 'id=; Max-Age=0'],
    ['id=; Expires=Thu, 01 Jan 1970 00:00:00 GMT', 'id=; Expires=Thu, 01 Jan 1970 00:00:00 GMT'],
    ['id=1; Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT', 'id=1'],
    ['expires=1', 'expires=1'],
  ])('%s becomes %s', (before, after) => {
    expect(untilEnd(before, Date.UTC(2026, 10, 20))).toBe(after)
  })
})

function start(given = settings(true)) {
  const session = {} as Session
  const blocked: number[] = []
  const guard = new CookieGuard({
    settingsOf: one => (one === session ? given : null),
    now: () => 0,
    onBlocked: contentsId => blocked.push(contentsId),
  })
  const source = { session, isPrivate: false }
  const details = (url: string, resourceType: string, page: string | null, referrer = '') => ({
    url,
    resourceType,
    referrer,
    ...(page === null ? {} : { webContents: { id: 7, getURL: () => page, isDestroyed: () => false } }),
  })
  type Details = ReturnType<typeof details>
  const { part } = guard
  return {
    blocked,
    send: (request: Details, headers: Record<string, string>) =>
      part.changeRequestHeaders?.(request as never, headers, source) ?? null,
    receive: (request: Details, headers: Record<string, string[]>) =>
      part.changeResponseHeaders?.(request as never, headers, source) ?? null,
    details,
  }
}

describe('the headers', () => {
  const page = 'https://www.news.example/today'
  it('of another site carry no cookies, neither way, and that is counted', () => {
    const { send, receive, details, blocked } = start()
    const request = details('https://ads.example/pixel', 'image', page)
    expect(send(request, { Accept: '*/*', Cookie: 'id=1' })).toEqual({ Accept: '*/*' })
    expect(receive(request, { 'content-type': ['x'], 'Set-Cookie': ['id=1', 'b=2'] })).toEqual({
      'content-type': ['x'],
    })
    expect(blocked).toEqual([7, 7])
  })

  it('of a frame of another site are those of another site', () => {
    const { send, details } = start()
    expect(send(details('https://ads.example/', 'subFrame', page), { cookie: 'id=1' })).toEqual({})
  })

  it('are left alone where there is nothing to take', () => {
    const { send, receive, details, blocked } = start()
    expect(send(details('https://ads.example/', 'image', page), { Accept: '*/*' })).toBeNull()
    expect(receive(details('https://ads.example/', 'image', page), { 'content-type': ['x'] })).toBeNull()
    expect(send(details('https://static.news.example/', 'image', page), { Cookie: 'id=1' })).toBeNull()
    expect(send(details('https://ads.example/', 'mainFrame', page), { Cookie: 'id=1' })).toBeNull()
    expect(blocked).toEqual([])
  })

  it('of a worker are judged by its referrer, for it has no page', () => {
    const { send, details } = start()
    const cookie = { Cookie: 'id=1' }
    expect(send(details('https://ads.example/', 'xhr', null, page), cookie)).toEqual({})
    expect(send(details('https://news.example/', 'xhr', null, page), cookie)).toBeNull()
    expect(send(details('https://ads.example/', 'xhr', null), cookie)).toBeNull()
  })

  it('of a site whose cookies shall end are made to end', () => {
    const { receive, details } = start(settings(true, {}, ['news.example']))
    expect(receive(details(page, 'mainFrame', page), { 'set-cookie': ['id=1; Max-Age=60'] })).toEqual({
      'set-cookie': ['id=1'],
    })
  })
})
