import { expect, type Page, test } from '@playwright/test'
import { type FixtureServer, serveFixtures } from '../fixtures/server.ts'
import { launchNexus, type Nexus } from './nexus.ts'

/** What is understood of a page leads back into it. */
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

const panel = () => nexus.chrome.getByRole('complementary', { name: 'Analysis' })

/** What is painted over in a page, which shares the marks with the world that made them. */
const marked = (page: Page, name: string) =>
  page.evaluate(
    wanted => [...(CSS.highlights.get(wanted) ?? [])].map(range => String(range).replace(/\s+/g, ' ').trim()),
    name,
  )

test('a sentence of the summary leads to its place in the page, and the marks go with the panel', async () => {
  await nexus.go(`${server.origin}/article`)
  await nexus.chrome.getByRole('button', { name: 'Analyse', exact: true }).click()
  await expect(panel().getByText(/^Done in/)).toBeVisible({ timeout: 30_000 })
  for (const section of ['Summary', 'Topic', 'Keywords']) {
    await expect(panel().getByRole('region', { name: section })).toBeVisible()
  }
  const page = await nexus.page('/article')
  const sentence = panel().getByRole('region', { name: 'Summary' }).getByRole('listitem').nth(1)
  await sentence.getByRole('button').click()
  const text = ((await sentence.textContent()) ?? '').replace(/^\d+/, '').trim()
  await expect.poll(() => marked(page, 'nexus-current')).toEqual([text])
  expect((await marked(page, 'nexus-passage')).length).toBeGreaterThan(1)
})

test('a question is answered where the page gives the answer', async () => {
  const field = panel().getByRole('textbox', { name: 'Ask this page' })
  await field.fill('In which winter did ice hold the float?')
  await field.press('Enter')
  await panel().getByRole('button', { name: 'Go to answer 1' }).click()
  const page = await nexus.page('/article')
  await expect.poll(async () => (await marked(page, 'nexus-current')).join()).toMatch(/winter|ice/i)
  await field.fill('What is the capital of Mongolia?')
  await field.press('Enter')
  await expect(panel().getByText(/not in this page/)).toBeVisible()
  await panel().getByRole('button', { name: 'Close analysis' }).click()
  await expect.poll(() => marked(page, 'nexus-passage')).toEqual([])
})

test('the organiser finds a page that is open twice, and closes the second when told to', async () => {
  const { chrome } = nexus
  await chrome.keyboard.press('Control+t')
  await nexus.go(`${server.origin}/article#second`)
  const tabs = chrome.getByRole('tab', { name: /Listening to the tide/ })
  await expect(tabs).toHaveCount(2)
  await chrome.getByRole('button', { name: 'Organise tabs' }).click()
  const proposal = chrome.getByRole('dialog', { name: 'Organise tabs' })
  await expect(proposal.getByRole('button', { name: 'Group 2 tabs' })).toBeVisible({ timeout: 20_000 })
  await proposal.getByRole('button', { name: 'Close 1 duplicate' }).click()
  await expect(tabs).toHaveCount(1)
})
