import { expect, test } from '@playwright/test'
import { connectSession, type Session } from '../../cli/session.ts'
import { controlSocketPath } from '../../contracts/control-path.ts'
import type { ProcessAction, ProcessRow } from '../../contracts/processes.ts'
import { type FixtureServer, serveFixtures } from '../fixtures/server.ts'
import { launchNexus, type Nexus } from './nexus.ts'

/** Processes that are killed, suspended and ended in the running browser, and what becomes of them. */
test.describe.configure({ mode: 'serial' })

let server: FixtureServer
let nexus: Nexus
let session: Session

test.beforeAll(async () => {
  server = await serveFixtures()
  nexus = await launchNexus()
  const found = await connectSession(controlSocketPath(nexus.userDataFolder))
  if (found === null) throw new Error('the browser does not listen')
  session = found
})
test.afterAll(async () => {
  session[Symbol.dispose]()
  await nexus[Symbol.asyncDispose]()
  await server[Symbol.asyncDispose]()
})

const notices = () => nexus.chrome.getByRole('log', { name: 'Notices' })
const act = (processId: string, action: ProcessAction) => session.control.act({ processId, action })

async function row(isWanted: string | ((row: ProcessRow) => boolean)): Promise<ProcessRow | null> {
  const { rows } = await session.control.processes({})
  return rows.find(one => (typeof isWanted === 'string' ? one.id === isWanted : isWanted(one))) ?? null
}

async function pidOf(id: string): Promise<number> {
  let pid: number | null = null
  await expect
    .poll(async () => {
      pid = (await row(id))?.pid ?? null
      return pid
    })
    .not.toBe(null)
  return pid ?? 0
}

const pageOf = (site: string) => (one: ProcessRow) => one.id.startsWith('renderer:') && one.site === site
/** In letters: T is a process that stands still. Linux only. */
function systemState(pid: number): string {
  const stat = process.getBuiltinModule('node:fs').readFileSync(`/proc/${pid}/stat`, 'utf8')
  return stat.slice(stat.lastIndexOf(')') + 2)[0] ?? ''
}

test('every process is in the tree with its state, and the page in view is active', async () => {
  await nexus.go(`${server.origin}/article`)
  await expect(nexus.chrome.getByRole('tab', { name: /Listening to the tide/ })).toBeVisible()
  await expect.poll(async () => (await row(pageOf('localhost')))?.state).toBe('active')
  const { rows } = await session.control.processes({})
  const states = Object.fromEntries(rows.map(({ id, state }) => [id, state]))
  expect(states).toMatchObject({ controller: 'active', chrome: 'active', 'service:network': 'idle' })
  expect(states['service:storage']).toMatch(/idle|active/)
  expect(rows.find(({ id }) => id === 'controller')?.actions).toEqual([])
  expect(rows.find(({ id }) => id === 'service:storage')?.actions).not.toContain('suspend')
})

for (const [id, words] of [
  ['service:storage', 'Storage stopped and is being restarted. Nothing was lost.'],
  ['service:network', 'Network stopped and is being restarted. Pages that were loading load again'],
] as const) {
  test(`${id} that is killed is back soon, works, and has said so`, async () => {
    const before = await pidOf(id)
    process.kill(before, 'SIGKILL')
    await expect(notices()).toContainText(words)
    await expect
      .poll(async () => {
        const now = await row(id)
        return [now?.pid !== before && now?.pid !== null, now?.state, now?.restarts]
      })
      .toEqual([true, 'idle', 1])
    await nexus.go(`${server.origin}/second`)
    await expect(nexus.chrome.getByRole('tab', { name: /Second page/ })).toBeVisible()
    await nexus.go(`${server.origin}/article`)
    await expect(nexus.chrome.getByRole('tab', { name: /Listening to the tide/ })).toBeVisible()
  })
}

test('the AI process can be made to stand still, goes on with its next call, and comes back when it was killed', async () => {
  const analyse = async () => {
    await nexus.chrome.getByRole('button', { name: 'Analyse', exact: true }).click()
    const analysis = nexus.chrome.getByRole('complementary', { name: 'Analysis' })
    await expect(analysis.getByText(/^Done in/)).toBeVisible({ timeout: 30_000 })
  }
  await analyse()
  const id = 'service:ai'
  const pid = await pidOf(id)
  await expect.poll(async () => (await row(id))?.state).toBe('idle')
  // What is read in the background is a call too, and lets it go on.
  const suspend = () =>
    expect(async () => {
      if ((await row(id))?.state !== 'suspended') await act(id, 'suspend')
      expect([systemState(pid), (await row(id))?.state]).toEqual(['T', 'suspended'])
    }).toPass()
  await suspend()
  await act(id, 'resume')
  await expect.poll(() => systemState(pid)).not.toBe('T')
  await suspend()
  const analysed = session.control.analyze({ url: `${server.origin}/second` })
  await expect.poll(() => systemState(pid)).not.toBe('T')
  await analysed
  await expect.poll(async () => (await row(id))?.state, { timeout: 30_000 }).toBe('idle')
  process.kill(pid, 'SIGKILL')
  await expect.poll(async () => (await row(id))?.pid).not.toBe(pid)
  await expect.poll(async () => (await row(id))?.state).toBe('idle')
})

test('what cannot be done is refused with the reason', async () => {
  await expect(act('service:storage', 'suspend')).rejects.toMatchObject({ code: 'ACTION_NOT_POSSIBLE' })
  await expect(act('controller', 'end')).rejects.toMatchObject({ code: 'ACTION_NOT_POSSIBLE' })
  await expect(act('renderer:1', 'end')).rejects.toMatchObject({ code: 'UNKNOWN_PROCESS' })
})

test('a page that is restarted comes back in another process; one that is ended stays away until it is asked for', async () => {
  const before = await row(pageOf('localhost'))
  if (before === null) throw new Error('the page has no process')
  await act(before.id, 'restart')
  await expect
    .poll(async () => {
      const now = await row(pageOf('localhost'))
      return [now?.id !== before.id, now?.state]
    })
    .toEqual([true, 'active'])
  const after = await row(pageOf('localhost'))
  await act(after?.id ?? '', 'forceEnd')
  await expect
    .poll(async () => (await row(one => one.kind === 'tab' && one.site === 'localhost'))?.state)
    .toBe('crashed')
  await act((await row(one => one.kind === 'tab' && one.site === 'localhost'))?.id ?? '', 'restart')
  await expect.poll(async () => (await row(pageOf('localhost')))?.state).toBe('active')
})

/** Kills a service as soon as it runs, until it is given up. */
async function killUntilGivenUp(id: string): Promise<void> {
  await expect
    .poll(
      async () => {
        const now = await row(id)
        if (now?.pid !== null && now?.pid !== undefined) process.kill(now.pid, 'SIGKILL')
        return now?.state
      },
      { timeout: 60_000, intervals: [100] },
    )
    .toBe('failed')
}

test('a page that is asked for while the network is given up says so, and loads by itself when it is started again', async () => {
  test.slow()
  await killUntilGivenUp('service:network')
  await expect(notices()).toContainText('Network stopped too often and is not restarted any more')
  await nexus.go(`${server.origin}/second`)
  await expect(nexus.chrome.getByRole('main')).toContainText('The network service is not running')
  await act('service:network', 'restart')
  await expect(nexus.chrome.getByRole('tab', { name: /Second page/ })).toBeVisible({ timeout: 20_000 })
})

test('what is to be kept while storage is given up is kept once it is started again', async () => {
  test.slow()
  await killUntilGivenUp('service:storage')
  await expect(notices()).toContainText('waits in memory until it runs again')
  await nexus.go(`${server.origin}/article?kept`)
  await expect(nexus.chrome.getByRole('tab', { name: /Listening to the tide/ })).toBeVisible()
  await act('service:storage', 'restart')
  await expect.poll(async () => (await row('service:storage'))?.state).toBe('idle')
  const found = () =>
    session.control.search({ query: 'Listening to the tide', limit: 10 }).then(JSON.stringify)
  await expect.poll(found, { timeout: 20_000 }).toContain('article?kept')
})

test('graphics that are lost three times in a row are not relied on any more', async () => {
  test.slow()
  let last: number | null = null
  const isGraphics = (one: ProcessRow) => one.kind === 'gpu' && one.pid !== null && one.pid !== last
  for (let loss = 0; loss < 3; loss += 1) {
    await expect.poll(() => row(isGraphics), { timeout: 20_000 }).not.toBe(null)
    const graphics = await row(isGraphics)
    last = graphics?.pid ?? null
    await act(graphics?.id ?? '', 'forceEnd')
  }
  await expect(notices()).toContainText('draws without the graphics processor', { timeout: 20_000 })
  await nexus.go(`${server.origin}/second`)
  await expect(nexus.chrome.getByRole('tab', { name: /Second page/ })).toBeVisible()
  await expect.poll(async () => (await row(isGraphics))?.restarts, { timeout: 20_000 }).toBe(3)
})

test('the window that was killed is drawn again, with its tabs', async () => {
  const before = await pidOf('chrome')
  process.kill(before, 'SIGKILL')
  await expect
    .poll(
      async () => {
        const now = await row('chrome')
        return [now?.pid !== before && now?.pid !== null, now?.state, now?.restarts]
      },
      { timeout: 20_000 },
    )
    .toEqual([true, 'active', 1])
  // Playwright gives up on a document that crashed, so the window is asked through the browser itself.
  const tabs = () =>
    nexus.app.evaluate(async ({ webContents }) => {
      const chrome = webContents.getAllWebContents().find(one => one.getURL().startsWith('nexus://chrome'))
      return chrome?.executeJavaScript(
        "[...document.querySelectorAll('[role=tab]')].map(tab => tab.textContent).join()",
      )
    })
  await expect.poll(tabs).toContain('Second page')
})
