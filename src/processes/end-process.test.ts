import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { endProcess } from './end-process.ts'

describe('ending a process', () => {
  it('ends it by force, and does not mind that it has ended already', async () => {
    const child = spawn(process.execPath, [
      '-e',
      'process.on("SIGTERM", () => {}); setInterval(() => {}, 1000)',
    ])
    const exited = once(child, 'exit')
    if (child.pid === undefined) throw new Error('the child did not start')
    endProcess(child.pid)
    expect(await exited).toEqual([null, 'SIGKILL'])
    expect(() => endProcess(child.pid ?? 0)).not.toThrow()
  })

  it.each([0, -1, 1, Number.NaN, 1.5])('refuses %d, which is no process or more than one', pid => {
    expect(() => endProcess(pid)).toThrow(RangeError)
  })
})
