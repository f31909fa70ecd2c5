import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { type FixtureServer, serveFixtures } from '../fixtures/server.ts'
import { launchNexus, type Nexus, removal } from './nexus.ts'
import { lastLine, nexusCommand } from './nexus-command.ts'

/** What the panel and the command line show of the messages. */
test.describe.configure({ mode: 'serial' })

let server: FixtureServer
let nexus: Nexus
let folder: string

test.beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'nexus-messages-'))
  server = await serveFixtures()
  nexus = await launchNexus()
})
test.afterAll(async () => {
  await nexus[Symbol.asyncDispose]()
  await server[Symbol.asyncDispose]()
  await rm(folder, removal)
})

const command = (...words: string[]) => nexusCommand(nexus.userDataFolder, ...words)

test('the panel shows who talks to whom, each pair with its methods', async () => {
  const { chrome } = nexus
  await nexus.go(`${server.origin}/article`)
  await expect(chrome.getByRole('tab', { name: /Listening to the tide/ })).toBeVisible()
  await chrome.getByRole('button', { name: 'Analyse', exact: true }).click()
  const analysis = chrome.getByRole('complementary', { name: 'Analysis' })
  await expect(analysis.getByText(/^Done in/)).toBeVisible({ timeout: 20_000 })
  await chrome.keyboard.press('Shift+Escape')
  await chrome.getByRole('radio', { name: /^Messages/ }).check({ force: true })
  const pair = chrome.getByRole('row', { name: /Reader.*localhost/ })
  await expect(pair.first()).toBeVisible()
  // The rows are drawn anew each second; opening a pair that is open changes nothing.
  await expect(async () => {
    await pair.first().click()
    await chrome.keyboard.press('ArrowRight')
    await expect(chrome.getByText('page.read').first()).toBeVisible({ timeout: 1_000 })
  }).toPass()
  await chrome.keyboard.press('Shift+Escape')
})

test('ps --ipc tells who talked to whom, how fast and over which methods', async () => {
  const { code, stdout } = await command('ps', '--ipc', '--json')
  expect(code).toBe(0)
  const traffic = lastLine(stdout) as { pairs: { from: string; to: string; isDirect: boolean }[] }
  const pairs = traffic.pairs.map(({ from, to }) => `${from} > ${to}`)
  expect(pairs).toContain('controller > service:ai')
  expect(pairs).toContain('controller > service:storage')
  // The text of a page goes from the tab to the AI process without passing through main.
  const direct = traffic.pairs.find(({ from, to }) => from === 'service:ai' && to.startsWith('tab:'))
  // Once for the person, and perhaps once more in the background.
  expect(direct).toMatchObject({ isDirect: true, errorRate: 0, methods: [{ method: 'page.read' }] })
  const printed = await command('ps', '--ipc')
  expect(printed.stdout).toMatch(/service:ai|Reader model/)
})

test('trace writes the whole path of an analysis in the Chrome trace format', async () => {
  const file = path.join(folder, 'trace.json')
  const tracing = command('trace', '--seconds', '8', '--out', file)
  await command('analyze', `${server.origin}/second`, '--json')
  expect((await tracing).code).toBe(0)
  const { traceEvents } = JSON.parse(await readFile(file, 'utf8')) as {
    traceEvents: { name: string; ph: string; pid: number; args?: { trace?: string } }[]
  }
  const read = traceEvents.filter(({ name }) => name === 'page.read')
  const analyze = traceEvents.filter(({ name }) => name === 'ai.analyzeTab')
  const traceOf = (events: typeof read) => events.find(({ args }) => args?.trace !== undefined)?.args?.trace
  expect(traceOf(read)).toMatch(/^[0-9a-f]{14}$/)
  // Reading the page is a part of analysing it, in another process.
  expect(traceOf(read)).toBe(traceOf(analyze))
  expect(new Set(traceEvents.map(({ pid }) => pid)).size).toBeGreaterThan(1)
})

test('record keeps what was said, without what is private', async () => {
  const file = path.join(folder, 'session.jsonl')
  const recording = command('record', '--seconds', '8', '--out', file)
  await command('analyze', `${server.origin}/article`, '--json')
  expect((await recording).code).toBe(0)
  const text = await readFile(file, 'utf8')
  expect(text).toContain('ai.analyzeTab')
  expect(text).not.toContain('Listening to the tide')
})

test('a service that hangs is noticed, ended and brought back, and works again', async () => {
  test.setTimeout(120_000)
  const rows = async () => {
    const { stdout } = await command('ps', '--json')
    return (lastLine(stdout) as { rows: { id: string; pid: number | null }[] }).rows
  }
  const pidOf = async () => (await rows()).find(({ id }) => id === 'service:storage')?.pid ?? null
  const before = await pidOf()
  if (before === null) throw new Error('Storage does not run')
  process.kill(before, 'SIGSTOP')
  await expect.poll(pidOf, { timeout: 60_000, intervals: [1_000] }).not.toBe(before)
  await expect(nexus.chrome.getByRole('log', { name: 'Notices' })).toContainText(
    'Storage stopped and is being restarted',
  )
  await nexus.go(`${server.origin}/second`)
  await expect(nexus.chrome.getByRole('tab', { name: /Second page/ })).toBeVisible()
  await expect
    .poll(
      async () => ((await rows()).find(({ id }) => id === 'service:storage') as { state?: string })?.state,
    )
    .toMatch(/active|idle|ready/)
})
