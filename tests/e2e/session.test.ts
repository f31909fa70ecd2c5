import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { serveFixtures } from '../fixtures/server.ts'
import { launchNexus, removal } from './nexus.ts'

test('after a kill of everything, the next start has every finished navigation and every open tab', async () => {
  const server = await serveFixtures()
  const userDataFolder = await mkdtemp(path.join(tmpdir(), 'nexus-session-'))
  try {
    const first = await launchNexus({ userDataFolder })
    await first.go(`${server.origin}/article`)
    await expect(first.chrome.getByRole('tab', { name: /Listening to the tide/ })).toBeVisible()
    await first.go(`${server.origin}/second`)
    await expect(first.chrome.getByRole('tab', { name: /Second page/ })).toBeVisible()
    await first.newTab()
    await first.go(`${server.otherOrigin}/short`)
    await expect(first.chrome.getByRole('tab', { name: /Short/ })).toBeVisible()
    await first.killEverything()

    const second = await launchNexus({ userDataFolder })
    try {
      await expect(second.chrome.getByRole('tab')).toHaveCount(2)
      await expect(second.chrome.getByRole('tab', { name: /Second page/ })).toBeVisible()
      await expect(second.chrome.getByRole('tab', { name: /Short/, selected: true })).toBeVisible()
      const page = await second.page('other.localhost')
      await expect(page.getByText('Too short to read.')).toBeVisible()
      // The article was left before the kill: it is in the history, not among the tabs.
      await second.newTab()
      await expect(second.chrome.getByRole('main', { name: 'Page' })).toContainText('Listening to the tide')
    } finally {
      await second[Symbol.asyncDispose]()
    }
  } finally {
    await server[Symbol.asyncDispose]()
    await rm(userDataFolder, removal)
  }
})
