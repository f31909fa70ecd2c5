import { expect, test } from '@playwright/test'
import { type FixtureServer, serveFixtures } from '../fixtures/server.ts'
import { launchNexus, type Nexus } from './nexus.ts'
import { lastLine, nexusCommand } from './nexus-command.ts'

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

/** Processes of pages that wait for a tab. */
function waiting(): Promise<number[]> {
  return nexus.app.evaluate(({ webContents }) =>
    webContents
      .getAllWebContents()
      .filter(one => one.getURL() === 'about:blank' && !one.isCrashed())
      .map(one => one.getOSProcessId())
      .filter(pid => pid > 0)
      .sort(),
  )
}

/** Those that wait once a second has passed without a change. */
async function settled(): Promise<readonly number[]> {
  let last = ''
  await expect
    .poll(
      async () => {
        const now = JSON.stringify(await waiting())
        const isSettled = now === last && now !== '[]'
        last = now
        return isSettled
      },
      { intervals: [1_500], timeout: 30_000 },
    )
    .toBe(true)
  return waiting()
}

async function processOf(path: string): Promise<number> {
  const found = (): Promise<number> =>
    nexus.app.evaluate(({ webContents }, part) => {
      const page = webContents.getAllWebContents().find(one => one.getURL().includes(part))
      return page?.getOSProcessId() ?? 0
    }, path)
  await expect.poll(found).toBeGreaterThan(1)
  return found()
}

test('a tab takes a page that waits, with nothing to go back to, and another one comes to wait', async () => {
  const before = await settled()
  await nexus.go(`${server.origin}/second?warm`)
  expect(before).toContain(await processOf('/second?warm'))
  await expect(nexus.chrome.getByRole('tab', { name: 'Second page', selected: true })).toBeVisible()
  await expect(nexus.chrome.getByRole('button', { name: 'Back', exact: true })).toBeDisabled()
  const after = await settled()
  expect(after).toHaveLength(before.length)
  expect(after).not.toContain(await processOf('/second?warm'))
})

test('pages that wait stand among the processes, ready and without a tab', async () => {
  const pids = await settled()
  const { stdout } = await nexusCommand(nexus.userDataFolder, 'ps', '--json')
  expect(JSON.stringify(lastLine(stdout))).toContain('Spare page')
  expect(pids.length).toBeGreaterThan(0)
})

test('a private tab takes none of them', async () => {
  const before = await settled()
  await nexus.newPrivateTab()
  await nexus.go(`${server.origin}/second?private`)
  expect(before).not.toContain(await processOf('/second?private'))
  expect(await settled()).toEqual(before)
})

test('one that is killed is not missed', async () => {
  for (const pid of await settled()) process.kill(pid, 'SIGKILL')
  await nexus.newTab()
  await nexus.go(`${server.origin}/second?after`)
  await processOf('/second?after')
  await expect(nexus.chrome.getByRole('tab', { name: 'Second page', selected: true })).toBeVisible()
  await settled()
})
