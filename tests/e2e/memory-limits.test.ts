import { expect, type Page, test } from '@playwright/test'
import { type FixtureServer, serveFixtures } from '../fixtures/server.ts'
import { launchNexus, type Nexus } from './nexus.ts'
import { lastLine, nexusCommand } from './nexus-command.ts'

interface Row {
  readonly id: string
  readonly pid: number | null
  readonly state: string
}

/** Low enough to be reached soon, and far above what an empty page holds. */
const tabLimitMegabytes = 200

let server: FixtureServer
let nexus: Nexus

test.beforeEach(async () => {
  server = await serveFixtures()
  nexus = await launchNexus({ environment: { NEXUS_VERBOSE: '1' } })
})
test.afterEach(async () => {
  await nexus[Symbol.asyncDispose]()
  await server[Symbol.asyncDispose]()
})

async function setLimit(chrome: Page, name: string, megabytes: number): Promise<void> {
  await chrome.keyboard.press('Control+Comma')
  const field = chrome.getByRole('textbox', { name, exact: true })
  await field.fill(String(megabytes))
  await field.press('Enter')
  await expect(chrome.getByRole('button', { name: `${name}: back to`, exact: false })).toBeVisible()
  await chrome.getByRole('button', { name: 'Close settings' }).click()
}

test('a page over its limit is asked first, then ended with a word, and others are untouched', async () => {
  const { chrome } = nexus
  await setLimit(chrome, 'Pages, each site', tabLimitMegabytes)
  await nexus.go(`${server.otherOrigin}/second`)
  const neighbour = await nexus.page('/second')
  await neighbour.evaluate('globalThis.mark = 1')
  await nexus.newTab()
  await nexus.go(`${server.origin}/hoards`)
  const page = await nexus.page('/hoards')

  await page.evaluate('hold(160)')
  await expect
    .poll(() => nexus.terminal(), { timeout: 20_000 })
    .toMatch(/holds \d+ MB of 200 MB, and was asked/)
  await page.evaluate('hold(100)').catch(() => {})
  await expect(chrome.getByRole('heading', { name: 'Hoards used all its memory' })).toBeVisible({
    timeout: 20_000,
  })
  await expect(
    chrome.getByText(/localhost held 2\d\d MB of memory, more than its limit of 200 MB/),
  ).toBeVisible()
  expect(await neighbour.evaluate('globalThis.mark')).toBe(1)

  await chrome.getByRole('button', { name: /Restart page/ }).click()
  await expect(chrome.getByRole('tab', { name: 'Hoards', exact: true, selected: true })).toBeVisible()
  await expect.poll(() => server.requests.filter(path => path === '/hoards').length).toBe(2)
})

test('a site that needs it is let hold twice as much from where it was ended, and nobody else is', async () => {
  const { chrome, userDataFolder } = nexus
  await setLimit(chrome, 'Pages, each site', tabLimitMegabytes)
  await nexus.go(`${server.origin}/hoards`)
  const page = await nexus.page('/hoards')
  await page.evaluate('hold(260)').catch(() => {})
  await expect(chrome.getByRole('heading', { name: 'Hoards used all its memory' })).toBeVisible({
    timeout: 30_000,
  })
  const { stdout } = await nexusCommand(userDataFolder, 'crashes', '--json')
  expect(lastLine(stdout)).toMatchObject({
    crashes: [{ kind: 'page', reason: 'memory limit', site: 'localhost' }],
  })
  await chrome.getByRole('button', { name: 'Restart with 400 MB' }).click()
  await expect.poll(() => server.requests.filter(path => path === '/hoards').length).toBe(2)
  const limits = async (): Promise<unknown> => {
    const listed = await nexusCommand(userDataFolder, 'ps', '--json')
    const { rows } = lastLine(listed.stdout) as { rows: (Row & { memoryLimitBytes: number | null })[] }
    return rows.find(({ id }) => id.startsWith('renderer:'))?.memoryLimitBytes
  }
  await expect.poll(limits, { timeout: 15_000 }).toBe(400 * 1024 * 1024)
})

test('garbage is collected when a page is asked, and is no reason to end it', async () => {
  const { chrome } = nexus
  await setLimit(chrome, 'Pages, each site', tabLimitMegabytes)
  await nexus.go(`${server.origin}/hoards`)
  const page = await nexus.page('/hoards')
  await page.evaluate('globalThis.mark = new WeakRef(make(180)); 0')
  await expect.poll(() => page.evaluate('mark.deref() === undefined'), { timeout: 20_000 }).toBe(true)
  await expect(chrome.getByRole('tab', { name: 'Hoards', exact: true })).toBeVisible()
})

test('a service that stays over its limit is ended with a word, and comes back by itself', async () => {
  // It starts twice, is given its five seconds to answer, and is ended after them.
  test.setTimeout(120_000)
  const { chrome, userDataFolder } = nexus
  const reader = async (): Promise<{ pid: number; state: string }> => {
    const { stdout } = await nexusCommand(userDataFolder, 'ps', '--json')
    const { rows } = lastLine(stdout) as { rows: Row[] }
    const row = rows.find(({ id }) => id === 'service:ai')
    if (row?.pid == null) throw new Error('The reader does not run')
    return { ...row, pid: row.pid }
  }
  await nexus.go(`${server.origin}/article`)
  await expect(chrome.getByRole('tab', { name: /Listening to the tide/, selected: true })).toBeVisible()
  await chrome.getByRole('button', { name: 'Analyse' }).click()
  await expect(chrome.getByRole('region', { name: 'Summary' })).toBeVisible({ timeout: 30_000 })
  const before = await reader()
  // Stopped, so that it cannot free what it is asked for: it would fit otherwise.
  process.kill(before.pid, 'SIGSTOP')
  await setLimit(chrome, 'Reader model', 64)
  await expect(
    chrome.getByText(/^Reader model held \d+ MB of memory, more than its limit of 64 MB, and was ended/),
  ).toBeVisible({ timeout: 30_000 })
  await expect
    .poll(async () => (await reader().catch(() => null))?.state, { timeout: 40_000 })
    .toMatch(/ready|idle|active/)
  const after = await reader()
  expect(after.pid).not.toBe(before.pid)
  await expect(chrome.getByText('Reader model stopped', { exact: false })).toHaveCount(0)
})
