import { describe, expect, it } from 'vitest'
import { SimulatedClock } from '../../ipc/simulated-clock.ts'
import { NetworkError } from '../network-error.ts'
import { readHosts } from './hosts-file.ts'
import type { FoundAddresses, NameSource } from './name-source.ts'
import { Resolver } from './resolver.ts'

/** A source of names that counts how often it was asked. */
class Names implements NameSource {
  readonly asked: string[] = []
  readonly #known: Readonly<Record<string, FoundAddresses | Error>>

  constructor(known: Readonly<Record<string, FoundAddresses | Error>>) {
    this.#known = known
  }

  async lookUp(name: string): Promise<FoundAddresses> {
    this.asked.push(name)
    const found = this.#known[name] ?? { addresses: [], ttlSeconds: 30 }
    if (found instanceof Error) throw found
    return found
  }
}

function resolverOver(
  known: Readonly<Record<string, FoundAddresses | Error>>,
  { hosts = '', isOnline = true } = {},
) {
  const clock = new SimulatedClock()
  const system = new Names(known)
  const byName = readHosts(hosts)
  const resolver = new Resolver({
    clock,
    system,
    hostsFile: { find: name => byName.get(name) ?? null },
    isOnline: () => isOnline,
  })
  const kindOf = (host: string) =>
    resolver.resolve(host).then(
      found => found,
      (error: NetworkError) => error.kind,
    )
  return { clock, system, resolver, kindOf }
}

const found = (address: string, ttlSeconds = 60): FoundAddresses => ({ addresses: [address], ttlSeconds })

describe('the cache of names', () => {
  it('asks once while an answer holds, and again when it does not', async () => {
    const { resolver, system, clock } = resolverOver({ 'a.example': found('93.184.216.34', 10) })
    await resolver.resolve('a.example')
    await resolver.resolve('A.EXAMPLE.')
    clock.advance(9_999)
    await resolver.resolve('a.example')
    expect(system.asked).toEqual(['a.example'])
    clock.advance(1)
    await resolver.resolve('a.example')
    expect(system.asked).toEqual(['a.example', 'a.example'])
  })

  it('asks once for many who ask at once', async () => {
    const { resolver, system } = resolverOver({ 'a.example': found('93.184.216.34') })
    await Promise.all(Array.from({ length: 100 }, () => resolver.resolve('a.example')))
    expect([system.asked.length, resolver.counts.hits]).toEqual([1, 99])
  })

  it('remembers for a while that a name does not exist, but never for long', async () => {
    const { system, clock, kindOf } = resolverOver({ 'no.example': { addresses: [], ttlSeconds: 86_400 } })
    expect([await kindOf('no.example'), await kindOf('no.example')]).toEqual(['hostNotFound', 'hostNotFound'])
    expect(system.asked.length).toBe(1)
    clock.advance(300_000)
    await kindOf('no.example')
    expect(system.asked.length).toBe(2)
  })

  it('does not remember that nobody answered', async () => {
    const { system, kindOf } = resolverOver({ 'a.example': new NetworkError('resolverFailed', 'silence') })
    expect([await kindOf('a.example'), await kindOf('a.example')]).toEqual([
      'resolverFailed',
      'resolverFailed',
    ])
    expect(system.asked.length).toBe(2)
  })

  it('holds a bounded number of names, forgets the longest unused, and all of them when told', async () => {
    const { resolver } = resolverOver({})
    for (let name = 0; name < 2_500; name += 1) await resolver.resolve(`n${name}.example`).catch(() => {})
    expect(resolver.counts.entries).toBe(2_000)
    expect(resolver.entries()[0]?.name).toBe('n2499.example')
    resolver.flush()
    expect(resolver.counts.entries).toBe(0)
  })

  it('does not keep what was asked of an earlier resolver', async () => {
    const answer = Promise.withResolvers<FoundAddresses>()
    const { resolver, system } = resolverOver({ 'a.example': found('93.184.216.35') })
    resolver.configure({ overHttps: { lookUp: () => answer.promise }, privateNames: [] })
    const asking = resolver.resolve('a.example')
    resolver.configure({ overHttps: null, privateNames: [] })
    answer.resolve(found('93.184.216.34'))
    expect(await asking).toEqual(['93.184.216.34'])
    expect(await resolver.resolve('a.example')).toEqual(['93.184.216.35'])
    expect(system.asked).toEqual(['a.example'])
  })
})

describe('a public name', () => {
  it.each(['127.0.0.1', '10.0.0.1', '192.168.1.1', '169.254.169.254', '::1', 'fd00::1', '::ffff:127.0.0.1'])(
    'that leads to %s is refused',
    async address => {
      const { kindOf } = resolverOver({ 'rebind.example': found(address) })
      expect(await kindOf('rebind.example')).toBe('privateAddress')
    },
  )

  it('with public and private addresses keeps the public ones', async () => {
    const { resolver } = resolverOver({
      'mixed.example': { addresses: ['10.0.0.1', '93.184.216.34'], ttlSeconds: 60 },
    })
    expect(await resolver.resolve('mixed.example')).toEqual(['93.184.216.34'])
  })

  it('is refused also when the answer changes after the first one', async () => {
    const answers = [found('93.184.216.34', 0), found('127.0.0.1', 0)]
    const { resolver, kindOf } = resolverOver({})
    resolver.configure({
      overHttps: { lookUp: async () => answers.shift() ?? found('127.0.0.1', 0) },
      privateNames: [],
    })
    expect([await kindOf('a.example'), await kindOf('a.example')]).toEqual([
      ['93.184.216.34'],
      'privateAddress',
    ])
  })

  it('of a domain that the person named may lead to a private address, one that only ends alike may not', async () => {
    const { resolver, kindOf } = resolverOver({
      'wiki.corp.example': found('10.0.0.1'),
      'wiki.notcorp.example': found('10.0.0.1'),
    })
    resolver.configure({ overHttps: null, privateNames: ['corp.example'] })
    expect([await kindOf('wiki.corp.example'), await kindOf('wiki.notcorp.example')]).toEqual([
      ['10.0.0.1'],
      'privateAddress',
    ])
  })
})

describe('a name of this machine or its network', () => {
  it.each([
    ['localhost', ['127.0.0.1', '::1']],
    ['deep.below.localhost', ['127.0.0.1', '::1']],
    ['127.0.0.1', ['127.0.0.1']],
    ['[::1]', ['::1']],
    ['192.168.1.1', ['192.168.1.1']],
  ])('%s is known without asking', async (host, addresses) => {
    const { resolver, system } = resolverOver({})
    expect([await resolver.resolve(host), system.asked]).toEqual([addresses, []])
  })

  it.each(['nas', 'nas.local', 'router.home.arpa', 'wiki.internal'])(
    '%s may be private, and is asked of the system only',
    async name => {
      const { resolver, system } = resolverOver({ [name]: found('192.168.1.5') })
      const outside = new Names({})
      resolver.configure({ overHttps: outside, privateNames: [] })
      expect(await resolver.resolve(name)).toEqual(['192.168.1.5'])
      expect([system.asked, outside.asked]).toEqual([[name], []])
    },
  )

  it('is what the hosts file says, private or not', async () => {
    const { resolver, system } = resolverOver(
      {},
      {
        hosts:
          '# ours\n127.0.0.1 localhost\n10.0.0.9\tshop.example  SHOP2.example # two\n::9 shop.example\nnonsense',
      },
    )
    expect(await resolver.resolve('shop.example')).toEqual(['10.0.0.9', '::9'])
    expect(await resolver.resolve('shop2.example')).toEqual(['10.0.0.9'])
    expect(system.asked).toEqual([])
  })

  it('is what a mapping says, before everything else', async () => {
    const { resolver } = resolverOver({}, { hosts: '10.0.0.9 a.example' })
    resolver.map([{ name: '*.example', addresses: ['127.0.0.1'] }])
    expect(await resolver.resolve('a.example')).toEqual(['127.0.0.1'])
    expect(await resolver.resolve('deep.a.example')).toEqual(['127.0.0.1'])
    await expect(resolver.resolve('example')).rejects.toThrow('No such name')
  })
})

describe('a name that cannot be found', () => {
  it.each(['bad name.example', 'a..example', '-.example', `${'a'.repeat(64)}.example`, 'ä.example', ''])(
    '"%s" is not even asked for',
    async host => {
      const { system, kindOf } = resolverOver({})
      expect([await kindOf(host), system.asked]).toEqual(['hostNotFound', []])
    },
  )

  it('is said to be so for want of a network when there is none', async () => {
    const { kindOf } = resolverOver(
      { 'b.example': new NetworkError('resolverFailed', 'no way') },
      { isOnline: false },
    )
    expect([await kindOf('a.example'), await kindOf('b.example')]).toEqual(['offline', 'offline'])
  })

  it('over HTTPS is not asked of anyone else', async () => {
    const { resolver, system, kindOf } = resolverOver({ 'a.example': found('93.184.216.34') })
    resolver.configure({
      overHttps: { lookUp: () => Promise.reject(new NetworkError('resolverFailed', 'away')) },
      privateNames: [],
    })
    expect([await kindOf('a.example'), system.asked]).toEqual(['resolverFailed', []])
  })
})
