import { expect, test } from '@playwright/test'
import { type FixtureServer, serveFixtures } from '../fixtures/server.ts'
import { launchNexus } from './nexus.ts'

let server: FixtureServer

test.beforeAll(async () => {
  server = await serveFixtures()
})
test.afterAll(() => server[Symbol.asyncDispose]())

test('an article is read in our own type, and its icon comes without cookies by the network process', async () => {
  await using nexus = await launchNexus()
  await nexus.go(`${server.origin}/article`)
  await nexus.page('/article')
  await nexus.chrome.getByRole('button', { name: 'Reader' }).click({ timeout: 20_000 })
  const article = nexus.chrome.getByRole('article')
  await expect(article.getByRole('heading')).toBeVisible()
  expect((await article.innerText()).length).toBeGreaterThan(1_000)
  await expect(nexus.chrome.getByRole('tab', { selected: true }).locator('img')).toBeAttached()
})
