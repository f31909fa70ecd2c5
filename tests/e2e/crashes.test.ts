import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { type FixtureServer, serveFixtures } from '../fixtures/server.ts'
import { launchNexus, type Nexus, removal } from './nexus.ts'
import { lastLine, nexusCommand } from './nexus-command.ts'

let server: FixtureServer

test.beforeAll(async () => {
  server = await serveFixtures()
})
test.afterAll(() => server[Symbol.asyncDispose]())

/** The process of the page at this address, once it is there and lives. */
async function pidOf(nexus: Nexus, urlPart: string): Promise<number> {
  const read = () =>
    nexus.app.evaluate(
      ({ webContents }, part) =>
        webContents
          .getAllWebContents()
          .find(one => !one.isCrashed() && one.getURL().includes(part))
          ?.getOSProcessId() ?? 0,
      urlPart,
    )
  let pid = 0
  await expect
    .poll(
      async () => {
        pid = await read()
        return pid > 0 && isAlive(pid)
      },
      { timeout: 20_000 },
    )
    .toBe(true)
  return pid
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** From now on only our own question to the page can tell that it hangs. */
function silenceTheEngine(nexus: Nexus): Promise<void> {
  return nexus.app.evaluate(({ webContents }) => {
    for (const one of webContents.getAllWebContents()) one.removeAllListeners('unresponsive')
  })
}

const heading = (nexus: Nexus, text: RegExp) =>
  nexus.chrome.getByRole('alert').getByRole('heading', { level: 1, name: text })
const button = (nexus: Nexus, name: string) => nexus.chrome.getByRole('button', { name, exact: true })

interface ListedCrash {
  readonly kind: string
  readonly name: string
  readonly reason: string
  readonly site: string | null
}

interface ListedRow {
  readonly id: string
  readonly kind: string
  readonly pid: number | null
}

async function crashesOf(nexus: Nexus): Promise<readonly ListedCrash[]> {
  let crashes: readonly ListedCrash[] = []
  await expect(async () => {
    const { code, stdout } = await nexusCommand(nexus.userDataFolder, 'crashes', '--json')
    expect(code).toBe(0)
    crashes = (lastLine(stdout) as { crashes: ListedCrash[] }).crashes
  }).toPass({ timeout: 20_000 })
  return crashes
}

test.describe('in one browser', () => {
  test.describe.configure({ mode: 'serial' })
  let nexus: Nexus

  test.beforeAll(async () => {
    nexus = await launchNexus()
  })
  test.afterAll(() => nexus[Symbol.asyncDispose]())

  test('a page that is lost ten times in a row takes nothing along, and does not come back by itself', async () => {
    test.slow()
    const { chrome } = nexus
    await nexus.go(`${server.origin}/second`)
    await expect(chrome.getByRole('tab', { name: /Second page/ })).toBeVisible()
    await nexus.newTab()
    await nexus.go(`${server.otherOrigin}/article`)
    await expect(chrome.getByRole('tab', { name: /Listening to the tide/ })).toBeVisible()
    const bystander = await pidOf(nexus, `${server.origin}/second`)
    const asked = () => server.requests.filter(one => one === '/article').length
    for (let round = 1; round <= 10; round += 1) {
      // Not SIGSEGV: the engine takes one from outside for a fault that did not happen, and goes on.
      const signal = round % 2 === 0 ? 'SIGKILL' : 'SIGABRT'
      process.kill(await pidOf(nexus, `${server.otherOrigin}/article`), signal)
      await expect(heading(nexus, /Listening to the tide (stopped|was ended)/)).toBeVisible()
      if (round < 10) await button(nexus, 'Restart page').click()
    }
    const loads = asked()
    expect(loads).toBe(10)
    expect(await pidOf(nexus, `${server.origin}/second`)).toBe(bystander)
    const crashes = await crashesOf(nexus)
    expect(crashes.filter(one => one.site === 'other.localhost')).toHaveLength(10)
    expect(asked()).toBe(loads)
    await button(nexus, 'Restart page').click()
    await expect(button(nexus, 'Restart page')).toBeHidden()
  })

  test('a page that never pauses is asked about although nobody touches it, and is ended as one that hung', async () => {
    test.slow()
    await nexus.newTab()
    await nexus.go(`${server.otherOrigin}/hangs`)
    await pidOf(nexus, '/hangs')
    await silenceTheEngine(nexus)
    await expect(heading(nexus, /Hangs is not answering/)).toBeVisible({ timeout: 40_000 })
    await button(nexus, 'End process').click()
    await expect(heading(nexus, /Hangs did not answer/)).toBeVisible()
    await expect
      .poll(async () => (await crashesOf(nexus))[0])
      .toMatchObject({ kind: 'page', reason: 'did not answer', site: 'other.localhost' })
  })

  test('a page whose process is stopped from outside is asked about, and the question goes when it goes on', async () => {
    test.slow()
    await nexus.newTab()
    await nexus.go(`${server.origin}/empty`)
    const pid = await pidOf(nexus, '/empty')
    await silenceTheEngine(nexus)
    process.kill(pid, 'SIGSTOP')
    await expect(button(nexus, 'End process')).toBeVisible({ timeout: 30_000 })
    await button(nexus, 'Wait').click()
    await expect(button(nexus, 'End process')).toBeHidden()
    await expect(button(nexus, 'End process')).toBeVisible({ timeout: 20_000 })
    process.kill(pid, 'SIGCONT')
    await expect(button(nexus, 'End process')).toBeHidden({ timeout: 20_000 })
    expect(await pidOf(nexus, '/empty')).toBe(pid)
  })

  test('a stopped process that does not go on is ended all the same', async () => {
    test.slow()
    const pid = await pidOf(nexus, '/empty')
    process.kill(pid, 'SIGSTOP')
    await expect(button(nexus, 'End process')).toBeVisible({ timeout: 30_000 })
    await button(nexus, 'End process').click()
    await expect(heading(nexus, /did not answer/)).toBeVisible()
    await button(nexus, 'Restart page').click()
    await expect(button(nexus, 'Restart page')).toBeHidden()
    expect(await pidOf(nexus, '/empty')).not.toBe(pid)
  })

  test('a page that hangs where nobody looks is asked about only when somebody does', async () => {
    test.slow()
    const { chrome } = nexus
    await nexus.newTab()
    await nexus.go(`${server.otherOrigin}/hangs`)
    await pidOf(nexus, '/hangs')
    await silenceTheEngine(nexus)
    await chrome.getByRole('tab', { name: /Second page/ }).click()
    // Long enough for two questions to the page in view, which answers.
    await expect
      .poll(() => nexus.app.evaluate(() => performance.now()), { timeout: 30_000, intervals: [1_000] })
      .toBeGreaterThan((await nexus.app.evaluate(() => performance.now())) + 9_000)
    await expect(button(nexus, 'End process')).toBeHidden()
    await chrome.getByRole('tab', { name: /Hangs/ }).last().click()
    await expect(heading(nexus, /Hangs is not answering/)).toBeVisible({ timeout: 40_000 })
    await button(nexus, 'End process').click()
    await expect(heading(nexus, /did not answer/)).toBeVisible()
  })

  test('services are listed once they are back, and all of it is exported and cleared on a page of its own', async () => {
    const { chrome } = nexus
    const killed = await nexusCommand(nexus.userDataFolder, 'ps', '--json')
    const { rows } = lastLine(killed.stdout) as { rows: { id: string; pid: number }[] }
    process.kill(rows.find(row => row.id === 'service:storage')?.pid ?? 0, 'SIGKILL')
    await nexus.newTab()
    await chrome.getByRole('combobox', { name: 'Address and search' }).fill('nexus://crashes')
    await chrome.keyboard.press('Enter')
    const page = chrome.getByRole('region', { name: 'Crashes', exact: true })
    await expect(page.getByRole('button', { name: /^Storage was ended from outside/ })).toBeVisible({
      timeout: 20_000,
    })
    await page
      .getByRole('button', { name: /^other.localhost/ })
      .first()
      .click()
    await expect(page.getByText('Memory of the computer')).toBeVisible()
    await page.getByRole('button', { name: 'Export as JSON' }).click()
    const said = await page.getByText(/^Written to /).innerText()
    const file = said.slice('Written to '.length)
    const exported = await readFile(file, 'utf8')
    await rm(file)
    expect(JSON.parse(exported)).toMatchObject({ crashes: await crashesOf(nexus) })
    // Names of messages, the site, and nothing of the page.
    expect(exported).not.toContain('Listening to the tide')
    expect(exported).not.toContain('/article')
    await page.getByRole('button', { name: 'Clear all…' }).click()
    await page.getByRole('button', { name: 'Clear all', exact: true }).click()
    await expect(page.getByText('Nothing has crashed that is remembered.')).toBeVisible()
    expect(await crashesOf(nexus)).toEqual([])
  })

  test('of a private tab not even the site is written down', async () => {
    await nexus.newPrivateTab()
    await nexus.go(`${server.otherOrigin}/short`)
    process.kill(await pidOf(nexus, '/short'), 'SIGKILL')
    await expect(heading(nexus, /was ended/)).toBeVisible()
    await expect.poll(() => crashesOf(nexus)).toHaveLength(1)
    expect((await crashesOf(nexus))[0]).toMatchObject({ kind: 'page', reason: 'killed', site: null })
  })
})

test('a browser that was killed says so at its next start, and one that was quit does not', async () => {
  test.slow()
  const userDataFolder = await mkdtemp(path.join(tmpdir(), 'nexus-e2e-'))
  try {
    const killed = await launchNexus({ userDataFolder })
    await killed.go(`${server.origin}/second`)
    await expect(killed.chrome.getByRole('tab', { name: /Second page/ })).toBeVisible()
    await killed.killEverything()
    {
      await using quit = await launchNexus({ userDataFolder })
      await expect.poll(() => crashesOf(quit), { timeout: 20_000 }).toHaveLength(1)
      expect((await crashesOf(quit))[0]).toMatchObject({ kind: 'main', name: 'core', site: null })
      await expect(quit.chrome.getByRole('log', { name: 'Notices' })).toContainText('did not close down')
    }
    await using third = await launchNexus({ userDataFolder })
    await expect(third.chrome.getByRole('tab').first()).toBeVisible()
    expect(await crashesOf(third)).toHaveLength(1)
  } finally {
    await rm(userDataFolder, removal)
  }
})

test('a tab whose page is lost each time it is brought back waits to be asked for', async () => {
  test.slow()
  const userDataFolder = await mkdtemp(path.join(tmpdir(), 'nexus-e2e-'))
  const url = `${server.origin}/never-ends`
  try {
    {
      await using first = await launchNexus({ userDataFolder })
      await first.go(url)
      await pidOf(first, '/never-ends')
      await expect(first.chrome.getByRole('tab', { name: /Never ends/ })).toBeVisible()
    }
    for (const _round of [1, 2]) {
      await using restored = await launchNexus({ userDataFolder })
      const pid = await pidOf(restored, '/never-ends')
      await expect(restored.chrome.getByRole('tab', { name: /Never ends/ })).toBeVisible()
      process.kill(pid, 'SIGKILL')
      await expect(heading(restored, /was ended/)).toBeVisible()
    }
    const asked = server.requests.length
    await using held = await launchNexus({ userDataFolder })
    await expect(heading(held, /Never ends was not loaded/)).toBeVisible()
    expect(server.requests.length).toBe(asked)
    await button(held, 'Load page').click()
    await pidOf(held, '/never-ends')
    await expect(button(held, 'Load page')).toBeHidden()
  } finally {
    await rm(userDataFolder, removal)
  }
})

test('frames, the graphics process and the window are written down too', async () => {
  test.slow()
  await using nexus = await launchNexus()
  const { chrome } = nexus
  await nexus.go(`${server.origin}/frames`)
  await expect(chrome.getByRole('tab', { name: /Frames/ })).toBeVisible()
  const rowOf = async (isWanted: (row: ListedRow) => boolean): Promise<ListedRow | null> => {
    const { stdout } = await nexusCommand(nexus.userDataFolder, 'ps', '--json')
    // A browser that has much to do just now may say that it cannot answer.
    const { rows = [] } = lastLine(stdout) as { rows?: ListedRow[] }
    return rows.find(isWanted) ?? null
  }
  const kill = async (isWanted: (row: ListedRow) => boolean): Promise<void> => {
    let pid = 0
    await expect
      .poll(
        async () => {
          pid = (await rowOf(isWanted))?.pid ?? 0
          return pid
        },
        { timeout: 30_000 },
      )
      .toBeGreaterThan(0)
    process.kill(pid, 'SIGKILL')
  }
  await kill(row => row.id.startsWith('frame:'))
  const kinds = async () => (await crashesOf(nexus)).map(({ kind, name }) => `${kind} ${name}`)
  await expect.poll(kinds, { timeout: 30_000 }).toContain('page frame')
  await kill(row => row.kind === 'gpu')
  await expect.poll(kinds, { timeout: 30_000 }).toContain('gpu graphics')
  await kill(row => row.kind === 'chrome')
  await expect.poll(kinds, { timeout: 30_000 }).toContain('chrome window')
})

test('a mark of the run is all that a crash needs, and holds no address', async () => {
  await using nexus = await launchNexus()
  await nexus.go(`${server.origin}/second`)
  await expect(nexus.chrome.getByRole('tab', { name: /Second page/ })).toBeVisible()
  expect(await readdir(nexus.userDataFolder)).toContain('run.json')
  expect(await readFile(path.join(nexus.userDataFolder, 'run.json'), 'utf8')).not.toContain('localhost')
})
