import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { readAddress } from './address.ts'
import { addressFeatures, addressNumbers, bucketCount, numberNames } from './features.ts'

/** What the shipped model was trained on: another number here makes its answers meaningless. */
function fingerprint(url: string): string {
  const { numbers, hostBuckets, pathBuckets } = addressFeatures(url)
  const text = JSON.stringify([
    [...numbers].map(value => value.toFixed(4)),
    [...hostBuckets],
    [...pathBuckets],
  ])
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}

it('gives the same strings the same numbers and rows for ever', () => {
  expect({
    count: numberNames.length,
    paypal: fingerprint('http://paypal.com.secure-login.xyz/webscr?cmd=1'),
    cms: fingerprint('https://www.josts.com/wp-includes/js/Office365/index.php#a@b.com'),
    cyrillic: fingerprint('https://xn--pypal-4ve.com/'),
    empty: fingerprint(''),
  }).toMatchInlineSnapshot(`
    {
      "cms": "06a6ea887b474962",
      "count": 73,
      "cyrillic": "1237b54c2f37f365",
      "empty": "c9d73e136f2b6408",
      "paypal": "2124607f1275c332",
    }
  `)
})

it('does not depend on scheme, "www.", closing slash and upper case of the host', () => {
  const plain = fingerprint('example.com/Login')
  for (const url of [
    'http://example.com/Login',
    'HTTPS://WWW.Example.COM/Login/',
    'https://example.com/Login//',
  ]) {
    expect(fingerprint(url)).toBe(plain)
  }
})

it('names what can be seen in an address', () => {
  const seen = (url: string) =>
    Object.entries(addressNumbers(readAddress(url)))
      .filter(([, value]) => value === 1)
      .map(([name]) => name)
  expect(seen('http://203.0.113.9:8080/paypal/login.php?to=a@b.test')).toEqual(
    expect.arrayContaining(['isIp', 'hasPort', 'brandInPath', 'isPhp', 'mailInQuery']),
  )
  expect(seen('http://shop.weebly.com')).toEqual(
    expect.arrayContaining(['freeHost', 'freeHostBare', 'isHome']),
  )
  expect(seen('https://paypal.com/signin')).toContain('isOwnBrand')
  expect(seen('https://paypal.com/signin')).not.toContain('brandInName')
  expect(seen('http://paypal.com@evil.example/')).toContain('hasUserInfo')
})

it.each([
  ['a megabyte', `http://a.example/${'x'.repeat(1_000_000)}`],
  ['a megabyte of host', `http://${'a.'.repeat(500_000)}com/`],
  ['a megabyte of hyphens', `http://${'-'.repeat(1_000_000)}`],
  ['NULs', 'http://a\u0000b.example/\u0000\u0000'],
  ['text that turns around', 'http://example.com/\u202Egpj.exe\u2066'],
  ['lone surrogates', 'http://\ud800.example/\udc00'],
  ['broken punycode', 'http://xn--zzzzzzzzz--.xn--/'],
  ['nothing but signs', 'http://@@@:::///???###'],
  ['nothing', ''],
])('survives an address with %s, quickly', (_, url) => {
  const startedMs = performance.now()
  const { numbers, hostBuckets, pathBuckets } = addressFeatures(url)
  expect(performance.now() - startedMs).toBeLessThan(200)
  expect(numbers.every(Number.isFinite)).toBe(true)
  for (const rows of [hostBuckets, pathBuckets]) {
    expect(rows.length).toBeGreaterThan(0)
    expect(rows.every(row => row >= 0 && row < bucketCount)).toBe(true)
  }
})
