import { expect, test } from '@playwright/test'
import { type FixtureServer, serveFixtures } from '../fixtures/server.ts'
import { launchNexus, type Nexus } from './nexus.ts'

/** The whole mission, in the order in which a person meets it. */
test.describe.configure({ mode: 'serial' })

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

function row(name: RegExp | string) {
  return nexus.chrome.getByRole('row').filter({ has: nexus.chrome.getByRole('rowheader', { name }) })
}

const storage = () => nexus.chrome.locator('[data-row="service:storage"]')

test('an address that is typed loads in a tab with its title and icon', async () => {
  const { chrome } = nexus
  await nexus.go(`${server.origin}/article`)
  const tab = chrome.getByRole('tab', { name: /Listening to the tide/ })
  await expect(tab).toBeVisible()
  await expect(tab.locator('img')).toHaveAttribute('src', /^data:image\/png;base64,/)
  const page = await nexus.page('/article')
  await expect(page.getByRole('heading', { name: 'Listening to the tide' })).toBeVisible()
})

test('Analyse reads language, summary, keywords and reading time on this machine', async () => {
  const { chrome } = nexus
  await chrome.getByRole('button', { name: 'Analyse', exact: true }).click()
  const panel = chrome.getByRole('complementary', { name: 'Analysis' })
  await expect(panel.getByText(/^Done in/)).toBeVisible({ timeout: 20_000 })
  await expect(panel.getByText('On this device')).toBeVisible()
  await expect(panel.getByText('English')).toBeVisible()
  await expect(panel).toContainText(/\d+ min/)
  await expect(panel).toContainText(/1\D?\d{3} words/)
  const sentences = await panel.getByRole('listitem').allTextContents()
  expect(sentences.length).toBeGreaterThan(2)
  await expect(panel).toContainText(/radar|tide|harbour|float/i)
})

test('Shift+Escape shows every process, live, and hides them again', async () => {
  const { chrome } = nexus
  await chrome.keyboard.press('Shift+Escape')
  const grid = chrome.getByRole('treegrid', { name: 'Processes' })
  await expect(grid).toBeVisible()
  for (const name of [/Nexus core/, /Window/, /Storage/, /Reader model/, /localhost/, /Graphics/]) {
    await expect(row(name).first()).toBeVisible()
  }
  // The AI process exchanged messages with the tab, and the tree shows it.
  await expect(row(/Reader model/)).toContainText(/\d+ \/ \d+/)
  const readings = async () => (await row(/Nexus core/).textContent()) ?? ''
  const before = await readings()
  await expect.poll(readings, { timeout: 10_000 }).not.toBe(before)
  await chrome.keyboard.press('Shift+Escape')
  await expect(grid).toBeHidden()
})

test('a service that is ended comes back by itself and keeps working', async () => {
  const { chrome } = nexus
  await chrome.keyboard.press('Shift+Escape')
  const pidOf = async () => /(\d{2,7})\D*$/.exec((await storage().textContent()) ?? '')?.[1]
  await expect.poll(pidOf).toMatch(/^\d+$/)
  const before = await pidOf()
  await storage().hover()
  await storage().getByRole('button', { name: 'End Storage' }).click()
  await expect(chrome.getByRole('log', { name: 'Notices' })).toContainText(
    'Storage stopped and is being restarted',
  )
  await expect.poll(pidOf, { timeout: 15_000 }).not.toBe(before)
  await expect(storage()).toContainText(/active|idle|ready/)
  await nexus.go(`${server.origin}/second`)
  await expect(chrome.getByRole('tab', { name: /Second page/ })).toBeVisible()
  await chrome.keyboard.press('Shift+Escape')
})

test('a tab whose process is ended turns sad alone, and comes back when asked', async () => {
  const { chrome } = nexus
  await nexus.newTab()
  await nexus.go(`${server.otherOrigin}/article`)
  await expect(chrome.getByRole('tab', { name: /Listening to the tide/ })).toBeVisible()
  await chrome.keyboard.press('Shift+Escape')
  await row(/other\.localhost/)
    .first()
    .hover()
  await row(/other\.localhost/)
    .first()
    .getByRole('button', { name: /^End/ })
    .click()
  await expect(chrome.getByRole('button', { name: 'Restart page' })).toBeVisible()
  await expect(chrome.getByRole('tab', { name: /Second page/ })).toBeVisible()
  await chrome.keyboard.press('Shift+Escape')
  await chrome.getByRole('button', { name: 'Restart page' }).click()
  await expect(chrome.getByRole('button', { name: 'Restart page' })).toBeHidden()
  // Playwright gives up on a document that crashed, so the page is asked through the browser itself.
  const heading = () =>
    nexus.app.evaluate(async ({ webContents }) => {
      const page = webContents.getAllWebContents().find(one => one.getURL().includes('other.localhost'))
      return page?.executeJavaScript('document.querySelector("h1")?.textContent')
    })
  await expect.poll(heading).toBe('Listening to the tide')
})
