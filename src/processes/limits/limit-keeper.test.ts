import { describe, expect, it } from 'vitest'
import type { Notice } from '../../../contracts/browser.ts'
import { defaultSettings, type MemoryLimits } from '../../../contracts/storage.ts'
import { SimulatedClock } from '../../../ipc/simulated-clock.ts'
import type { EndCause, KnownProcess } from '../book/known-process.ts'
import { FakeBook, knownProcess } from '../testing/fake-book.ts'
import { LimitKeeper } from './limit-keeper.ts'
import type { LimitSettings } from './limit-of.ts'

const megabyte = 2 ** 20

function start(settings: Partial<LimitSettings> = {}) {
  const clock = new SimulatedClock()
  const book = new FakeBook()
  const memory = new Map<number, number>()
  const state = { settings: { ...defaultSettings, ...settings }, isOnBattery: false, looks: 0 }
  const asked: string[] = []
  const ended: string[] = []
  const causes: EndCause[] = []
  const notices: Notice[] = []
  /** What becomes of a process that was asked, or ended. */
  const follow = {
    ask: async (_process: KnownProcess): Promise<void> => {},
    end: (_process: KnownProcess): void => {},
  }
  const keeper = new LimitKeeper({
    book: { all: () => book.all(), noteEnd: (_pid, cause) => causes.push(cause) },
    memoryOf: pids => {
      state.looks += 1
      return new Map(
        [...pids].flatMap(pid => {
          const bytes = memory.get(pid)
          return bytes === undefined ? [] : [[pid, bytes]]
        }),
      )
    },
    settings: () => state.settings,
    ask: async process => {
      asked.push(process.id)
      await follow.ask(process)
      return true
    },
    end: process => {
      ended.push(process.id)
      if (process.pid !== null) memory.delete(process.pid)
      book.drop(process.id)
      follow.end(process)
    },
    notify: notice => notices.push(notice),
    log: () => {},
    isOnBattery: () => state.isOnBattery,
    clock,
  })
  keeper.start()
  const put = (
    id: string,
    kind: KnownProcess['kind'],
    pid: number,
    megabytes: number,
    rest: Partial<KnownProcess> = {},
  ) => {
    book.put(knownProcess(id, kind, pid, rest))
    memory.set(pid, megabytes * megabyte)
  }
  return { clock, book, memory, state, asked, ended, causes, notices, follow, keeper, put }
}

/** Time passes second by second, with what each leads to. */
async function pass(clock: SimulatedClock, ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 1_000) {
    clock.advance(1_000)
    for (let turn = 0; turn < 6; turn += 1) await Promise.resolve()
  }
}

describe('holding processes to their memory', () => {
  it('asks at 90 %, ends what stays over its limit, says so, and touches nothing else', async () => {
    const { clock, put, memory, asked, ended, causes, notices } = start()
    put('renderer:1', 'tab', 1, 470, { site: 'a.test', tabIds: ['a'] })
    put('renderer:2', 'tab', 2, 300, { site: 'b.test', tabIds: ['b'] })
    await pass(clock, 5_000)
    expect([asked, ended]).toEqual([['renderer:1'], []])
    memory.set(1, 612 * megabyte)
    await pass(clock, 10_000)
    expect([asked, ended]).toEqual([['renderer:1', 'renderer:1'], ['renderer:1']])
    expect(causes).toEqual([{ kind: 'memoryLimit', memoryBytes: 612 * megabyte, limitBytes: 512 * megabyte }])
    expect(notices).toEqual([
      {
        id: 'memory:renderer:1',
        tone: 'info',
        message:
          'a.test held 612 MB of memory, more than its limit of 512 MB, and was ended. It can be loaded again; other tabs go on.',
      },
    ])
  })

  it('gives a process the time that it takes to free its memory, and no more than that', async () => {
    const { clock, put, memory, follow, ended } = start()
    put('service:network', 'network', 1, 700)
    const freeing = Promise.withResolvers<void>()
    follow.ask = () => freeing.promise
    await pass(clock, 20_000)
    expect(ended).toEqual([])
    freeing.resolve()
    await pass(clock, 2_000)
    expect(ended).toEqual(['service:network'])
    follow.ask = async () => {
      throw new Error('it did not answer')
    }
    put('service:network', 'network', 2, 700)
    await pass(clock, 10_000)
    expect(ended).toHaveLength(2)
    expect(memory.has(2)).toBe(false)
  })

  it('lets a process live that frees its memory when it is asked', async () => {
    const { clock, put, memory, follow, asked, ended } = start()
    put('service:network', 'network', 1, 700)
    follow.ask = async () => void memory.set(1, 200 * megabyte)
    await pass(clock, 60_000)
    expect([asked, ended]).toEqual([['service:network'], []])
  })

  it('has a limit for each kind, and one of its own for a site that was given it', async () => {
    const { keeper } = start({ siteMemoryLimits: [{ site: 'big.test', megabytes: 1_024 }] })
    const kinds = [
      'controller',
      'chrome',
      'tab',
      'ai',
      'storage',
      'network',
      'audio',
      'compositor',
      'gpu',
      'engine',
    ] as const
    const limits = kinds.map(kind => (keeper.limitOf({ kind, site: 'a.test' }) ?? 0) / megabyte)
    expect(limits).toEqual([1_024, 512, 512, 2_048, 512, 512, 512, 512, 1_024, 0])
    expect(keeper.limitOf({ kind: 'tab', site: 'big.test' })).toBe(1_024 * megabyte)
    expect(keeper.limitOf({ kind: 'ai', site: 'big.test' })).toBe(2_048 * megabyte)
  })

  it('gives a process that several sites share the most generous of their limits', async () => {
    const { clock, put, ended } = start({ siteMemoryLimits: [{ site: 'big.test', megabytes: 1_024 }] })
    put('renderer:1', 'tab', 1, 700, { site: 'a.test' })
    put('frame:1:renderer:2', 'tab', 1, 700, { site: 'big.test' })
    await pass(clock, 60_000)
    expect(ended).toEqual([])
  })

  it('never ends the core: frees what it can, and says so once in ten minutes', async () => {
    const { clock, put, asked, ended, notices } = start()
    put('controller', 'controller', 1, 1_100)
    await pass(clock, 9 * 60_000)
    expect(asked).toEqual(['controller', 'controller'])
    expect(ended).toEqual([])
    expect(notices.map(({ message }) => message)).toEqual([
      'Nexus core holds 1,100 MB of memory, more than its limit of 1,024 MB. What it could do without is freed. Closing tabs helps, or starting Nexus again: your tabs come back.',
    ])
  })

  it('tells no name of a private tab', async () => {
    const { clock, put, notices } = start()
    put('renderer:1', 'tab', 1, 700, {
      site: 'secret.test',
      name: 'secret.test',
      isPrivate: true,
      tabIds: ['a'],
    })
    await pass(clock, 10_000)
    expect(notices).toHaveLength(1)
    expect(JSON.stringify(notices)).not.toContain('secret')
  })

  it('gives a limit up that a service cannot keep, until it is changed', async () => {
    const limits: MemoryLimits = { ...defaultSettings.memoryLimitsMegabytes, other: 64 }
    const { clock, put, follow, ended, notices, state } = start({ memoryLimitsMegabytes: limits })
    let pid = 1
    const comeBack = () => {
      pid += 1
      put('service:storage', 'storage', pid, 90, { name: 'Storage' })
    }
    follow.end = comeBack
    comeBack()
    await pass(clock, 10 * 60_000)
    expect(ended).toHaveLength(3)
    expect(notices.at(-1)).toEqual({
      id: 'memory:service:storage',
      tone: 'problem',
      message:
        'Storage was ended three times for its memory. 64 MB are too few for it: this limit is not kept until you change it in the settings.',
    })
    state.settings = { ...state.settings, memoryLimitsMegabytes: { ...limits, other: 80 } }
    await pass(clock, 5_000)
    expect(ended).toHaveLength(4)
  })

  it('counts only ends that follow one another closely', async () => {
    const { clock, put, follow, ended } = start()
    let pid = 1
    follow.end = () => void clock.after(15 * 60_000, () => put('service:ai', 'ai', ++pid, 3_000))
    put('service:ai', 'ai', pid, 3_000)
    await pass(clock, 2 * 3_600_000)
    expect(ended.length).toBeGreaterThan(5)
  })

  it('knows the graphics process again, which has no name but its number', async () => {
    const { clock, put, follow, ended } = start()
    let pid = 1
    follow.end = () => put(`engine:${++pid}`, 'gpu', pid, 2_000)
    put(`engine:${pid}`, 'gpu', pid, 2_000)
    await pass(clock, 10 * 60_000)
    expect(ended).toEqual(['engine:1', 'engine:2', 'engine:3'])
  })

  it('looks every five seconds, every ten on a battery, and each second while one is near its limit', async () => {
    const { clock, put, memory, state } = start()
    put('renderer:1', 'tab', 1, 100)
    const looksIn = async (ms: number): Promise<number> => {
      const before = state.looks
      await pass(clock, ms)
      return state.looks - before
    }
    await looksIn(5_000)
    expect(await looksIn(60_000)).toBe(12)
    memory.set(1, 400 * megabyte)
    await looksIn(5_000)
    expect(await looksIn(60_000)).toBe(60)
    memory.set(1, 100 * megabyte)
    state.isOnBattery = true
    await looksIn(1_000)
    expect(await looksIn(60_000)).toBe(6)
  })

  it('says for a moment that it told of an end, so that it is told once', async () => {
    const { clock, put, keeper, ended } = start()
    put('service:ai', 'ai', 1, 3_000)
    await pass(clock, 8_000)
    expect([ended.length, keeper.hasToldOf('service:ai'), keeper.hasToldOf('service:audio')]).toEqual([
      1,
      true,
      false,
    ])
    await pass(clock, 10_000)
    expect(keeper.hasToldOf('service:ai')).toBe(false)
  })

  it('knows what a process held before it was ended', async () => {
    const { clock, put, memory, keeper } = start()
    put('renderer:1', 'tab', 1, 100)
    await pass(clock, 5_000)
    memory.set(1, 700 * megabyte)
    await pass(clock, 9_000)
    expect(keeper.samplesOf(1).map(({ bytes }) => bytes / megabyte)).toEqual([100, 700, 700, 700, 700])
    await pass(clock, 20_000)
    expect(keeper.samplesOf(1)).toEqual([])
  })

  it('leaves nothing behind', async () => {
    const { clock, keeper } = start()
    await pass(clock, 20_000)
    keeper[Symbol.dispose]()
    expect(clock.timers).toBe(0)
  })
})
