import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { type FixtureServer, serveFixtures } from '../fixtures/server.ts'
import { launchNexus, type Nexus, removal } from './nexus.ts'
import { lastLine, nexusCommand } from './nexus-command.ts'

test.describe('beside a running browser', () => {
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

  test('ps prints the process tree, as a tree and as JSON', async () => {
    const printed = await nexusCommand(nexus.userDataFolder, 'ps')
    expect(printed.code).toBe(0)
    expect(printed.stdout).toMatch(/Nexus core[\s\S]*[├└]─ Window[\s\S]*Storage/)
    const json = await nexusCommand(nexus.userDataFolder, 'ps', '--json')
    expect(lastLine(json.stdout)).toMatchObject({
      rows: expect.arrayContaining([expect.objectContaining({ kind: 'storage' })]),
    })
  })

  test('ps sorts, and kill ends what is named and says why it ends nothing else', async () => {
    const folder = nexus.userDataFolder
    const sorted = await nexusCommand(folder, 'ps', '--flat', '--sort', 'memory', '--json')
    const { rows } = lastLine(sorted.stdout) as { rows: { pid: number | null; memoryBytes: number | null }[] }
    const known = rows.flatMap(({ memoryBytes }) => memoryBytes ?? [])
    expect(known).toEqual(known.toSorted((one, other) => other - one))
    expect(rows.some(row => row.pid === nexus.app.process().pid)).toBe(true)
    const killed = await nexusCommand(folder, 'kill', 'storage')
    expect(killed).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^Asked to end: Storage, process \d+\.$/m),
    })
    const core = await nexusCommand(folder, 'kill', String(nexus.app.process().pid), '--force')
    expect(core).toMatchObject({
      code: 9,
      stderr: expect.stringContaining('Everything else depends on the core'),
    })
    const nobody = await nexusCommand(folder, 'kill', 'stor', '--json')
    expect(nobody.code).toBe(8)
    expect(lastLine(nobody.stdout)).toMatchObject({
      error: { code: 'UNKNOWN_PROCESS', message: expect.stringContaining('Storage') },
    })
    // What a person ends on purpose is no crash.
    expect(await nexusCommand(folder, 'crashes')).toMatchObject({
      code: 0,
      stdout: 'Nothing has crashed that is remembered.\n',
    })
  })

  test('analyze prints what was understood as one JSON object, and leaves no tab behind', async () => {
    const tabs = await nexus.chrome.getByRole('tab').count()
    const { code, stdout } = await nexusCommand(
      nexus.userDataFolder,
      'analyze',
      `${server.origin}/article`,
      '--json',
    )
    expect(code).toBe(0)
    expect(lastLine(stdout)).toMatchObject({
      url: `${server.origin}/article`,
      title: 'Listening to the tide',
      language: { tag: 'en' },
      words: expect.any(Number),
      readingMinutes: expect.any(Number),
    })
    await expect(nexus.chrome.getByRole('tab')).toHaveCount(tabs)
  })

  test('open opens a tab in the window', async () => {
    const { code } = await nexusCommand(nexus.userDataFolder, 'open', `${server.origin}/second`)
    expect(code).toBe(0)
    await expect(nexus.chrome.getByRole('tab', { name: /Second page/ })).toBeVisible()
  })

  test('each failure has its message and its exit code', async () => {
    const unreachable = await nexusCommand(nexus.userDataFolder, 'analyze', 'http://localhost:9/', '--json')
    expect(unreachable.code).toBe(4)
    expect(lastLine(unreachable.stdout)).toMatchObject({ error: { code: 'PAGE_NOT_LOADED' } })
    const empty = await nexusCommand(nexus.userDataFolder, 'analyze', `${server.origin}/empty`, '--json')
    expect(empty.code).toBe(5)
    const nonsense = await nexusCommand(nexus.userDataFolder, 'analyse')
    expect(nonsense.code).toBe(2)
    expect(nonsense.stderr).toContain('There is no command "analyse"')
  })
})

test('without a running browser, ps says so and analyze starts one and ends it', async () => {
  test.slow()
  const server = await serveFixtures()
  const userDataFolder = await mkdtemp(path.join(tmpdir(), 'nexus-cli-'))
  try {
    const ps = await nexusCommand(userDataFolder, 'ps')
    expect(ps.code).toBe(3)
    expect(ps.stderr).toMatch(/not running/i)
    const analyzed = await nexusCommand(userDataFolder, 'analyze', `${server.origin}/article`, '--json')
    expect(analyzed).toMatchObject({ code: 0 })
    expect(lastLine(analyzed.stdout)).toMatchObject({ title: 'Listening to the tide' })
    await expect
      .poll(async () => (await nexusCommand(userDataFolder, 'ps')).code, { timeout: 15_000 })
      .toBe(3)
  } finally {
    await server[Symbol.asyncDispose]()
    await rm(userDataFolder, removal)
  }
})
