import { describe, expect, it } from 'vitest'
import type { HstsHost } from '../../contracts/storage-sites.ts'
import { HstsMemory, parseHsts } from './hsts.ts'

describe('the header (RFC 6797, 6.1)', () => {
  it.each([
    ['max-age=31536000', 31_536_000, false],
    ['max-age=15768000 ; includeSubDomains', 15_768_000, true],
    ['max-age="31536000"', 31_536_000, false],
    ['MAX-AGE=0; INCLUDESUBDOMAINS', 0, true],
    ['includeSubDomains; max-age=60; preload', 60, true],
    [';; max-age=60;', 60, false],
    ['max-age=60; unknown="a value"; other=1', 60, false],
    ['max-age=99999999999999999999', 315_360_000, false],
  ])('%s is understood', (value, maxAgeSeconds, includesSubdomains) => {
    expect(parseHsts(value)).toEqual({ maxAgeSeconds, includesSubdomains })
  })

  it.each([
    '',
    'includeSubDomains',
    'max-age',
    'max-age=',
    'max-age=-1',
    'max-age=1.5',
    'max-age=ten',
    'max-age=60, max-age=70',
    'max-age=60; max-age=70',
    'max-age=60; includeSubDomains; includeSubDomains',
    'max-age=60; includeSubDomains=true',
    'max-age="60',
    'max age=60',
  ])('%j says nothing', value => {
    expect(parseHsts(value)).toBeNull()
  })
})

function memory(preloaded: Record<string, boolean> = {}) {
  const clock = { now: 1_000_000 }
  const written: HstsHost[] = []
  const hsts = new HstsMemory({
    now: () => clock.now,
    preloaded: new Map(
      Object.entries(preloaded).map(([host, includesSubdomains]) => [host, { includesSubdomains }]),
    ),
    onNoted: host => written.push(host),
  })
  return { hsts, clock, written }
}

describe('what is remembered', () => {
  it('covers the host alone unless it speaks for those below it', () => {
    const { hsts } = memory()
    hsts.note('https://one.example/', ['max-age=60'])
    hsts.note('https://all.example/', ['max-age=60; includeSubDomains'])
    const asked = [
      'one.example',
      'www.one.example',
      'all.example',
      'a.b.all.example',
      'notall.example',
      'example',
    ]
    expect(asked.filter(host => hsts.isSecureOnly(host))).toEqual([
      'one.example',
      'all.example',
      'a.b.all.example',
    ])
  })

  it('is written as names are written in addresses', () => {
    const { hsts } = memory()
    hsts.note('https://BÜCHER.example./', ['max-age=60'])
    expect(hsts.isSecureOnly('xn--bcher-kva.example')).toBe(true)
    expect(hsts.isSecureOnly('XN--BCHER-KVA.EXAMPLE.')).toBe(true)
  })

  it.each(['http://plain.example/', 'https://192.0.2.1/', 'https://[2001:db8::1]/', 'nonsense'])(
    '%s cannot say it',
    url => {
      const { hsts, written } = memory()
      hsts.note(url, ['max-age=60; includeSubDomains'])
      expect(hsts.isSecureOnly(URL.parse(url)?.hostname ?? '')).toBe(false)
      expect(written).toEqual([])
    },
  )

  it('is the first header that a response brings', () => {
    const { hsts } = memory()
    hsts.note('https://one.example/', ['max-age=60', 'max-age=0'])
    hsts.note('https://two.example/', ['nonsense', 'max-age=60'])
    expect([hsts.isSecureOnly('one.example'), hsts.isSecureOnly('two.example')]).toEqual([true, false])
  })

  it('ends with its age, which each visit begins anew', () => {
    const { hsts, clock } = memory()
    hsts.note('https://one.example/', ['max-age=60'])
    clock.now += 59_000
    hsts.note('https://one.example/', ['max-age=60'])
    clock.now += 59_000
    expect(hsts.isSecureOnly('one.example')).toBe(true)
    clock.now += 2_000
    expect(hsts.isSecureOnly('one.example')).toBe(false)
  })

  it('is forgotten at max-age=0, and that is written down', () => {
    const { hsts, written } = memory()
    hsts.note('https://one.example/', ['max-age=60; includeSubDomains'])
    hsts.note('https://one.example/', ['max-age=0'])
    expect(hsts.isSecureOnly('one.example')).toBe(false)
    expect(written.map(host => host.expiresAt - host.seenAt)).toEqual([60_000, 0])
  })

  it('is written down when it changes, and else once a day', () => {
    const { hsts, clock, written } = memory()
    for (let visit = 0; visit < 10; visit += 1) {
      hsts.note('https://one.example/', ['max-age=9000000'])
      clock.now += 3_600_000
    }
    hsts.note('https://one.example/', ['max-age=9000000; includeSubDomains'])
    clock.now += 86_400_000
    hsts.note('https://one.example/', ['max-age=9000000; includeSubDomains'])
    expect(written).toHaveLength(3)
  })

  it('outlives a run, but never overrules what was said in this one', () => {
    const { hsts, clock } = memory()
    hsts.note('https://one.example/', ['max-age=60; includeSubDomains'])
    const old = { includesSubdomains: false, seenAt: 0, expiresAt: clock.now + 9_000 }
    hsts.load([
      { host: 'one.example', ...old },
      { host: 'two.example', ...old },
    ])
    expect(['a.one.example', 'two.example'].map(host => hsts.isSecureOnly(host))).toEqual([true, true])
  })

  it('is forgotten when the person wants it', () => {
    const { hsts, clock } = memory()
    hsts.note('https://old.example/', ['max-age=60'])
    clock.now += 1_000
    hsts.note('https://new.example/', ['max-age=60'])
    hsts.forget(host => host.seenAt >= clock.now)
    expect(['old.example', 'new.example'].map(host => hsts.isSecureOnly(host))).toEqual([true, false])
  })

  it('of the list holds without a visit, and a site cannot take itself out by max-age=0', () => {
    const { hsts } = memory({ dev: true, 'bank.example': false })
    hsts.note('https://bank.example/', ['max-age=0'])
    const asked = ['any.dev', 'bank.example', 'www.bank.example']
    expect(asked.map(host => hsts.isSecureOnly(host))).toEqual([true, true, false])
  })
})
