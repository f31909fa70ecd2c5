import { createSocket, type Socket as UdpSocket } from 'node:dgram'
import { once } from 'node:events'
import { createServer, get, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from '@playwright/test'
import { launchNexus, type Nexus } from './nexus.ts'
import { ownerOfPort } from './socket-owner.ts'

/** A site that knows which process made each connection to it. */
interface WatchedSite {
  readonly server: Server
  readonly port: number
  readonly paths: string[]
  readonly owners: Map<number, number | null>
}

let site: WatchedSite
let stun: UdpSocket
const datagrams: Buffer[] = []
let nexus: Nexus

test.beforeAll(async () => {
  test.skip(process.platform !== 'linux', 'read from /proc')
  site = await watchedSite()
  stun = createSocket('udp4', message => void datagrams.push(message))
  stun.bind(0, '127.0.0.1')
  await once(stun, 'listening')
  nexus = await launchNexus({ environment: { NEXUS_HOSTS: '127.0.0.1 site.test other.test' } })
})
test.afterAll(async () => {
  await nexus[Symbol.asyncDispose]()
  stun.close()
  site.server.closeAllConnections()
  await new Promise(resolve => site.server.close(resolve))
})

const networkPid = (): Promise<number> =>
  nexus.app.evaluate(
    ({ app }) => app.getAppMetrics().find(metric => metric.name === 'nexus-network')?.pid ?? 0,
  )
const proxyOf = (): Promise<string> =>
  nexus.app.evaluate(({ session }) => session.defaultSession.resolveProxy('http://localhost/'))
const seen = (path: string): number => site.paths.filter(one => one === path).length

test('whatever a page does, only the network process connects to anyone', async () => {
  const { port: stunPort } = stun.address()
  await nexus.go(`http://site.test:${site.port}/everything?stun=${stunPort}`)
  await expect(nexus.chrome.getByRole('tab', { name: 'Everything', selected: true })).toBeVisible()
  const page = await nexus.page('/everything')
  await expect.poll(() => expectedPaths.filter(path => seen(path) === 0), { timeout: 20_000 }).toEqual([])
  // What WebRTC found without asking anyone: nothing, for all that it could tell is behind UDP.
  expect(await page.evaluate('window.candidates')).toEqual([])
  const pid = await networkPid()
  expect(pid).toBeGreaterThan(0)
  expect(new Set(site.owners.values())).toEqual(new Set([pid]))
  expect(datagrams).toEqual([])
})

test('private tabs reach the network by it too', async () => {
  await nexus.newPrivateTab()
  await nexus.go(`http://other.test:${site.port}/in-private`)
  await expect(nexus.chrome.getByRole('tab', { name: /Plain.*private/, selected: true })).toBeVisible()
  expect(new Set(site.owners.values())).toEqual(new Set([await networkPid()]))
  await nexus.newTab()
})

test('a connection that goes around the network process would be noticed', async () => {
  const before = site.owners.size
  await new Promise(resolve => get(`http://127.0.0.1:${site.port}/around`, resolve))
  expect([...site.owners.values()].slice(before)).toEqual([process.pid])
  for (const [port, owner] of site.owners) if (owner === process.pid) site.owners.delete(port)
})

test('a page that cannot be reached says why, although the engine sees only the proxy', async () => {
  const main = nexus.chrome.getByRole('main', { name: 'Page' })
  const nobody = createServer()
  await new Promise<void>(resolve => nobody.listen(0, '127.0.0.1', resolve))
  const port = portOf(nobody)
  await new Promise(resolve => nobody.close(resolve))
  await nexus.go(`http://localhost:${port}/`)
  await expect(main).toContainText('ERR_CONNECTION_REFUSED')
  await nexus.go(`https://localhost:${port}/`)
  await expect(main).toContainText('ERR_CONNECTION_REFUSED')
  await nexus.go('http://no-such-host.test/')
  await expect(main).toContainText('ERR_NAME_NOT_RESOLVED')
})

test('killed while pages load, it comes back on its port, and the tabs load what failed', async () => {
  test.slow()
  const proxy = await proxyOf()
  expect(proxy).toMatch(/^PROXY 127\.0\.0\.1:\d+$/)
  await nexus.newTab()
  await nexus.go(`http://site.test:${site.port}/slow`)
  await expect.poll(() => seen('/slow')).toBe(1)
  const first = await networkPid()
  process.kill(first, 'SIGKILL')
  const notices = nexus.chrome.getByRole('log', { name: 'Notices' })
  await expect(notices).toContainText('Network stopped and is being restarted')
  await expect.poll(() => seen('/slow'), { timeout: 20_000 }).toBe(2)
  await expect(nexus.chrome.getByRole('tab', { name: 'Came late', selected: true })).toBeVisible()
  expect(await networkPid()).not.toBe(first)
  expect(await proxyOf()).toBe(proxy)
  // Once, and no more.
  await nexus.go(`http://site.test:${site.port}/plain`)
  await expect(nexus.chrome.getByRole('tab', { name: 'Plain', selected: true })).toBeVisible()
  expect(seen('/slow')).toBe(2)
})

test('while it is away nothing goes around it', async () => {
  test.slow()
  const owners = site.owners.size
  const pid = await networkPid()
  process.kill(pid, 'SIGKILL')
  await nexus.go(`http://site.test:${site.port}/meanwhile`)
  await expect(nexus.chrome.getByRole('tab', { name: 'Plain', selected: true })).toBeVisible({
    timeout: 20_000,
  })
  await expect.poll(() => seen('/meanwhile'), { timeout: 20_000 }).toBe(1)
  const next = await networkPid()
  expect(next).not.toBe(pid)
  expect([...site.owners.values()].slice(owners).filter(owner => owner !== next)).toEqual([])
})

/** What the page of `/everything` asks for. */
const expectedPaths = [
  '/image',
  '/style',
  '/script',
  '/frame',
  '/fetch',
  '/fetch-of-worker',
  '/worker',
  '/beacon',
  '/socket',
  '/form',
  '/events',
  '/other-site',
]

const everything = (port: number, stunPort: number): string => `<!doctype html><title>Everything</title>
<link rel="dns-prefetch" href="//prefetched.other.test"><link rel="preconnect" href="http://other.test:${port}">
<link rel="prefetch" href="/prefetched"><link rel="stylesheet" href="/style"><img src="/image">
<iframe name="inner" src="/frame"></iframe><img src="http://other.test:${port}/other-site">
<form action="/form" target="inner" method="post"><input name="a" value="b"></form>
<script src="/script"></script>
<script>
  window.candidates = []
  fetch('/fetch')
  new Worker('/worker')
  navigator.sendBeacon('/beacon', 'x')
  new WebSocket('ws://site.test:${port}/socket')
  new EventSource('/events')
  addEventListener('load', () => document.forms[0].submit())
  const peer = new RTCPeerConnection({ iceServers: [{ urls: 'stun:127.0.0.1:${stunPort}' },
    { urls: 'turn:127.0.0.1:${stunPort}?transport=udp', username: 'a', credential: 'b' }] })
  peer.onicecandidate = event => event.candidate?.candidate && / udp /i.test(event.candidate.candidate)
    && window.candidates.push(event.candidate.candidate)
  peer.createDataChannel('x')
  peer.createOffer().then(offer => peer.setLocalDescription(offer))
</script>`

async function watchedSite(): Promise<WatchedSite> {
  const owners = new Map<number, number | null>()
  const paths: string[] = []
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://site.test')
    paths.push(pathname)
    const html = (text: string): void =>
      void response.writeHead(200, { 'content-type': 'text/html' }).end(text)
    switch (pathname) {
      case '/everything':
        return html(everything(portOf(server), Number(searchParams.get('stun'))))
      case '/worker':
        response.writeHead(200, { 'content-type': 'text/javascript' }).end("fetch('/fetch-of-worker')")
        return
      case '/slow':
        // The first time the page never gets to its end.
        if (paths.filter(path => path === '/slow').length > 1) html('<title>Came late</title>')
        return
      case '/events':
        response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders()
        return
      default:
        html('<title>Plain</title><p>plain</p>')
    }
  })
  server.on('connection', socket => {
    const { remotePort = 0 } = socket
    owners.set(remotePort, ownerOfPort(remotePort))
  })
  server.on('upgrade', (request, socket) => {
    paths.push(new URL(request.url ?? '/', 'http://site.test').pathname)
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n')
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return { server, port: portOf(server), paths, owners }
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port
}
