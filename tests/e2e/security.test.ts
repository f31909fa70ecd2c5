import { readFileSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import { type FixtureServer, serveFixtures } from '../fixtures/server.ts'
import { launchNexus, type Nexus } from './nexus.ts'

let server: FixtureServer
let nexus: Nexus

test.beforeAll(async () => {
  server = await serveFixtures()
  nexus = await launchNexus()
})
test.afterAll(async () => {
  await nexus[Symbol.asyncDispose]()
  await server[Symbol.asyncDispose]()
})

/** Loads a page and waits until it stands, so that nothing navigates under the test. */
async function open(path: string, title: RegExp) {
  opened += 1
  const address = `${path}?time=${opened}`
  await nexus.go(`${server.origin}${address}`)
  await expect(nexus.chrome.getByRole('tab', { name: title, selected: true })).toBeVisible()
  await expect(nexus.chrome.getByRole('button', { name: 'Reload' })).toBeVisible()
  return nexus.page(address)
}

/** Each load has an address of its own, so that the document of an earlier one is not taken for it. */
let opened = 0

test('a page finds nothing of Nexus or Node in its world', async () => {
  const page = await open('/curious', /Curious/)
  const found = await page.evaluate(() =>
    ['require', 'process', 'module', 'ipcRenderer', 'nexus', 'electron', 'Buffer', '__dirname'].filter(
      name => name in globalThis,
    ),
  )
  expect(found).toEqual([])
})

test('a page cannot reach the chrome UI by its scheme, by frame, fetch, redirect or navigation', async () => {
  const page = await open('/curious', /Curious/)
  const chromeAddress = nexus.chrome.url()
  const outcomes = await page.evaluate(
    async addresses => {
      const results: string[] = []
      for (const address of addresses) {
        results.push(
          await fetch(address).then(
            response => `fetched ${response.status}`,
            () => 'refused',
          ),
        )
        const script = document.createElement('script')
        script.src = address.replace('index.html', 'index.js')
        const loaded = new Promise<string>(resolve => {
          script.onload = () => resolve('loaded')
          script.onerror = () => resolve('refused')
        })
        document.body.append(script)
        results.push(await loaded)
      }
      return results
    },
    ['nexus://chrome/index.html', chromeAddress],
  )
  expect(new Set(outcomes)).toEqual(new Set(['refused']))
  await nexus.go(`${server.origin}/redirects-to-chrome`)
  await expect.poll(() => server.requests.includes('/redirects-to-chrome')).toBe(true)
  await expect(nexus.chrome.getByRole('button', { name: 'Reload' })).toBeVisible()
  for (const document of nexus.app.windows()) {
    if (document === nexus.chrome) continue
    expect(await document.getByRole('tablist').count()).toBe(0)
  }
})

test('a permission that no page gets is denied without a question', async () => {
  const page = await open('/curious', /Curious/)
  const answers = await page.evaluate(async () => ({
    sysex: await navigator.requestMIDIAccess({ sysex: true }).then(
      () => 'given',
      error => error.name,
    ),
    fonts: await ('queryLocalFonts' in window && typeof window.queryLocalFonts === 'function'
      ? window.queryLocalFonts().then(
          (fonts: unknown[]) => `given ${fonts.length}`,
          (error: Error) => error.name,
        )
      : 'SecurityError'),
  }))
  expect(answers.sysex).toMatch(/NotAllowedError|SecurityError/)
  expect(answers.fonts).toMatch(/NotAllowedError|SecurityError|given 0/)
  await expect(nexus.chrome.getByRole('dialog', { name: /wants/ })).toHaveCount(0)
})

test('two sites never share a process, not even as frame and page', async () => {
  const page = await open('/frames', /Frames/)
  await expect(page.frameLocator('iframe').getByRole('heading', { name: 'Second' })).toBeVisible()
  const frames = () =>
    nexus.app.evaluate(({ webContents }) =>
      webContents
        .getAllWebContents()
        .flatMap(contents => contents.mainFrame.framesInSubtree)
        .map(frame => ({ origin: frame.origin, pid: frame.osProcessId })),
    )
  // the page and its frame; the processes of our own pages are there besides
  const ofSites = async () =>
    (await frames()).filter(({ origin, pid }) => pid > 0 && origin.includes('localhost')).length
  await expect.poll(ofSites).toBe(2)
  const sites = await frames()
  const bySite = new Map<number, Set<string>>()
  for (const { origin, pid } of sites) bySite.set(pid, (bySite.get(pid) ?? new Set()).add(origin))
  const shared = [...bySite.values()].filter(origins => origins.size > 1)
  expect(shared).toEqual([])
  expect(sites.some(frame => frame.origin.includes('other.localhost'))).toBe(true)
})

test('every page runs behind the sandbox of the operating system', async () => {
  test.skip(process.platform !== 'linux', 'read from /proc')
  await open('/curious', /Curious/)
  const pids = () =>
    nexus.app.evaluate(({ webContents }) =>
      webContents
        .getAllWebContents()
        .map(contents => contents.getOSProcessId())
        .filter(pid => pid > 0),
    )
  // The window, the page, and pages that wait for a tab.
  await expect.poll(async () => (await pids()).length).toBeGreaterThan(1)
  // 2 is the filter mode of seccomp: the process may make only the system calls that its policy allows.
  const modes = (await pids()).map(
    pid => /^Seccomp:\t(\d)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1],
  )
  expect(new Set(modes)).toEqual(new Set(['2']))
})
