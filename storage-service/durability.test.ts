import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openDatabase } from './opening.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nexus-durability-'))
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Writes visits and tabs without end, naming each one after it was acknowledged. */
const writer = (file: string, round: number) => `
  import { openDatabase } from ${JSON.stringify(join(import.meta.dirname, 'opening.ts'))}
  import { createStorageHandlers } from ${JSON.stringify(join(import.meta.dirname, 'service.ts'))}
  const { database, report } = openDatabase(${JSON.stringify(file)}, Date.now)
  const storage = createStorageHandlers({ database, report, wallClock: Date.now, announceSettings() {} })
  for (let index = 0; ; index += 1) {
    const name = '${round}-' + index
    storage.recordVisit({ visitId: name, url: 'https://x.example/' + name, title: 'T'.repeat(300), at: Date.now() })
    storage.saveTab({ id: 'tab' + (index % 7), url: 'https://x.example/' + name, title: '', position: index, isActive: false })
    process.stdout.write(name + '\\n')
    // Lets the pipe drain: what was printed is what somebody has been told.
    await new Promise(resolve => setImmediate(resolve))
  }`

it('has every acknowledged write after kill -9 in the middle of writing, time after time', async () => {
  const file = join(folder, 'nexus.sqlite')
  const acknowledged: string[] = []
  for (const [round, killAfter] of [1, 40, 150].entries()) {
    const child = spawn(process.execPath, ['--input-type=module', '-e', writer(file, round)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const ended = new Promise(resolve => child.once('close', resolve))
    let count = 0
    for await (const name of createInterface({ input: child.stdout })) {
      acknowledged.push(name)
      count += 1
      if (count === killAfter) child.kill('SIGKILL')
    }
    await ended
    expect(child.signalCode).toBe('SIGKILL')

    const { database, report } = openDatabase(file, Date.now)
    expect(report).toEqual({ kind: 'opened' })
    const stored = new Set(
      database
        .prepare('SELECT visit_id FROM visits')
        .all()
        .map(row => row.visit_id),
    )
    expect(acknowledged.filter(name => !stored.has(name))).toEqual([])
    const last = acknowledged.at(-1)?.split('-')[1]
    const tabs = database.prepare('SELECT max(position) AS latest FROM tabs').get()
    expect(Number(tabs?.latest)).toBeGreaterThanOrEqual(Number(last))
    database.close()
  }
  expect(acknowledged.length).toBeGreaterThanOrEqual(191)
  // Three processes are started and killed one after the other; on a busy machine that alone takes its time.
}, 120_000)
