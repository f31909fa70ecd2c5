import { once } from 'node:events'
import type { Socket } from 'node:net'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { authorization, ProxyWorld } from './testing/proxy-world.ts'

let world: ProxyWorld
afterEach(() => world[Symbol.asyncDispose]())

const statusOf = (answer: string): string => answer.slice(0, answer.indexOf('\r\n'))

describe('the proxy knows its pages by a secret', () => {
  it.each([
    ['none', ''],
    ['a wrong one', 'Proxy-Authorization: Basic bm9ib2R5OndyaXRlcyB0aGlz\r\n'],
    ['half of it', `${authorization.slice(0, -10)}\r\n`],
    ['another scheme', authorization.replace('Basic', 'Bearer')],
  ])('and asks who comes with %s, for requests and tunnels alike', async (_, header) => {
    world = await ProxyWorld.open()
    let asked = 0
    const { port } = await world.site((_request, response) => {
      asked += 1
      response.end()
    })
    const site = `127.0.0.1:${port}`
    const request = `Host: ${site}\r\n${header}Connection: close\r\n\r\n`
    const answers = [
      await world.ask(`GET http://${site}/ HTTP/1.1\r\n${request}`),
      await world.ask(`CONNECT ${site} HTTP/1.1\r\n${request}`),
      await world.ask(
        `GET http://${site}/ HTTP/1.1\r\nUpgrade: websocket\r\n${request.replace('close', 'Upgrade')}`,
      ),
    ]
    for (const answer of answers) {
      expect(statusOf(answer)).toBe('HTTP/1.1 407 Proxy Authentication Required')
      expect(answer).toContain('Proxy-Authenticate: Basic realm="Nexus"')
    }
    expect([asked, world.core.proxy?.counts.refusedLogins]).toEqual([0, 3])
  })

  it('which another secret replaces at once', async () => {
    world = await ProxyWorld.open()
    const { port } = await world.site((_request, response) => response.end())
    await world.core.open('another secret that is long enough', null)
    expect(statusOf(await world.get(`http://127.0.0.1:${port}/`))).toMatch(/407/)
  })
})

describe('a plain request', () => {
  it('reaches the site as from a client of its own, without what belongs to the proxy', async () => {
    world = await ProxyWorld.open()
    let line = ''
    let headers: readonly string[] = []
    const { port } = await world.site((request, response) => {
      line = `${request.method} ${request.url}`
      headers = request.rawHeaders
      response.writeHead(201, 'Made', [
        ['Set-Cookie', 'a=1'],
        ['Set-Cookie', 'b=2'],
        ['X-Nexus-Problem', 'spoofed'],
        ['Proxy-Authenticate', 'Basic realm="phish"'],
        ['Connection', 'X-Hop'],
        ['X-Hop', 'mine'],
      ] as never)
      response.end('hello')
    })
    const site = `localhost:${port}`
    const answer = await world.ask(
      `GET http://${site}/a/../b?c=%41#no HTTP/1.1\r\nHost: elsewhere.example\r\n${authorization}` +
        'Proxy-Connection: keep-alive\r\nTE: trailers\r\nX-Hop: secret\r\nCookie: a=1\r\nX-Nexus-Own: x\r\n' +
        'Connection: close, X-Hop\r\n\r\n',
    )
    expect(line).toBe('GET /a/../b?c=%41')
    expect(headers).toEqual(['Host', site, 'Connection', 'keep-alive', 'Cookie', 'a=1'])
    expect(statusOf(answer)).toBe('HTTP/1.1 201 Made')
    expect(answer).toContain('Set-Cookie: a=1\r\nSet-Cookie: b=2')
    expect(answer).not.toMatch(/spoofed|phish|mine/)
    expect(answer).toMatch(/hello/)
  })

  it('uses a connection to a site again, and another when the kept one is closed', async () => {
    world = await ProxyWorld.open()
    const ports: number[] = []
    const kept: Socket[] = []
    const { port, server } = await world.site((request, response) => {
      ports.push(request.socket.remotePort ?? 0)
      response.end('x')
    })
    server.on('connection', socket => void kept.push(socket))
    const url = `http://127.0.0.1:${port}/`
    await world.get(url)
    await world.get(url)
    expect([kept.length, new Set(ports).size, world.core.connections]).toEqual([1, 1, { open: 0, idle: 1 }])
    // Closed at the moment in which the next request is on its way.
    kept[0]?.pause()
    const asking = world.get(url)
    await vi.waitFor(() => expect(world.core.connections.open).toBe(1))
    kept[0]?.destroy()
    expect(statusOf(await asking)).toBe('HTTP/1.1 200 OK')
    expect([kept.length, ports.length]).toEqual([2, 3])
  })

  it('is not sent twice when it changes something', async () => {
    world = await ProxyWorld.open()
    let posts = 0
    const port = await world.rawSite(socket =>
      socket.once('data', (bytes: Buffer) => {
        if (bytes.toString().startsWith('POST')) posts += 1
        socket.destroy()
      }),
    )
    const answer = await world.ask(
      `POST http://127.0.0.1:${port}/ HTTP/1.1\r\nHost: a\r\n${authorization}Content-Length: 2\r\nConnection: close\r\n\r\nhi`,
    )
    expect([statusOf(answer), posts]).toEqual(['HTTP/1.1 502 dropped', 1])
  })

  it('carries bodies of both framings both ways, byte for byte', async () => {
    world = await ProxyWorld.open()
    const { port } = await world.site((request, response) => {
      if (request.headers['content-length'] !== undefined)
        response.setHeader('content-length', request.headers['content-length'])
      request.pipe(response)
    })
    const body = 'x'.repeat(300_000)
    const head = `POST http://127.0.0.1:${port}/ HTTP/1.1\r\nHost: a\r\n${authorization}Connection: close\r\n`
    const withLength = await world.ask(`${head}Content-Length: ${body.length}\r\n\r\n${body}`)
    expect(withLength.endsWith(`\r\n\r\n${body}`)).toBe(true)
    const chunked = await world.ask(
      `${head}Transfer-Encoding: chunked\r\n\r\n${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`,
    )
    expect(chunked.replace(/[\da-f]+\r\n|\r\n/g, '').match(/x/g)?.length).toBe(body.length)
  })

  it('brings a large answer whole to a page that reads slowly, while others go on', async () => {
    world = await ProxyWorld.open()
    const large = Buffer.alloc(8_000_000)
    for (let at = 0; at < large.length; at += 4) large.writeUInt32LE(at, at)
    const { port } = await world.site((request, response) => {
      response.setHeader('content-length', request.url === '/large' ? large.length : 5)
      response.end(request.url === '/large' ? large : 'small')
    })
    const slow = await world.connect()
    const parts: Buffer[] = []
    slow.socket.removeAllListeners('data')
    slow.socket.pause()
    slow.send(
      `GET http://127.0.0.1:${port}/large HTTP/1.1\r\nHost: a\r\n${authorization}Connection: close\r\n\r\n`,
    )
    for (let others = 0; others < 20; others += 1)
      expect(await world.get(`http://127.0.0.1:${port}/small`)).toMatch(/small$/)
    slow.socket.on('data', (bytes: Buffer) => void parts.push(bytes))
    slow.socket.resume()
    await once(slow.socket, 'end')
    const whole = Buffer.concat(parts)
    expect(whole.subarray(whole.indexOf('\r\n\r\n') + 4).equals(large)).toBe(true)
  })

  it('is broken off at the site when the page leaves', async () => {
    world = await ProxyWorld.open()
    const left = Promise.withResolvers<void>()
    const { port } = await world.site((request, response) => {
      request.socket.once('close', () => left.resolve())
      response.write('begin')
    })
    const wire = await world.connect()
    wire.send(`GET http://127.0.0.1:${port}/ HTTP/1.1\r\nHost: a\r\n${authorization}\r\n`)
    await wire.until(/begin/)
    wire.socket.destroy()
    await left.promise
    await vi.waitFor(() => expect(world.core.connections).toEqual({ open: 0, idle: 0 }))
  })
})

describe('what could not be fetched is named', () => {
  it.each([
    ['http://nowhere.example/', 'hostNotFound', 502],
    ['http://rebind.example/', 'privateAddress', 403],
    ['http://127.0.0.1:1/', 'refused', 502],
  ])('%s: %s', async (url, kind, status) => {
    world = await ProxyWorld.open({}, { 'rebind.example': { addresses: ['127.0.0.1'], ttlSeconds: 60 } })
    const answer = await world.get(url)
    expect(statusOf(answer)).toBe(`HTTP/1.1 ${status} ${kind}`)
    expect(answer).toContain(`X-Nexus-Problem: ${kind}`)
    const { hostname, port } = new URL(url)
    expect(world.core.traffic.lastFailure(hostname, Number(port || 80))?.kind).toBe(kind)
    expect(world.core.traffic.lastFailure(hostname, null)?.kind).toBe(kind)
    const tunnel = await world.ask(`CONNECT ${hostname}:443 HTTP/1.1\r\nHost: a\r\n${authorization}\r\n`)
    expect(tunnel).toContain(`X-Nexus-Problem: ${hostname === '127.0.0.1' ? 'refused' : kind}`)
  })

  it('in an answer that an engine takes for no document of the site', async () => {
    world = await ProxyWorld.open()
    const places = (await world.get('http://127.0.0.1:1/')).match(/^Location: .*$/gm)
    expect(new Set(places).size).toBe(2)
  })

  it('and forgotten when it went well since', async () => {
    world = await ProxyWorld.open()
    let isSound = false
    const { port } = await world.site((request, response) => {
      if (isSound) response.end()
      else request.socket.destroy()
    })
    await world.get(`http://127.0.0.1:${port}/`)
    expect(world.core.traffic.lastFailure('127.0.0.1', port)?.kind).toBe('dropped')
    isSound = true
    await world.get(`http://127.0.0.1:${port}/`)
    expect(world.core.traffic.lastFailure('127.0.0.1', port)).toBeNull()
  })

  it.each([
    '127.0.0.1',
    'localhost',
    'deep.localhost',
    '[::1]',
    '0.0.0.0',
    '[::ffff:127.0.0.1]',
    '2130706433',
    '0x7f.1',
  ])('also that %s with its port is the proxy itself', async host => {
    world = await ProxyWorld.open()
    const answers = [
      await world.get(`http://${host}:${world.port}/`),
      await world.ask(`CONNECT ${host}:${world.port} HTTP/1.1\r\nHost: a\r\n${authorization}\r\n`),
    ]
    expect(answers.map(statusOf)).toEqual(Array(2).fill('HTTP/1.1 403 forbidden'))
  })
})

describe('a request that can be read in two ways reaches nobody', () => {
  const head = 'Host: a\r\nAUTHORIZATION'
  it.each([
    [
      'a length and chunks',
      `POST TARGET HTTP/1.1\r\n${head}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    ],
    [
      'chunks and a length',
      `POST TARGET HTTP/1.1\r\n${head}Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n`,
    ],
    ['two lengths', `POST TARGET HTTP/1.1\r\n${head}Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcde`],
    ['a length with a plus', `POST TARGET HTTP/1.1\r\n${head}Content-Length: +4\r\n\r\nabcd`],
    ['a length and a comma', `POST TARGET HTTP/1.1\r\n${head}Content-Length: 4, 4\r\n\r\nabcd`],
    ['an unknown coding', `POST TARGET HTTP/1.1\r\n${head}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n`],
    [
      'chunks before another coding',
      `POST TARGET HTTP/1.1\r\n${head}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n`,
    ],
    ['a space before the colon', `POST TARGET HTTP/1.1\r\n${head}Content-Length : 4\r\n\r\nabcd`],
    ['a broken line', `POST TARGET HTTP/1.1\r\n${head}X: a\r\n Content-Length: 4\r\nY\r\n\r\nabcd`],
    ['a bare carriage return', `POST TARGET HTTP/1.1\r\n${head}X: a\rContent-Length: 4\r\n\r\nabcd`],
    ['a zero byte', `POST TARGET HTTP/1.1\r\n${head}X: a\0b\r\n\r\n`],
    [
      'a chunk size that is none',
      `POST TARGET HTTP/1.1\r\n${head}Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n`,
    ],
    ['no absolute address', `GET / HTTP/1.1\r\n${head}\r\n`],
    [
      'a name in the address',
      `GET TARGETuser HTTP/1.1\r\n${head}\r\n`.replace('TARGETuser', 'http://a:b@127.0.0.1:SITE/'),
    ],
    ['another scheme', `GET https://127.0.0.1:SITE/ HTTP/1.1\r\n${head}\r\n`],
    ['a tunnel to an address', `CONNECT http://127.0.0.1:SITE/ HTTP/1.1\r\n${head}\r\n`],
    ['a tunnel without a port', `CONNECT 127.0.0.1 HTTP/1.1\r\n${head}\r\n`],
    ['a tunnel to port 0', `CONNECT 127.0.0.1:0 HTTP/1.1\r\n${head}\r\n`],
    ['a tunnel to a name with another in it', `CONNECT a@127.0.0.1:SITE HTTP/1.1\r\n${head}\r\n`],
    ['no HTTP', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
  ])('%s', async (_, text) => {
    world = await ProxyWorld.open()
    const heard: string[] = []
    const port = await world.rawSite(socket =>
      socket.on('data', (bytes: Buffer) => {
        heard.push(bytes.toString('latin1'))
        socket.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n')
      }),
    )
    const request = text
      .replaceAll('TARGET', `http://127.0.0.1:${port}/`)
      .replaceAll('SITE', `${port}`)
      .replaceAll('AUTHORIZATION', authorization)
    const answer = await world.ask(request)
    expect(answer === '' || statusOf(answer)).toMatch(/^HTTP\/1\.1 (400|502)/)
    // The beginning of a body whose chunks break later may have gone out; its end never has.
    expect(heard.join('')).not.toMatch(/abc|\r\n0\r\n\r\n$/)
  })
})

describe('nobody takes long over a head', () => {
  it('a page that sends one letter after another is cut off', async () => {
    world = await ProxyWorld.open({ headMs: 200 })
    const wire = await world.connect()
    const letters = setInterval(() => wire.send('x'), 20)
    wire.send(`GET http://127.0.0.1/ HTTP/1.1\r\n${authorization}X: `)
    const answer = await wire.untilEnd()
    clearInterval(letters)
    expect(statusOf(answer)).toBe('HTTP/1.1 408 Request Timeout')
    expect(world.core.proxy?.counts.refusedRequests).toBe(1)
  })

  it('a page whose head does not end is cut off', async () => {
    world = await ProxyWorld.open({ headBytes: 8_192 })
    const wire = await world.connect()
    wire.send(`GET http://127.0.0.1/ HTTP/1.1\r\n${authorization}`)
    wire.send('X: endless\r\n'.repeat(2_000))
    expect(statusOf(await wire.untilEnd())).toBe('HTTP/1.1 431 Request Header Fields Too Large')
  })

  it('a site that sends one letter after another is cut off', async () => {
    world = await ProxyWorld.open()
    const begun = Promise.withResolvers<void>()
    const port = await world.rawSite(socket =>
      socket.once('data', () => socket.write('HTTP/1.1 200 OK\r\nX: ', () => begun.resolve())),
    )
    const asking = world.get(`http://127.0.0.1:${port}/`)
    await begun.promise
    await vi.waitFor(() => {
      world.clock.advance(15_000)
      expect(world.core.traffic.lastFailure('127.0.0.1', port)?.kind).toBe('timedOut')
    })
    expect(statusOf(await asking)).toBe('HTTP/1.1 504 timedOut')
  })

  it('a site that says nothing at all is waited for longer', async () => {
    world = await ProxyWorld.open()
    const asked = Promise.withResolvers<void>()
    const port = await world.rawSite(socket => socket.once('data', () => asked.resolve()))
    const asking = world.get(`http://127.0.0.1:${port}/`)
    await asked.promise
    world.clock.advance(599_999)
    expect(world.core.traffic.open(10).length).toBe(1)
    world.clock.advance(1)
    expect(statusOf(await asking)).toBe('HTTP/1.1 504 timedOut')
  })

  it.each([
    ['whose head does not end', `HTTP/1.1 200 OK\r\n${'X: endless\r\n'.repeat(20_000)}`],
    ['that is about to answer again and again', 'HTTP/1.1 103 Hints\r\n\r\n'.repeat(30)],
    ['with two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab'],
    [
      'that asks for the credentials of the proxy',
      'HTTP/1.1 407 x\r\nProxy-Authenticate: Basic\r\nContent-Length: 0\r\n\r\n',
    ],
    ['that changes the protocol unasked', 'HTTP/1.1 101 x\r\nUpgrade: odd\r\n\r\n'],
    ['that speaks something else', 'SSH-2.0-OpenSSH_9.2\r\n\r\n'],
  ])('a site %s is not passed on', async (_, text) => {
    world = await ProxyWorld.open()
    const port = await world.rawSite(socket => socket.once('data', () => socket.write(text, 'latin1')))
    expect(statusOf(await world.get(`http://127.0.0.1:${port}/`))).toBe('HTTP/1.1 502 badResponse')
  })

  it('what a site sends beyond its answer is no answer to the next request', async () => {
    world = await ProxyWorld.open()
    let connections = 0
    const port = await world.rawSite(socket => {
      connections += 1
      socket.once('data', () =>
        socket.write(
          'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison',
        ),
      )
    })
    const answers = [
      await world.get(`http://127.0.0.1:${port}/`),
      await world.get(`http://127.0.0.1:${port}/`),
    ]
    expect(answers.map(answer => answer.slice(-2))).toEqual(['ok', 'ok'])
    expect([connections, answers.join('').includes('poison')]).toEqual([2, false])
  })
})

describe('many connections', () => {
  it('are held up to a limit; above it an honest answer says so, and there is room again afterwards', async () => {
    world = await ProxyWorld.open({ clients: 5, excessClients: 3 })
    const { port } = await world.site(() => {})
    const url = `http://127.0.0.1:${port}/`
    const held = await Promise.all(Array.from({ length: 5 }, () => world.connect()))
    for (const wire of held) wire.send(`GET ${url} HTTP/1.1\r\nHost: a\r\n${authorization}\r\n`)
    await vi.waitFor(() => expect(world.core.traffic.totals.open).toBe(5))
    expect(statusOf(await world.get(url))).toBe('HTTP/1.1 503 busy')
    expect(statusOf(await world.ask(`CONNECT 127.0.0.1:${port} HTTP/1.1\r\n${authorization}\r\n`))).toBe(
      'HTTP/1.1 503 busy',
    )
    held[0]?.socket.destroy()
    await vi.waitFor(() => expect(world.core.proxy?.counts.clients).toBe(4))
    expect(statusOf(await world.get('http://127.0.0.1:1/'))).toBe('HTTP/1.1 502 refused')
  })

  it('to sites that nobody uses are closed after a while, and all of them when told', async () => {
    world = await ProxyWorld.open()
    const { port } = await world.site((_request, response) => response.end())
    await world.get(`http://127.0.0.1:${port}/`)
    expect(world.core.connections.idle).toBe(1)
    world.clock.advance(60_000)
    await vi.waitFor(() => expect(world.core.connections.idle).toBe(0))
    await world.get(`http://127.0.0.1:${port}/`)
    world.core.closeAllConnections()
    await vi.waitFor(() => expect(world.core.connections).toEqual({ open: 0, idle: 0 }))
    expect(world.clock.timers).toBe(0)
  })
})

describe('a tunnel', () => {
  it('carries both ways what nobody looks at, and ends with either side', async () => {
    world = await ProxyWorld.open()
    const port = await world.rawSite(socket => {
      socket.on('data', bytes => socket.write(bytes))
      socket.on('end', () => socket.end('goodbye'))
    })
    const wire = await world.connect()
    // What comes with the request belongs to the tunnel already.
    wire.send(`CONNECT localhost:${port} HTTP/1.1\r\nHost: localhost:${port}\r\n${authorization}\r\nearly `)
    await wire.until(/200 Connection Established\r\n\r\nearly /)
    wire.send('\x16\x03GET / HTTP/1.1\r\n\r\n')
    await wire.until(/GET \/ HTTP\/1\.1\r\n\r\n$/)
    wire.socket.end()
    expect(await wire.untilEnd()).toMatch(/goodbye$/)
    await vi.waitFor(() => expect(world.core.connections.open).toBe(0))
    const [traffic] = world.core.traffic.byHost(1)
    expect(traffic).toMatchObject({ host: 'localhost', tunnels: 1, requests: 0, open: 0 })
    expect([traffic?.bytesOut, traffic?.bytesIn]).toEqual([26, 33])
  })

  it('is closed at the site when the page goes, and at the page when the site does', async () => {
    world = await ProxyWorld.open()
    const sites: Socket[] = []
    const port = await world.rawSite(socket => void sites.push(socket))
    const open = async () => {
      const wire = await world.connect()
      wire.send(`CONNECT 127.0.0.1:${port} HTTP/1.1\r\n${authorization}\r\n`)
      await wire.until(/Established/)
      return wire
    }
    const [one, two] = [await open(), await open()]
    const ended = once(sites[0] as Socket, 'end')
    sites[0]?.resume()
    one.socket.destroy()
    await ended
    // Only the page's side has ended, as far as anybody can see; the site does not use the time that is left.
    world.clock.advance(60_000)
    await vi.waitFor(() => expect(world.core.traffic.totals.open).toBe(1))
    sites[1]?.destroy()
    await two.untilEnd()
    world.clock.advance(60_000)
    await vi.waitFor(() => expect(world.core.traffic.totals.open).toBe(0))
  })
})

describe('a WebSocket without a tunnel', () => {
  it('is opened at the site, and carries both ways', async () => {
    world = await ProxyWorld.open()
    const { port, server } = await world.site((_request, response) => response.end())
    server.on('upgrade', (request, socket) => {
      const key = request.headers['sec-websocket-key']
      socket.write(
        `HTTP/1.1 101 Switching\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nX-Key: ${key}\r\n\r\nfirst `,
      )
      socket.pipe(socket)
    })
    const wire = await world.connect()
    wire.send(
      `GET http://127.0.0.1:${port}/ HTTP/1.1\r\nHost: a\r\n${authorization}Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: k\r\n\r\n`,
    )
    const head = await wire.until(/\r\n\r\nfirst /)
    expect(head).toMatch(/^HTTP\/1\.1 101 Switching\r\n/)
    expect(head).toContain('X-Key: k')
    expect(head).not.toContain('Proxy-')
    wire.send('echo')
    await wire.until(/first echo$/)
    expect(world.core.traffic.open(1)[0]).toMatchObject({ kind: 'upgrade', bytesOut: 4, bytesIn: 10 })
  })

  it('that a site refuses is refused', async () => {
    world = await ProxyWorld.open()
    const { port } = await world.site((_request, response) => response.writeHead(403).end('no'))
    const answer = await world.ask(
      `GET http://127.0.0.1:${port}/ HTTP/1.1\r\nHost: a\r\n${authorization}Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
    )
    expect(answer).toMatch(/^HTTP\/1\.1 403 Forbidden\r\n(.|\r\n)*\r\n\r\nno$/)
  })
})

it('keeps its port, and takes another when somebody else has it', async () => {
  world = await ProxyWorld.open()
  const taken = await world.rawSite(() => {})
  await using other = new ProxyWorld()
  const port = await other.core.open('a secret that is long enough for this', taken)
  expect(port).not.toBe(taken)
  expect(await other.core.open('a secret that is long enough for this', taken)).toBe(port)
})
