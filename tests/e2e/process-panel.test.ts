import { expect, test } from '@playwright/test'
import { type FixtureServer, serveFixtures } from '../fixtures/server.ts'
import { launchNexus, type Nexus } from './nexus.ts'

/** The panel of the processes beside real ones, ended with real signals. */
test.describe.configure({ mode: 'serial' })

let server: FixtureServer
let nexus: Nexus

test.beforeAll(async () => {
  server = await serveFixtures()
  nexus = await launchNexus()
  await nexus.go(`${server.origin}/article`)
  await expect(nexus.chrome.getByRole('tab', { name: /Listening to the tide/ })).toBeVisible()
  // the AI process begins with the first thing that it is asked
  await nexus.chrome.getByRole('button', { name: 'Analyse', exact: true }).click()
  await expect(
    nexus.chrome.getByRole('complementary', { name: 'Analysis' }).getByText(/^Done in/),
  ).toBeVisible({ timeout: 30_000 })
  await nexus.chrome.getByRole('button', { name: 'Analyse', exact: true }).click()
  await expect(nexus.chrome.getByRole('complementary')).toHaveCount(0)
  await nexus.go('nexus://processes')
  await expect(grid()).toBeVisible({ timeout: 30_000 })
})
test.afterAll(async () => {
  await nexus[Symbol.asyncDispose]()
  await server[Symbol.asyncDispose]()
})

const grid = () => nexus.chrome.getByRole('treegrid', { name: 'Processes' })
const row = (id: string) => grid().locator(`[data-row="${id}"]`)
const about = (name: string) => nexus.chrome.getByRole('region', { name: `About ${name}` })
const event = (name: RegExp) =>
  nexus.chrome.getByRole('listbox', { name: 'Lifecycle events' }).getByRole('option', { name })
/** Of the process that is chosen; NaN while it does not run. */
const pidOf = async (name: string) =>
  Number.parseInt(await about(name).getByRole('definition').first().innerText(), 10)

test('says how a service was launched, step by step, and what it may do', async () => {
  await row('service:storage').click()
  await expect(about('Storage').getByText('registered')).toBeVisible()
  await expect(about('Storage').getByText('no network of its own')).toBeVisible()
})

test('a service that is killed is seen to crash and to come back, in the table and in the time strip', async () => {
  const killed = await pidOf('Storage')
  expect(killed).toBeGreaterThan(1)
  process.kill(killed, 'SIGKILL')
  await expect(event(/^Storage crashed/)).toBeAttached()
  await expect(about('Storage').getByText(/, 1 restart$/)).toBeVisible()
  await expect.poll(() => pidOf('Storage')).not.toBe(killed)
  await expect.poll(() => pidOf('Storage')).toBeGreaterThan(1)
  await expect(event(/^Storage restarting/)).toBeAttached()
})

test('a service stands still when it is suspended, goes on when it is resumed, and stays the same process', async () => {
  await row('service:ai').click()
  const pid = await pidOf('Reader model')
  expect(pid).toBeGreaterThan(1)
  await row('service:ai').focus()
  await nexus.chrome.keyboard.press('Space')
  await expect(row('service:ai')).toHaveAttribute('data-state', 'suspended')
  await nexus.chrome.keyboard.press('Space')
  await expect(row('service:ai')).not.toHaveAttribute('data-state', 'suspended')
  expect(await pidOf('Reader model')).toBe(pid)
})

test('what cannot be done is not offered', async () => {
  await row('controller').focus()
  await nexus.chrome.keyboard.press('Shift+F10')
  const menu = nexus.chrome.getByRole('menu', { name: 'Nexus core' })
  await expect(menu.getByRole('menuitem', { name: 'Copy row' })).toBeVisible()
  await expect(menu.getByRole('menuitem', { name: /End/ })).toHaveCount(0)
  await nexus.chrome.keyboard.press('Escape')
})

test('the page of a tab is ended by a key, and the tab says so', async () => {
  const site = grid().getByRole('row', { name: /localhost Listening/ })
  await site.focus()
  await nexus.chrome.keyboard.press('Delete')
  await expect(event(/^localhost/).last()).toBeAttached()
  await nexus.chrome.keyboard.press('Escape')
  await expect(nexus.chrome.getByRole('heading', { name: /ended|stopped|crashed/i })).toBeVisible()
})
