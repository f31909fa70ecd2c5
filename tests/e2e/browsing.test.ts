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

const shownTab = (name: RegExp) => nexus.chrome.getByRole('tab', { name, selected: true })

test('back and forward go through what was visited', async () => {
  const { chrome } = nexus
  await nexus.go(`${server.origin}/article`)
  await expect(shownTab(/Listening to the tide/)).toBeVisible()
  await nexus.go(`${server.origin}/second`)
  await expect(shownTab(/Second page/)).toBeVisible()
  await chrome.getByRole('button', { name: 'Back' }).click()
  await expect(shownTab(/Listening to the tide/)).toBeVisible()
  await chrome.getByRole('button', { name: 'Forward' }).click()
  await expect(shownTab(/Second page/)).toBeVisible()
})

test('reload asks the server again', async () => {
  await nexus.go(`${server.origin}/second`)
  await expect(shownTab(/Second page/)).toBeVisible()
  await expect(nexus.chrome.getByRole('button', { name: 'Reload' })).toBeVisible()
  await nexus.page('/second')
  const before = server.requests.filter(path => path === '/second').length
  await nexus.chrome.getByRole('button', { name: 'Reload' }).click()
  await expect.poll(() => server.requests.filter(path => path === '/second').length).toBeGreaterThan(before)
})

test('a link that wants a window gets a tab of its own', async () => {
  const { chrome } = nexus
  await nexus.go(`${server.origin}/opens-window`)
  const page = await nexus.page('/opens-window')
  const tabs = await chrome.getByRole('tab').count()
  await page.locator('#open').click()
  await expect(chrome.getByRole('tab')).toHaveCount(tabs + 1)
  await expect(shownTab(/Second page/)).toBeVisible()
})

test('a closed tab can be opened again', async () => {
  const { chrome } = nexus
  await nexus.newTab()
  await nexus.go(`${server.origin}/short`)
  await expect(shownTab(/Short/)).toBeVisible()
  await chrome.getByRole('combobox', { name: 'Address and search' }).focus()
  await chrome.keyboard.press('Control+w')
  await expect(chrome.getByRole('tab', { name: /Short/ })).toHaveCount(0)
  await chrome.keyboard.press('Control+Shift+T')
  await expect(shownTab(/Short/)).toBeVisible()
})

test('words are searched for with the chosen engine, never opened', async () => {
  const { chrome } = nexus
  await nexus.go('about the tide gauge')
  await expect(chrome.getByRole('combobox', { name: 'Address and search' })).toHaveValue(/duckduckgo\.com/)
})

test('what was visited is suggested and found again', async () => {
  const { chrome } = nexus
  await nexus.go(`${server.origin}/article`)
  await expect(shownTab(/Listening to the tide/)).toBeVisible()
  await nexus.newTab()
  await expect(chrome.getByRole('main', { name: 'Page' })).toContainText('Listening to the tide')
})
