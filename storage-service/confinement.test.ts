import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const script = fileURLToPath(new URL('./testing/confined-process.ts', import.meta.url))

it('the storage process has no network, processes, threads or native code, and keeps, checks and mends its file', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'nexus-confined-'))
  try {
    const args = [script, join(folder, 'nexus.sqlite')]
    const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 30_000 })
    const answer = JSON.parse(stdout) as { outcomes: Record<string, string> }
    expect(answer).toMatchObject({ report: 'created', inspection: [], damaged: 'recovered' })
    expect(Object.keys(answer.outcomes)).toHaveLength(22)
    expect(Object.entries(answer.outcomes).filter(([, outcome]) => outcome !== 'CONFINED')).toEqual([])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}, 60_000)
