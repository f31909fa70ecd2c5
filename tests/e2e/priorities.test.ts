import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import { raisingAbility } from '../../src/processes/priorities/raising-ability.ts'
import { type FixtureServer, serveFixtures } from '../fixtures/server.ts'
import { launchNexus, type Nexus } from './nexus.ts'

test.skip(process.platform !== 'linux', 'read from /proc')
test.describe.configure({ mode: 'serial' })

const { raisesAgain } = raisingAbility()

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

/** Of every thread of a process. */
function nicenessOf(pid: number): readonly number[] {
  return readdirSync(`/proc/${pid}/task`).map(thread => {
    const stat = readFileSync(`/proc/${pid}/task/${thread}/stat`, 'utf8')
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[16])
  })
}

/** That of its first thread. */
function leadOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[16])
}

async function pageProcess(urlPart: string): Promise<number> {
  const found = (): Promise<number> =>
    nexus.app.evaluate(({ webContents }, part) => {
      const page = webContents.getAllWebContents().find(one => one.getURL().includes(part))
      return page?.getOSProcessId() ?? 0
    }, urlPart)
  await expect.poll(found).toBeGreaterThan(1)
  return found()
}

async function serviceProcess(name: string): Promise<number> {
  return nexus.app.evaluate(
    ({ app }, wanted) => app.getAppMetrics().find(one => one.name === wanted)?.pid ?? 0,
    `nexus-${name}`,
  )
}

test('helpers are lowered with all their threads, for all users', async () => {
  const storage = await serviceProcess('storage')
  await expect.poll(() => new Set(nicenessOf(storage))).toEqual(new Set([8]))
  expect(leadOf(await serviceProcess('network'))).toBe(raisesAgain ? 4 : 0)
  expect(leadOf(nexus.app.process().pid ?? 0)).toBe(raisesAgain ? -2 : 0)
})

test('the tab in view is ahead of the others, also when another comes into view', async () => {
  await nexus.go(`${server.origin}/article`)
  await expect(nexus.chrome.getByRole('tab', { name: /Listening to the tide/ })).toBeVisible()
  await nexus.newTab()
  await nexus.go(`${server.otherOrigin}/second`)
  await expect(nexus.chrome.getByRole('tab', { name: /Second page/, selected: true })).toBeVisible()
  const [first, second] = [await pageProcess('/article'), await pageProcess('/second')]
  expect(first).not.toBe(second)
  const leads = (): readonly number[] => [leadOf(first), leadOf(second)]
  // Who may not raise again leaves tabs to the engine.
  await expect.poll(leads).toEqual(raisesAgain ? [4, -1] : [0, 0])
  await nexus.chrome.getByRole('tab', { name: /Listening to the tide/ }).click()
  await expect.poll(leads).toEqual(raisesAgain ? [-1, 4] : [0, 0])
  await nexus.chrome.getByRole('tab', { name: /Second page/ }).click()
  await expect.poll(leads).toEqual(raisesAgain ? [4, -1] : [0, 0])
})

test('the AI process is raised while somebody waits for it', async () => {
  test.skip(!raisesAgain, 'this user cannot raise it')
  await nexus.chrome.getByRole('button', { name: 'Analyse', exact: true }).click()
  await expect.poll(() => serviceProcess('ai'), { timeout: 20_000 }).toBeGreaterThan(1)
  const ai = await serviceProcess('ai')
  await expect.poll(() => leadOf(ai), { intervals: [20] }).toBe(4)
  await expect.poll(() => leadOf(ai), { timeout: 30_000 }).toBe(10)
  expect(Math.min(...nicenessOf(ai))).toBeGreaterThanOrEqual(10)
})
