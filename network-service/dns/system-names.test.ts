import { describe, expect, it } from 'vitest'
import { type SystemResolver, systemNames } from './system-names.ts'

const nothing = Object.assign(new Error('nothing'), { code: 'ENOTFOUND' })

function resolver(parts: Partial<SystemResolver>): SystemResolver {
  const fail = () => Promise.reject(nothing)
  return { resolve4: fail, resolve6: fail, lookUp: fail, ...parts }
}

describe('the names of the system', () => {
  it('hold as long as its name servers say, in the order that suits this machine', async () => {
    const system = resolver({
      resolve4: async () => [{ address: '1.1.1.1', ttl: 90 }],
      resolve6: async () => [{ address: '2606:4700::1', ttl: 30 }],
    })
    expect(await systemNames(system, () => false).lookUp('a.example')).toEqual({
      addresses: ['1.1.1.1', '2606:4700::1'],
      ttlSeconds: 30,
    })
    expect((await systemNames(system, () => true).lookUp('a.example')).addresses[0]).toBe('2606:4700::1')
  })

  it('are asked for in the other ways that the system has when its name servers know none', async () => {
    const system = resolver({ lookUp: async () => ['10.0.0.1'] })
    expect(await systemNames(system, () => false).lookUp('a.example')).toEqual({
      addresses: ['10.0.0.1'],
      ttlSeconds: 60,
    })
  })

  it('of the local network are not asked of name servers', async () => {
    const system = resolver({
      resolve4: () => Promise.reject(new Error('asked a name server')),
      lookUp: async () => ['192.168.0.5'],
    })
    expect((await systemNames(system, () => false).lookUp('printer.local')).addresses).toEqual([
      '192.168.0.5',
    ])
  })

  it('that do not exist are no failure, and silence is no answer', async () => {
    expect(await systemNames(resolver({}), () => false).lookUp('no.example')).toEqual({
      addresses: [],
      ttlSeconds: 30,
    })
    const silent = resolver({
      lookUp: () => Promise.reject(Object.assign(new Error(), { code: 'EAI_AGAIN' })),
    })
    await expect(systemNames(silent, () => false).lookUp('a.example')).rejects.toMatchObject({
      kind: 'resolverFailed',
    })
  })
})
