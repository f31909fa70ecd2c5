import { type ChildProcess, spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { ProcessNiceness } from './process-niceness.ts'
import { raisingAbility } from './raising-ability.ts'

/** A process with several threads of its own, one of which is nicer than the rest. */
const program = `
  const { Worker } = require('node:worker_threads')
  const { readdirSync } = require('node:fs')
  const { setPriority } = require('node:os')
  const before = new Set(readdirSync('/proc/self/task'))
  let up = 0
  for (let i = 0; i < 3; i += 1) new Worker('setInterval(() => {}, 1000); require("node:worker_threads").parentPort.postMessage(0)', { eval: true }).on('message', () => {
    if (++up < 3) return
    const mine = readdirSync('/proc/self/task').find(id => !before.has(id))
    setPriority(Number(mine), 3)
    console.log(mine)
  })`

const isLinux = process.platform === 'linux'

it.runIf(isLinux)('reaches every thread of a real process and keeps the distances between them', async () => {
  const child = spawn(process.execPath, ['--eval', program], { stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    const nicer = Number(await firstLine(child))
    const pid = child.pid ?? 0
    const niceness = new ProcessNiceness()
    expect(threadsOf(pid).size).toBeGreaterThan(6)

    expect(niceness.set(pid, 10)).toBe(true)
    expect(othersOf(pid, nicer)).toEqual(new Set([10]))
    expect(threadsOf(pid).get(nicer)).toBe(13)

    // As far as there is room; the distance comes back with the room.
    niceness.set(pid, 18)
    expect(threadsOf(pid).get(nicer)).toBe(19)
    if (!raisingAbility().raisesAgain) return
    niceness.set(pid, 2)
    expect(othersOf(pid, nicer)).toEqual(new Set([2]))
    expect(threadsOf(pid).get(nicer)).toBe(5)
  } finally {
    child.kill('SIGKILL')
  }
  await new Promise(resolve => child.once('exit', resolve))
  expect(new ProcessNiceness().set(child.pid ?? 0, 10)).toBe(false)
})

it('meets threads that begin meanwhile, and lets go of those that end', () => {
  const nice = new Map([
    [1, 0],
    [2, 5],
    [3, 0],
  ])
  const appearing = [
    [1, 2, 3],
    [1, 2, 3, 4],
    [1, 2, 3, 4],
  ]
  const niceness = new ProcessNiceness({
    get: id => nice.get(id) ?? 0,
    set: (id, value) => {
      if (id === 3) throw Object.assign(new Error('gone'), { info: { code: 'ESRCH' } })
      nice.set(id, value)
    },
    threadsOf: () => appearing.shift() ?? [],
  })
  expect(niceness.set(1, 8)).toBe(true)
  expect([...nice]).toEqual([
    [1, 8],
    [2, 13],
    [3, 0],
    [4, 8],
  ])
})

it('says what the system refuses', () => {
  const niceness = new ProcessNiceness({
    get: () => 0,
    set: () => {
      throw Object.assign(new Error('not permitted'), { info: { code: 'EACCES' } })
    },
    threadsOf: () => [],
  })
  expect(() => niceness.set(1, -5)).toThrow('not permitted')
})

async function firstLine(child: ChildProcess): Promise<string> {
  for await (const chunk of child.stdout ?? []) return String(chunk).trim()
  throw new Error('It said nothing')
}

function threadsOf(pid: number): ReadonlyMap<number, number> {
  return new Map(
    readdirSync(`/proc/${pid}/task`).map(id => {
      const stat = readFileSync(`/proc/${pid}/task/${id}/stat`, 'utf8')
      return [Number(id), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[16])]
    }),
  )
}

function othersOf(pid: number, except: number): ReadonlySet<number> {
  const threads = new Map(threadsOf(pid))
  threads.delete(except)
  return new Set(threads.values())
}
