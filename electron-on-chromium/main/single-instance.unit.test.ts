import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type SecondInstance, SingleInstance } from './single-instance.ts'

let directory = ''
beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'single-instance-'))
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

const second: SecondInstance = {
  argv: ['electron', 'x'],
  workingDirectory: '/here',
  additionalData: { a: 1 },
}

describe('SingleInstance', () => {
  it('is held by one at a time, and free again when released', () => {
    const one = new SingleInstance(() => {})
    expect(one.acquire(directory, second)).toBe(true)
    expect(one.isHeld).toBe(true)
    one.release()
    const other = new SingleInstance(() => {})
    expect(other.acquire(directory, second)).toBe(true)
    other.release()
  })

  it('takes over the lock of a process that is gone', () => {
    const stale = { pid: 2 ** 22 - 1, startTime: '1', socketPath: path.join(directory, 'gone.sock') }
    writeFileSync(path.join(directory, 'SingletonLock.json'), JSON.stringify(stale))
    const instance = new SingleInstance(() => {})
    expect(instance.acquire(directory, second)).toBe(true)
    instance.release()
  })
})
