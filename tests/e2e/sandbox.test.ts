import { readFileSync, readlinkSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, type Page, test } from '@playwright/test'
import { ProcessKind } from '../../contracts/processes.ts'
import { sandboxTable } from '../../src/processes/sandbox/sandbox-table.ts'
import { type FixtureServer, serveFixtures } from '../fixtures/server.ts'
import { launchNexus, type Nexus } from './nexus.ts'

// What the table of sandboxes says that the system holds, tried from within each such process of the running browser.
// Services are tried in src/processes/sandbox/forbidden.test.ts.

test.describe.configure({ mode: 'serial' })

let server: FixtureServer
let nexus: Nexus
/** Hears whoever comes past the proxy and the policies. */
let outside: Server
const visitors: string[] = []

test.beforeAll(async () => {
  server = await serveFixtures()
  outside = createServer((request, response) => {
    visitors.push(request.url ?? '')
    response.writeHead(200, { 'access-control-allow-origin': '*' }).end('outside')
  })
  await new Promise<void>(resolve => outside.listen(0, '127.0.0.1', resolve))
  nexus = await launchNexus()
  await nexus.go(`${server.origin}/curious`)
  await expect(nexus.chrome.getByRole('tab', { name: /Curious/, selected: true })).toBeVisible()
})
test.afterAll(async () => {
  await nexus[Symbol.asyncDispose]()
  await server[Symbol.asyncDispose]()
  outside.closeAllConnections()
  await new Promise(resolve => outside.close(resolve))
})

interface Subject {
  /** The document that tries. */
  readonly page: () => Promise<Page>
  /** The process that is looked at from the side of the system. */
  readonly pid: () => Promise<number>
}

const pidOf = (urlPart: string): Promise<number> =>
  nexus.app.evaluate(({ webContents }, part) => {
    const contents = webContents.getAllWebContents().find(one => one.getURL().includes(part))
    return contents?.getOSProcessId() ?? 0
  }, urlPart)

/** By kind; those of whom nothing is claimed, or that are not pages, have none. */
const subjects: Readonly<Record<ProcessKind, Subject | null>> = {
  chrome: { page: async () => nexus.chrome, pid: () => pidOf('nexus://chrome') },
  tab: { page: () => nexus.page('/curious'), pid: () => pidOf('/curious') },
  compositor: { page: () => nexus.page('compositor'), pid: () => pidOf('nexus://compositor') },
  controller: null,
  gpu: null,
  engine: null,
  ai: null,
  storage: null,
  network: null,
  audio: null,
}
const tried = ProcessKind.anyOf.flatMap(({ const: kind }) => {
  const subject = subjects[kind]
  return subject === null ? [] : [{ kind, subject }]
})

test('every kind that the system holds is tried here', () => {
  const claimed = Object.entries(sandboxTable).filter(([, row]) => row.enforcedBy === 'system')
  expect(tried.map(({ kind }) => kind).sort()).toEqual(claimed.map(([kind]) => kind).sort())
})

test('the compositor runs', async () => {
  await nexus.chrome.getByRole('button', { name: 'All tabs' }).click()
  await nexus.page('compositor')
})

for (const { kind, subject } of tried) {
  test(`${kind}: files, Node, other sites, our scheme and threads of the system are out of reach`, async () => {
    const page = await subject.page()
    const { port } = outside.address() as AddressInfo
    const before = await page.evaluate(() => location.href)
    const outcomes = await page.evaluate(tryFromPage, { outside: `127.0.0.1:${port}/${kind}` })
    expect(outcomes.found).toEqual([])
    const { 'fetch outside': fetched, ...others } = outcomes.reached
    expect(Object.entries(others).filter(([, outcome]) => outcome !== 'refused')).toEqual([])
    // A page of the web may ask others; it does so by the proxy. Our own pages ask nobody.
    expect(fetched).toBe(kind === 'tab' ? 'reached' : 'refused')
    const heard = visitors.filter(path => path.startsWith(`/${kind}`)).sort()
    expect(heard).toEqual(kind === 'tab' ? ['/tab-fetch', '/tab-picture'] : [])
    expect(await page.evaluate(() => location.href)).toBe(before)
  })

  test(`${kind}: the system shuts its process in`, async () => {
    test.skip(process.platform !== 'linux', 'read from /proc')
    test.skip(process.getuid?.() !== 0, 'only root may look into it')
    await expect.poll(subject.pid).toBeGreaterThan(1)
    const pid = await subject.pid()
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    const fact = (name: string): string | undefined => new RegExp(`^${name}:\\s*(.+)$`, 'm').exec(status)?.[1]
    expect({
      // A filter of system calls, no way to more rights, and none at all.
      seccomp: fact('Seccomp'),
      gainsNoRights: fact('NoNewPrivs'),
      rights: fact('CapEff'),
    }).toEqual({ seccomp: '2', gainsNoRights: '1', rights: '0000000000000000' })
    // A network and processes of its own, that is none; and a root without files.
    const main = nexus.app.process().pid ?? 0
    for (const space of ['net', 'pid', 'user']) {
      expect(readlinkSync(`/proc/${pid}/ns/${space}`)).not.toBe(readlinkSync(`/proc/${main}/ns/${space}`))
    }
    expect(readlinkSync(`/proc/${pid}/root`)).not.toBe('/')
  })
}

interface FromPage {
  /** Names of what no page should have. */
  readonly found: readonly string[]
  readonly reached: Readonly<Record<string, string>>
}

/** Runs in the document: tries each way out, and says for each whether it led anywhere. */
async function tryFromPage({ outside }: { readonly outside: string }): Promise<FromPage> {
  const found = [
    'require',
    'process',
    'module',
    'Buffer',
    'electron',
    'ipcRenderer',
    'TCPSocket',
    'UDPSocket',
  ].filter(name => name in globalThis)
  const soon = <Result>(work: Promise<Result>): Promise<Result | string> =>
    Promise.race([work, new Promise<string>(resolve => setTimeout(resolve, 2_000, 'refused'))])
  const fetched = (url: string): Promise<string> =>
    soon(
      fetch(url, { mode: 'no-cors' }).then(
        () => 'reached',
        () => 'refused',
      ),
    )
  const loaded = (make: () => HTMLElement & { onload: unknown; onerror: unknown }): Promise<string> =>
    soon(
      new Promise<string>(resolve => {
        try {
          const element = make()
          element.onload = () => resolve('reached')
          element.onerror = () => resolve('refused')
          document.documentElement.append(element)
        } catch {
          resolve('refused')
        }
      }),
    )
  const script = (src: string) => () => Object.assign(document.createElement('script'), { src })
  const image = (src: string) => () => Object.assign(document.createElement('img'), { src })
  /** A frame says that it loaded whatever it shows; what counts is whether it can be looked into, or shows files. */
  const framed = (src: string): Promise<string> =>
    soon(
      new Promise<string>(resolve => {
        const frame = Object.assign(document.createElement('iframe'), { src })
        frame.onload = () => {
          try {
            resolve((frame.contentDocument?.body?.textContent ?? '') === '' ? 'refused' : 'reached')
          } catch {
            resolve('refused')
          }
        }
        document.documentElement.append(frame)
      }),
    )
  const opened = (url: string): string => {
    try {
      const other = window.open(url)
      return other === null || other.closed ? 'refused' : 'reached'
    } catch {
      return 'refused'
    }
  }
  const connected = (make: () => { onopen: unknown; onerror: unknown }): Promise<string> =>
    soon(
      new Promise<string>(resolve => {
        try {
          const socket = make()
          socket.onopen = () => resolve('reached')
          socket.onerror = () => resolve('refused')
        } catch {
          resolve('refused')
        }
      }),
    )
  const candidates = async (): Promise<string> => {
    try {
      const connection = new RTCPeerConnection({ iceServers: [{ urls: `stun:${outside.split('/')[0]}` }] })
      connection.createDataChannel('x')
      const heard: string[] = []
      connection.onicecandidate = event => event.candidate && heard.push(event.candidate.candidate)
      await connection.setLocalDescription(await connection.createOffer())
      await new Promise(resolve => setTimeout(resolve, 500))
      connection.close()
      return heard.length === 0 ? 'refused' : `reached ${heard.join(' ')}`
    } catch {
      return 'refused'
    }
  }
  const reached = {
    'fetch of a file': await fetched('file:///etc/passwd'),
    'script of a file': await loaded(script('file:///etc/passwd')),
    'picture of a file': await loaded(image('file:///usr/share/pixmaps/debian-logo.png')),
    'frame of a file': await framed('file:///etc/passwd'),
    'window of a file': opened('file:///etc/passwd'),
    'page of the engine': opened('chrome://version'),
    'view of the source': opened('view-source:file:///etc/passwd'),
    'fetch of the other page of ours': await fetched(
      location.host === 'chrome' ? 'nexus://compositor/index.html' : 'nexus://chrome/index.html',
    ),
    'script of the engine': await loaded(script('chrome://resources/js/load_time_data.js')),
    'datagrams to anyone': await candidates(),
    'transport past the proxy': await soon(
      (async () => {
        const transport = new WebTransport(`https://${outside}`)
        await transport.ready
        return 'reached'
      })().catch(() => 'refused'),
    ),
    'socket to a port of the system': await connected(() => new WebSocket('ws://127.0.0.1:22/')),
    'fetch outside': await fetched(`http://${outside}-fetch`),
    'picture outside': await loaded(image(`http://${outside}-picture`)),
  }
  location.assign('file:///etc/passwd')
  await new Promise(resolve => setTimeout(resolve, 200))
  return { found, reached }
}
