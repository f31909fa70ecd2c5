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

test('"close other tabs" is offered, and done when its row is chosen', async () => {
  const { chrome } = nexus
  await nexus.go(`${server.origin}/article`)
  await nexus.newTab()
  await nexus.go(`${server.origin}/second`)
  await expect(chrome.getByRole('tab', { name: /Second page/, selected: true })).toBeVisible()
  await expect(chrome.getByRole('tab')).toHaveCount(2)
  const address = chrome.getByRole('combobox', { name: 'Address and search' })
  const offer = chrome.getByRole('option', { name: /Close other tabs \(1\)/ })
  await expect(async () => {
    // the AI process starts with the first question to it
    await address.fill('')
    await address.pressSequentially('close other tabs')
    await expect(offer).toBeVisible({ timeout: 2_000 })
  }).toPass()
  await offer.click()
  await expect(chrome.getByRole('tab')).toHaveCount(1)
  await expect(chrome.getByRole('tab', { name: /Second page/ })).toBeVisible()
})

test('a sure command that can be undone is done at Enter', async () => {
  const { chrome } = nexus
  const address = chrome.getByRole('combobox', { name: 'Address and search' })
  const count = await chrome.getByRole('tab').count()
  await address.fill('')
  await address.pressSequentially('open a new tab')
  await expect(chrome.getByRole('option', { name: /Open a new tab.*Enter/ })).toBeVisible()
  await chrome.keyboard.press('Enter')
  await expect(chrome.getByRole('tab')).toHaveCount(count + 1)
})
