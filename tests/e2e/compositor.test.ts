import { expect, type Page, test } from '@playwright/test'
import { type FixtureServer, serveFixtures } from '../fixtures/server.ts'
import { launchNexus, type Nexus } from './nexus.ts'
import { lastLine, nexusCommand } from './nexus-command.ts'

/** The overview, and the death of the process that draws it, in the order in which a person meets them. */
test.describe.configure({ mode: 'serial' })

let server: FixtureServer
let nexus: Nexus

test.beforeAll(async () => {
  server = await serveFixtures()
  nexus = await launchNexus()
  await nexus.go(`${server.origin}/article`)
  await expect(nexus.chrome.getByRole('tab', { name: /Listening to the tide/ })).toBeVisible()
  await nexus.newTab()
  await nexus.go(`${server.origin}/second`)
  await nexus.page('/second')
})
test.afterAll(async () => {
  await nexus[Symbol.asyncDispose]()
  await server[Symbol.asyncDispose]()
})

const overview = (): Promise<Page> => nexus.page('compositor')
const button = () => nexus.chrome.getByRole('button', { name: 'All tabs' })

interface Row {
  readonly id: string
  readonly pid: number | null
  readonly restarts: number
  readonly state: string
}

/** What the process tree says of the compositor. */
async function row(): Promise<Row> {
  const { stdout } = await nexusCommand(nexus.userDataFolder, 'ps', '--json')
  const { rows } = lastLine(stdout) as { rows?: Row[] }
  const found = rows?.find(({ id }) => id === 'service:compositor')
  if (found === undefined) throw new Error('The compositor has no row')
  return found
}

/** Whether the picture of a card is there: a page of much text is no even ground. */
async function hasPicture(name: RegExp): Promise<boolean> {
  const page = await overview()
  const box = await page.getByRole('option', { name }).boundingBox()
  if (box === null) return false
  const shot = await page.screenshot({ clip: { ...box, height: box.height * 0.7 } })
  // What has one colour and a mark in it is a few hundred bytes as a PNG.
  return shot.byteLength > 6_000
}

/** Ends the process as a fault would, and waits until another is there. */
async function killed(): Promise<void> {
  const before = await row()
  if (before.pid === null) throw new Error('The compositor does not run')
  process.kill(before.pid, 'SIGKILL')
  // A machine that is busy may leave the command line without an answer for once.
  await expect(async () => {
    const { restarts, pid } = await row()
    expect([restarts, pid === null]).toEqual([before.restarts + 1, false])
  }).toPass({ timeout: 30_000 })
}

test('the overview shows all tabs with their pictures', async () => {
  await button().click()
  const page = await overview()
  await expect(page.getByRole('option')).toHaveCount(2)
  await expect(page.getByRole('option', { name: /in view/ })).toHaveAttribute('aria-selected', 'true')
  await expect.poll(() => hasPicture(/Listening to the tide/), { timeout: 20_000 }).toBe(true)
  expect(await row()).toMatchObject({ state: 'active', restarts: 0 })
})

test('a card that is chosen shows its tab', async () => {
  const page = await overview()
  await page.getByRole('option', { name: /Listening to the tide/ }).click()
  await expect(nexus.chrome.getByRole('tab', { name: /Listening to the tide/, selected: true })).toBeVisible()
  await expect(page.getByRole('option')).toHaveCount(0)
  await expect(button()).toHaveAttribute('aria-pressed', 'false')
})

test('killed while it is looked at, it comes back with everything that was there', async () => {
  await button().click()
  await expect((await overview()).getByRole('option')).toHaveCount(2)
  await expect.poll(() => hasPicture(/Listening to the tide/), { timeout: 20_000 }).toBe(true)
  await killed()
  await expect(nexus.chrome.getByRole('log', { name: 'Notices' })).toContainText(
    'The graphics helper stopped',
  )
  await expect.poll(async () => (await overview()).getByRole('option').count(), { timeout: 20_000 }).toBe(2)
  await expect.poll(() => hasPicture(/Listening to the tide/), { timeout: 20_000 }).toBe(true)
})

test('killed three times it draws without the graphics processor, says so, and shows the same', async () => {
  await killed()
  await killed()
  await expect(nexus.chrome.getByRole('log', { name: 'Notices' })).toContainText(
    'draws without the graphics processor',
  )
  await expect.poll(async () => (await overview()).getByRole('option').count(), { timeout: 20_000 }).toBe(2)
  await expect.poll(() => hasPicture(/Listening to the tide/), { timeout: 20_000 }).toBe(true)
})

test('it reaches no network and no page of another kind', async () => {
  const page = await overview()
  const refused = await page.evaluate(async address => {
    const asked = await fetch(address).then(
      () => 'reached',
      () => 'refused',
    )
    return [asked, 'require' in globalThis, 'process' in globalThis]
  }, `${server.origin}/article`)
  expect(refused).toEqual(['refused', false, false])
})
