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

test('a page finds nothing of Nexus or Node in its world', async () => {
  await nexus.go(`${server.origin}/curious`)
  const page = await nexus.page('/curious')
  const found = await page.evaluate(() =>
    ['require', 'process', 'module', 'ipcRenderer', 'nexus', 'electron', 'Buffer', '__dirname'].filter(
      name => name in globalThis,
    ),
  )
  expect(found).toEqual([])
})

test('a page cannot reach the chrome UI by its scheme, by frame, fetch, redirect or navigation', async () => {
  await nexus.go(`${server.origin}/curious`)
  const page = await nexus.page('/curious')
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
  await expect(nexus.chrome.getByRole('main', { name: 'Page' })).toContainText(/ERR_/)
})

test('a permission is denied without being asked for', async () => {
  await nexus.go(`${server.origin}/curious`)
  const page = await nexus.page('/curious')
  const answers = await page.evaluate(async () => {
    const geolocation = await new Promise(resolve =>
      navigator.geolocation.getCurrentPosition(
        () => resolve('given'),
        error => resolve(error.code === 1 ? 'denied' : `error ${error.code}`),
        { timeout: 5_000 },
      ),
    )
    return { geolocation, notification: await Notification.requestPermission() }
  })
  expect(answers).toEqual({ geolocation: 'denied', notification: 'denied' })
})

test('two sites never share a process, not even as frame and page', async () => {
  await nexus.go(`${server.origin}/frames`)
  const page = await nexus.page('/frames')
  await expect(page.frameLocator('iframe').getByText('Second')).toBeVisible()
  const sites = await nexus.app.evaluate(({ webContents }) =>
    webContents
      .getAllWebContents()
      .flatMap(contents => contents.mainFrame.framesInSubtree)
      .map(frame => ({ origin: frame.origin, pid: frame.osProcessId }))
      .filter(frame => frame.pid > 0),
  )
  const bySite = new Map<number, Set<string>>()
  for (const { origin, pid } of sites) bySite.set(pid, (bySite.get(pid) ?? new Set()).add(origin))
  const shared = [...bySite.values()].filter(origins => origins.size > 1)
  expect(shared).toEqual([])
  expect(sites.some(frame => frame.origin.includes('other.localhost'))).toBe(true)
})

test('every page runs behind the sandbox of the operating system', async () => {
  test.skip(process.platform !== 'linux', 'read from /proc')
  const pids = await nexus.app.evaluate(({ webContents }) =>
    webContents
      .getAllWebContents()
      .map(contents => contents.getOSProcessId())
      .filter(pid => pid > 0),
  )
  expect(pids.length).toBeGreaterThan(1)
  // 2 is the filter mode of seccomp: the process may make only the system calls that its policy allows.
  const modes = pids.map(pid => /^Seccomp:\t(\d)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])
  expect(new Set(modes)).toEqual(new Set(['2']))
})
