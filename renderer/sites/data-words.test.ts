import { expect, test } from 'vitest'
import type { SiteUse } from '../../contracts/sites.ts'
import { clearedWords, useWords } from './data-words.ts'

const nothing: SiteUse = {
  site: 'sea.example',
  cookies: 0,
  cookieBytes: 0,
  indexedDbBytes: 0,
  cacheBytes: 0,
  localStorageBytes: null,
  storedBytes: 0,
  workers: 0,
  isOpen: false,
  choices: {
    zoom: null,
    isMuted: null,
    isBlockingOff: null,
    autoplay: null,
    cookies: null,
    insecureUntil: null,
    quotaBytes: null,
  },
  permissions: [],
  isHsts: false,
}

test('says what a site keeps, and not what it does not', () => {
  expect(useWords(nothing)).toBe('Nothing that can be measured')
  expect(useWords({ ...nothing, cookies: 1, indexedDbBytes: 4_100_000, cacheBytes: 900 })).toBe(
    '1 cookie · databases 4.1 MB · caches 900 bytes',
  )
  expect(
    useWords({
      ...nothing,
      localStorageBytes: 2_000,
      storedBytes: 800,
      permissions: [{ permission: 'camera', isAllowed: true }],
      choices: { ...nothing.choices, zoom: 1.25 },
    }),
  ).toBe('local storage 2 kB · history and readings 800 bytes · 1 permission · zoom 125 %')
})

test('says what was left alone, and why', () => {
  expect(clearedWords(['history'], [])).toBe('Cleared: History and what was read.')
  expect(clearedWords(['history'], ['cookies', 'caches'])).toBe(
    'Cleared: History and what was read. Left alone: Cookies, caches. The engine does not know how old they are; clear them over all time.',
  )
  expect(clearedWords([], ['cookies'])).toMatch(/^Nothing was cleared\. Left alone: Cookies\./)
})
