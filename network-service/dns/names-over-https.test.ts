import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { NamesOverHttps } from './names-over-https.ts'
import { encodeAnswer } from './testing/answers.ts'

const fixtures = new URL('../../tests/fixtures/', import.meta.url)
const certificate = readFileSync(new URL('untrusted-certificate.pem', fixtures))
let server: Server
let names: NamesOverHttps
const seen: { method: string; type: string; body: Buffer }[] = []

beforeAll(async () => {
  server = createServer(
    { key: readFileSync(new URL('untrusted-key.pem', fixtures)), cert: certificate },
    async (request, response) => {
      const parts: Buffer[] = []
      for await (const part of request) parts.push(part)
      const body = Buffer.concat(parts)
      seen.push({ method: request.method ?? '', type: request.headers['content-type'] ?? '', body })
      const isFour = body.readUInt16BE(body.indexOf('example') + 8) === 1
      const send = (answer: Buffer, type = 'application/dns-message', status = 200): void =>
        void response.writeHead(status, { 'content-type': type }).end(answer)
      if (body.includes('both'))
        send(
          isFour
            ? encodeAnswer('both.example', [{ type: 'A', ttl: 50, address: [93, 184, 216, 34] }])
            : encodeAnswer('both.example', [
                { type: 'AAAA', ttl: 40, address: [38, 6, ...Array(13).fill(0), 1] },
              ]),
        )
      else if (body.includes('half'))
        isFour
          ? send(encodeAnswer('half.example', [{ type: 'A', ttl: 50, address: [93, 184, 216, 34] }]))
          : send(Buffer.alloc(0), 'text/html', 500)
      else if (body.includes('none'))
        send(encodeAnswer('none.example', [], { code: 3, soa: { ttl: 90, minimum: 70 } }))
      else if (body.includes('long')) send(Buffer.alloc(100_000))
      else if (body.includes('fails')) send(encodeAnswer('fails.example', [], { code: 2 }))
      else send(Buffer.from('<html>sign in to this network'), 'text/html')
    },
  )
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  names = new NamesOverHttps({
    template: `https://localhost:${port}/dns-query{?dns}`,
    prefersIpv6: () => true,
    connect: { ca: certificate },
  })
})
afterAll(async () => {
  await names[Symbol.asyncDispose]()
  server.closeAllConnections()
  await new Promise(resolve => server.close(resolve))
})

it('asks for both kinds of addresses by POST, in messages of one length', async () => {
  expect(await names.lookUp('both.example')).toEqual({
    addresses: ['2606::1', '93.184.216.34'],
    ttlSeconds: 40,
  })
  expect(seen.map(({ method, type, body }) => [method, type, body.length])).toEqual([
    ['POST', 'application/dns-message', 128],
    ['POST', 'application/dns-message', 128],
  ])
})

it('is content with one of two answers when it leads somewhere', async () => {
  expect((await names.lookUp('half.example')).addresses).toEqual(['93.184.216.34'])
})

it('tells that there is no such name, for as long as the zone says', async () => {
  expect(await names.lookUp('none.example')).toEqual({ addresses: [], ttlSeconds: 70 })
})

it.each(['fails.example', 'portal.example', 'long.example'])('fails for %s', async name => {
  await expect(names.lookUp(name)).rejects.toMatchObject({ kind: 'resolverFailed' })
})

it('believes no server whose certificate nobody trusts', async () => {
  const { port } = server.address() as AddressInfo
  await using careful = new NamesOverHttps({
    template: `https://localhost:${port}/`,
    prefersIpv6: () => false,
    connect: {},
  })
  await expect(careful.lookUp('both.example')).rejects.toMatchObject({ kind: 'resolverFailed' })
})
