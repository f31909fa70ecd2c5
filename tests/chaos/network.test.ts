import { type ChildProcess, fork } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, request as httpRequest, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { Random } from '../fuzz/random.ts'

const rounds = Number(process.env.NEXUS_CHAOS_ROUNDS ?? 10)
const seed = 20_261_120
const secret = 'a secret for chaos, as long as the real ones are'
const authorization = `Basic ${Buffer.from(`nexus:${secret}`).toString('base64')}`

/** What a page made of its request: an answer that is whole and right, or a failure. Nothing else may happen. */
type Outcome = 'right' | 'failed' | 'wrong'

let site: Server
let sitePort: number

beforeEach(async () => {
  site = createServer((request, response) => void answer(request, response))
  await new Promise<void>(resolve => site.listen(0, '127.0.0.1', resolve))
  sitePort = (site.address() as AddressInfo).port
})
afterEach(async () => {
  site.closeAllConnections()
  await new Promise(resolve => site.close(resolve))
})

/** `/<length or chunked>/<number>`: a body that belongs to that number alone; a body that comes is answered by its hash. */
async function answer(request: IncomingMessage, response: import('node:http').ServerResponse): Promise<void> {
  const [, framing, number = ''] = (request.url ?? '').split('/')
  const hash = createHash('sha256')
  try {
    for await (const part of request) hash.update(part)
  } catch {
    return
  }
  const body = framing === 'upload' ? Buffer.from(hash.digest('hex')) : bodyOf(number)
  if (framing !== 'chunked') response.setHeader('content-length', body.length)
  for (let at = 0; at < body.length; at += 50_000) response.write(body.subarray(at, at + 50_000))
  response.end()
}

function bodyOf(number: string): Buffer {
  return Buffer.alloc(300_000, `this is ${number} `)
}

async function startProxy(port: number): Promise<{ child: ChildProcess; port: number }> {
  const child = fork(new URL('./network/proxy-child.ts', import.meta.url), [secret, `${port}`])
  const [message] = await once(child, 'message')
  return { child, port: Number(Reflect.get(Object(message), 'port')) }
}

/** One request by the proxy, plain or in a tunnel. */
async function ask(port: number, path: string, inTunnel: boolean, upload: Buffer | null): Promise<Outcome> {
  const target = `127.0.0.1:${sitePort}`
  try {
    const socket = inTunnel ? await tunnel(port, target) : null
    const body = await new Promise<Buffer>((resolve, reject) => {
      const request = httpRequest(
        {
          host: '127.0.0.1',
          port,
          method: upload === null ? 'GET' : 'POST',
          path: inTunnel ? path : `http://${target}${path}`,
          agent: false,
          headers: { host: target, ...(inTunnel ? {} : { 'proxy-authorization': authorization }) },
          ...(socket === null ? {} : { createConnection: () => socket }),
        },
        response => {
          const parts: Buffer[] = []
          response.on('data', (part: Buffer) => parts.push(part))
          response.on('error', reject)
          response.on('aborted', () => reject(new Error('broken off')))
          response.on('end', () =>
            response.statusCode === 200 ? resolve(Buffer.concat(parts)) : reject(new Error('refused')),
          )
        },
      )
      request.on('error', reject)
      request.end(upload ?? undefined)
    })
    const wanted =
      upload === null
        ? bodyOf(path.split('/')[2] ?? '')
        : Buffer.from(createHash('sha256').update(upload).digest('hex'))
    return body.equals(wanted) ? 'right' : 'wrong'
  } catch {
    return 'failed'
  }
}

function tunnel(port: number, target: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({
      host: '127.0.0.1',
      port,
      method: 'CONNECT',
      path: target,
      agent: false,
      headers: { 'proxy-authorization': authorization },
    })
    request.on('error', reject)
    request.on('connect', (response, socket) => {
      if (response.statusCode === 200) resolve(socket)
      else {
        socket.destroy()
        reject(new Error('no tunnel'))
      }
    })
    request.end()
  })
}

it(`killed ${rounds} times under load, it gives whole answers or none, and comes back on its port`, async () => {
  const random = new Random(seed)
  let { child, port } = await startProxy(0)
  const counted: Record<Outcome, number> = { right: 0, failed: 0, wrong: 0 }
  let number = 0
  for (let round = 0; round < rounds; round += 1) {
    const asking = Array.from({ length: 40 }, () => {
      number += 1
      const kind = random.pick(['length', 'chunked', 'upload'])
      const upload = kind === 'upload' ? Buffer.alloc(200_000, `${number}`) : null
      return ask(port, `/${kind}/${number}`, random.oneIn(2), upload)
    })
    await delay(random.below(60))
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
    for (const outcome of await Promise.all(asking)) counted[outcome] += 1
    const next = await startProxy(port)
    expect(next.port).toBe(port)
    child = next.child
    number += 1
    expect(await ask(port, `/length/${number}`, false, null)).toBe('right')
  }
  expect(counted.wrong).toBe(0)
  expect(counted.right + counted.failed).toBe(rounds * 40)
  // It was killed in the middle of something.
  expect(counted.failed).toBeGreaterThan(0)
  const gone = once(child, 'exit')
  child.disconnect()
  await gone
  // Nothing of the dead stays behind at the site.
  await expect.poll(() => new Promise(resolve => site.getConnections((_, count) => resolve(count)))).toBe(0)
}, 120_000)
