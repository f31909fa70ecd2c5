import { expect, test } from '@playwright/test'
import { type FixtureServer, serveFixtures } from '../fixtures/server.ts'
import { launchNexus, type Nexus } from './nexus.ts'
import { lastLine, nexusCommand } from './nexus-command.ts'

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

async function remembered(): Promise<number> {
  const { stdout } = await nexusCommand(nexus.userDataFolder, 'search', 'sea bread', '--json')
  const { pages } = lastLine(stdout) as { pages: readonly unknown[] }
  return pages.length
}

test('what was read lies on a map, and leads back to its page', async () => {
  test.slow()
  const { chrome } = nexus
  await nexus.go(`${server.origin}/article`)
  await expect(chrome.getByRole('tab', { name: /Listening to the tide/ })).toBeVisible()
  await expect.poll(remembered, { timeout: 40_000 }).toBe(1)
  await nexus.newTab()
  await nexus.go(`${server.origin}/bread`)
  await expect(chrome.getByRole('tab', { name: /Sourdough/, selected: true })).toBeVisible()
  await expect.poll(remembered, { timeout: 40_000 }).toBe(2)
  await chrome.keyboard.press('Control+Shift+M')
  const map = await nexus.page('compositor')
  const points = map.getByRole('listbox', { name: 'Pages by meaning' }).getByRole('option')
  await expect(points).toHaveCount(2, { timeout: 20_000 })
  await map.getByRole('option', { name: /Listening to the tide/ }).click()
  await expect(chrome.getByRole('tab', { name: /Listening to the tide/, selected: true })).toBeVisible()
  await expect(points).toHaveCount(0)
})

test('a tab under the pointer is shown in small', async () => {
  const { chrome } = nexus
  const compositor = await nexus.page('compositor')
  const title = compositor.getByText('Sourdough on a Sunday')
  await expect(title).toBeHidden()
  // The picture of a tab is taken when it is left.
  await expect(async () => {
    await chrome.getByRole('tab', { name: /Listening to the tide/ }).hover()
    await chrome.getByRole('tab', { name: /Sourdough/ }).hover()
    await expect(title).toBeVisible({ timeout: 3_000 })
  }).toPass({ timeout: 30_000 })
})
