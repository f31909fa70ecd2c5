import { spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { expect, it } from 'vitest'
import { silentLog } from '../../../ipc/log.ts'
import { FakeBook, knownProcess } from '../testing/fake-book.ts'
import { Affinity } from './affinity.ts'
import { type CorePlan, planCores } from './core-plan.ts'
import { readCoreList, readCores } from './read-cores.ts'
import { findTaskset } from './taskset.ts'

const eight: CorePlan = planCores(Array.from({ length: 8 }, (_, id) => ({ id, speed: 1 })))

function world(plan: CorePlan = eight, hasTaskset = true) {
  const book = new FakeBook()
  const pins: string[] = []
  const taskset = {
    pin: async (pid: number, cores: readonly number[]) => {
      pins.push(`${pid}:${cores.join(',')}`)
      if (pid === 666) throw new Error('no such process')
    },
  }
  const affinity = new Affinity({ book, plan, taskset: hasTaskset ? taskset : null, log: silentLog })
  const news = async () => {
    await affinity.settled()
    return pins.splice(0)
  }
  return { book, affinity, news }
}

const all = [
  knownProcess('controller', 'controller', 1),
  knownProcess('renderer:3', 'tab', 3, { isInView: true }),
  knownProcess('renderer:4', 'tab', 4),
  knownProcess('service:ai', 'ai', 7),
  knownProcess('engine:8', 'gpu', 8),
]

it('ties nothing until it is asked to, and lets all go again', async () => {
  const { book, affinity, news } = world()
  book.put(...all)
  expect(await news()).toEqual([])
  affinity.follow(true)
  expect(await news()).toEqual(['3:0,1,2,3', '7:4,5,6,7', '8:0,1,2,3'])
  book.put(...all)
  expect(await news()).toEqual([])
  affinity.follow(false)
  const everywhere = '0,1,2,3,4,5,6,7'
  expect(await news()).toEqual([`3:${everywhere}`, `7:${everywhere}`, `8:${everywhere}`])
})

it('follows the tab in view, and what comes back as another process', async () => {
  const { book, affinity, news } = world()
  book.put(...all)
  affinity.follow(true)
  await news()
  book.put(
    knownProcess('renderer:3', 'tab', 3),
    knownProcess('renderer:4', 'tab', 4, { isInView: true }),
    knownProcess('service:ai', 'ai', 70),
  )
  expect(await news()).toEqual(['3:0,1,2,3,4,5,6,7', '4:0,1,2,3', '70:4,5,6,7'])
})

it('lets go at its end, and survives a process that is gone', async () => {
  const { book, affinity, news } = world()
  book.put(knownProcess('service:ai', 'ai', 666), knownProcess('engine:8', 'gpu', 8))
  affinity.follow(true)
  expect(await news()).toEqual(['666:4,5,6,7', '8:0,1,2,3'])
  await affinity[Symbol.asyncDispose]()
  expect(await news()).toEqual(['666:0,1,2,3,4,5,6,7', '8:0,1,2,3,4,5,6,7'])
  book.put(knownProcess('renderer:3', 'tab', 3, { isInView: true }))
  expect(await news()).toEqual([])
})

it('does nothing with two cores, or without the program', async () => {
  for (const { book, affinity, news } of [world(planCores([core(0), core(1)])), world(eight, false)]) {
    book.put(...all)
    affinity.follow(true)
    expect(affinity.isAvailable).toBe(false)
    expect(await news()).toEqual([])
  }
})

it('gives what is looked at the fast cores where cores differ', () => {
  expect(planCores([core(0), core(1)])).toEqual({ kind: 'tooFew', count: 2 })
  expect(planCores([core(0, 400), core(1, 400), core(2, 400), core(3, 1_024)])).toMatchObject({
    fast: [3],
    batch: [0, 1, 2],
  })
  expect(planCores([core(0), core(1), core(5)])).toMatchObject({ fast: [0, 1], batch: [5] })
})

it('reads cores as Linux tells of them', () => {
  const files: Readonly<Record<string, string>> = {
    '/proc/self/status': 'Cpus_allowed:\t2f\nCpus_allowed_list:\t0-1,3\n',
    '/sys/devices/system/cpu/cpu0/cpu_capacity': '446\n',
    '/sys/devices/system/cpu/cpu1/cpufreq/cpuinfo_max_freq': '2800000\n',
  }
  const read = (file: string): string => {
    const text = files[file]
    if (text === undefined) throw new Error('no such file')
    return text
  }
  expect(readCores(read)).toEqual([core(0, 446), core(1, 2_800_000), core(3, 1)])
  expect(readCoreList('0-2,5,7-8')).toEqual([0, 1, 2, 5, 7, 8])
  expect(readCoreList('x,3-1,')).toEqual([])
})

const taskset = findTaskset()

it.runIf(taskset !== null && availableParallelism() > 1)('ties every thread of a real process', async () => {
  const child = spawn(process.execPath, ['--eval', 'setInterval(() => {}, 1000); console.log(1)'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    await new Promise(resolve => child.stdout.once('data', resolve))
    const cores = readCores().map(({ id }) => id)
    const [first = 0] = cores
    await taskset?.pin(child.pid ?? 0, [first])
    expect(allowedOf(child.pid ?? 0)).toEqual(new Set([`${first}`]))
    await taskset?.pin(child.pid ?? 0, cores)
    expect([...allowedOf(child.pid ?? 0)].map(readCoreList)).toEqual([cores])
  } finally {
    child.kill('SIGKILL')
  }
})

it('finds its program only where it is, and only on Linux', () => {
  expect(findTaskset('darwin')).toBeNull()
  expect(findTaskset('linux', '/nowhere::relative')).toBeNull()
})

function core(id: number, speed = 1) {
  return { id, speed }
}

function allowedOf(pid: number): ReadonlySet<string> {
  return new Set(
    readdirSync(`/proc/${pid}/task`).map(
      id =>
        /^Cpus_allowed_list:\s*(.+)$/m.exec(readFileSync(`/proc/${pid}/task/${id}/status`, 'utf8'))?.[1] ??
        '',
    ),
  )
}
