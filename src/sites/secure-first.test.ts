import { describe, expect, it } from 'vitest'
import { SimulatedClock } from '../../ipc/simulated-clock.ts'
import { SecureFirst, secureWaitMs } from './secure-first.ts'

function start() {
  const clock = new SimulatedClock()
  const allowed = new Set<string>()
  const settings = { isOn: true }
  const tooSlow: number[] = []
  const policy = new SecureFirst({
    clock,
    isOn: () => settings.isOn,
    isAllowed: host => allowed.has(host),
    onTooSlow: tab => tooSlow.push(tab),
  })
  return { clock, allowed, settings, tooSlow, policy }
}

describe('an address without encryption', () => {
  it('is tried with it, and stays so when that is answered', () => {
    const { clock, policy, tooSlow } = start()
    policy.started(1)
    expect(policy.decide(1, 'http://news.example/a?b#c')).toEqual({
      kind: 'redirect',
      url: 'https://news.example/a?b#c',
    })
    expect(policy.decide(1, 'https://news.example/a?b#c')).toBeNull()
    policy.answered(1, 'https://news.example/a?b#c')
    clock.advance(secureWaitMs * 2)
    expect([tooSlow, policy.refusal(1)]).toEqual([[], null])
  })

  it.each([
    ['http://news.example:80/', 'https://news.example/'],
    ['http://news.example:8080/', 'https://news.example:8080/'],
    ['http://user:word@news.example/', 'https://user:word@news.example/'],
  ])('%s becomes %s', (url, better) => {
    expect(start().policy.decide(1, url)).toEqual({ kind: 'redirect', url: better })
  })

  it.each([
    'http://localhost/',
    'http://app.localhost:3000/',
    'http://127.0.0.1/',
    'http://192.0.2.7/',
    'http://[2001:db8::1]/',
    'http://router/',
    'http://printer.local/',
    'http://wiki.corp.internal/',
    'http://nas.home.arpa/',
    'http://fritz.lan/',
    'https://news.example/',
  ])('%s is left as it is', url => {
    expect(start().policy.decide(1, url)).toBeNull()
  })

  it('is left where the person switched it off, or said so for the host', () => {
    const { policy, settings, allowed } = start()
    allowed.add('old.example')
    expect(policy.decide(1, 'http://old.example/')).toBeNull()
    settings.isOn = false
    expect(policy.decide(1, 'http://news.example/')).toBeNull()
  })

  it('is asked about when nothing answers with encryption', () => {
    const { policy } = start()
    policy.decide(1, 'http://old.example/page')
    policy.failed(1, 'https://old.example/page', 'network', true)
    expect(policy.refusal(1)).toEqual({ url: 'http://old.example/page', reason: 'noAnswer' })
  })

  it('is asked about when the certificate proves nothing', () => {
    const { policy } = start()
    policy.decide(1, 'http://old.example/')
    policy.failed(1, 'https://old.example/', 'certificate', true)
    expect(policy.refusal(1)?.reason).toBe('certificate')
  })

  it('is not asked about when no way leads there at all', () => {
    const { policy } = start()
    policy.decide(1, 'http://no.example/')
    policy.failed(1, 'https://no.example/', 'network', false)
    expect(policy.refusal(1)).toBeNull()
  })

  it('is asked about when encryption takes too long, of that tab alone', () => {
    const { clock, policy, tooSlow } = start()
    policy.decide(1, 'http://slow.example/')
    policy.decide(2, 'http://quick.example/')
    policy.answered(2, 'https://quick.example/')
    clock.advance(secureWaitMs)
    expect(tooSlow).toEqual([1])
    expect([policy.refusal(1)?.reason, policy.refusal(2)]).toEqual(['tooSlow', null])
  })

  it('is asked about when the site sends us back to it, instead of going round in circles', () => {
    const { policy } = start()
    policy.started(1)
    expect(policy.decide(1, 'https://back.example/')).toBeNull()
    expect(policy.decide(1, 'http://back.example/')?.kind).toBe('redirect')
    expect(policy.decide(1, 'https://back.example/')).toBeNull()
    expect(policy.decide(1, 'http://back.example/')).toEqual({ kind: 'cancel' })
    expect(policy.refusal(1)).toEqual({ url: 'http://back.example/', reason: 'sentBack' })
  })

  it('is asked about when two sites send us to each other', () => {
    const { policy } = start()
    policy.started(1)
    const steps = ['http://a.example/', 'http://b.example/', 'http://a.example/'].map(
      url => policy.decide(1, url)?.kind,
    )
    expect(steps).toEqual(['redirect', 'redirect', 'cancel'])
  })

  it('is tried again by the next navigation', () => {
    const { policy } = start()
    policy.decide(1, 'http://old.example/')
    policy.failed(1, 'https://old.example/', 'network', true)
    policy.started(1)
    expect(policy.refusal(1)).toBeNull()
    expect(policy.decide(1, 'http://old.example/')?.kind).toBe('redirect')
  })
})

describe('an address that was typed without a scheme', () => {
  it('is asked about like one without encryption', () => {
    const { policy } = start()
    policy.typed('https://old.example/page')
    policy.started(1)
    expect(policy.decide(1, 'https://old.example/page')).toBeNull()
    policy.failed(1, 'https://old.example/page', 'network', true)
    expect(policy.refusal(1)).toEqual({ url: 'http://old.example/page', reason: 'noAnswer' })
  })

  it('is meant once: a link to the same address fails as itself', () => {
    const { policy } = start()
    policy.typed('https://old.example/')
    policy.decide(1, 'https://old.example/')
    policy.answered(1, 'https://old.example/')
    policy.started(1)
    policy.decide(1, 'https://old.example/')
    policy.failed(1, 'https://old.example/', 'network', true)
    expect(policy.refusal(1)).toBeNull()
  })
})

it('leaves no timer behind when a tab closes', () => {
  const { clock, policy, tooSlow } = start()
  policy.decide(1, 'http://slow.example/')
  policy.closed(1)
  policy.decide(2, 'http://slow.example/')
  policy[Symbol.dispose]()
  clock.advance(secureWaitMs * 2)
  expect(tooSlow).toEqual([])
})
