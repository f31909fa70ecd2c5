import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const script = fileURLToPath(new URL('testing/confined-process.ts', import.meta.url))

it('the audio process and its threads reach neither network nor files, and decode all the same', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [script], { timeout: 15_000 })
  const { inProcess, inThread, decoded } = JSON.parse(stdout)
  expect(decoded).toEqual({ kind: 'whole', frames: 19_200 })
  expect(Object.keys(inProcess).length).toBeGreaterThan(20)
  for (const outcomes of [inProcess, inThread]) {
    const { 'put back': putBack, ...others } = outcomes
    expect(putBack).toMatch(/TypeError/)
    expect(Object.entries(others).filter(([, outcome]) => outcome !== 'CONFINED')).toEqual([])
  }
})
