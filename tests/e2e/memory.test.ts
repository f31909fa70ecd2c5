import { expect, test } from '@playwright/test'
import { type FixtureServer, serveFixtures } from '../fixtures/server.ts'
import { launchNexus, type Nexus } from './nexus.ts'
import { lastLine, nexusCommand } from './nexus-command.ts'

/** In none of the pages. */
const query = 'baking loaves'

test.describe('what the browser remembers', () => {
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

  async function found(words: string): Promise<readonly string[]> {
    const { stdout } = await nexusCommand(nexus.userDataFolder, 'search', words, '--json')
    const { pages } = lastLine(stdout) as { pages: readonly { url: string; foundBy: string }[] }
    return pages.map(page => `${page.url} ${page.foundBy}`)
  }

  test('a page that was looked at is found by what it means, and forgotten on demand', async () => {
    test.slow()
    const { chrome } = nexus
    await nexus.go(`${server.origin}/article`)
    await expect(chrome.getByRole('tab', { name: /Listening to the tide/ })).toBeVisible()
    await expect
      .poll(() => found('clockwork drum'), { timeout: 40_000 })
      .toContain(`${server.origin}/article both`)
    await nexus.go(`${server.origin}/bread`)
    await expect(chrome.getByRole('tab', { name: /Sourdough/ })).toBeVisible()
    await expect
      .poll(async () => (await found(query))[0], { timeout: 40_000 })
      .toBe(`${server.origin}/bread meaning`)

    await chrome.getByRole('button', { name: 'Menu' }).click()
    await chrome.getByRole('menuitem', { name: 'History' }).click()
    const history = chrome.getByRole('region', { name: 'History' })
    await history.getByRole('textbox').fill(query)
    const bread = history.getByRole('listitem').filter({ hasText: 'Sourdough on a Sunday' })
    await expect(bread.getByText('Meaning', { exact: true })).toBeVisible()
    await bread.getByRole('button', { name: /^What is stored/ }).click()
    await expect(bread.getByText(/passages? of its text/)).toBeVisible()
    await bread.getByRole('button', { name: /^Forget Sourdough/ }).click()
    await bread.getByRole('button', { name: 'Forget what was read' }).click()
    await expect(bread).toHaveCount(0)
    expect(await found(query)).not.toContain(`${server.origin}/bread meaning`)
  })

  test('ask prints the passage that answers, and says when the page does not', async () => {
    const ask = (question: string) =>
      nexusCommand(nexus.userDataFolder, 'ask', `${server.origin}/article`, question, '--json')
    const answered = await ask('In which winter did ice hold the float?')
    expect(answered.code).toBe(0)
    expect(lastLine(answered.stdout)).toMatchObject({ kind: 'found' })
    const unanswered = await ask('What is the capital of Mongolia?')
    expect(lastLine(unanswered.stdout)).toMatchObject({ kind: 'notInPage' })
    expect(unanswered.code).toBe(7)
  })
})
