import { beforeEach, expect, it } from 'vitest'
import { SimulatedClock } from '../../ipc/simulated-clock.ts'
import { type WarmPage, WarmPages } from './warm-pages.ts'

class FakePage implements WarmPage {
  pid: number | null = null
  isClosed = false
  readonly started = Promise.withResolvers<void>()
  readonly spoilt = new Set<() => void>()

  warm(): Promise<void> {
    return this.started.promise
  }

  onSpoilt(listener: () => void): Disposable {
    this.spoilt.add(listener)
    return { [Symbol.dispose]: () => void this.spoilt.delete(listener) }
  }

  start(pid: number): void {
    this.pid = pid
    this.started.resolve()
  }

  lose(): void {
    this.pid = null
    for (const listener of [...this.spoilt]) listener()
  }

  [Symbol.dispose](): void {
    this.isClosed = true
  }
}

let clock: SimulatedClock
let made: FakePage[]
let wanted: number
let isBusy: boolean
let whenReady: Promise<void>
let changes: number
let said: string[]
let warm: WarmPages<FakePage>

beforeEach(() => {
  clock = new SimulatedClock()
  made = []
  wanted = 1
  isBusy = false
  whenReady = Promise.resolve()
  changes = 0
  said = []
  warm = new WarmPages({
    make: () => {
      const page = new FakePage()
      made.push(page)
      return page
    },
    whenReady: () => whenReady,
    wanted: () => wanted,
    isBusy: () => isBusy,
    onChange: () => {
      changes += 1
    },
    clock,
    debug: message => said.push(message),
  })
})

async function pass(ms: number): Promise<void> {
  clock.advance(ms)
  await new Promise(resolve => setImmediate(resolve))
}

/** Lets the page that is made next become ready. */
async function ready(pid: number): Promise<FakePage> {
  await pass(1_000)
  const page = made.at(-1)
  if (page === undefined) throw new Error('none was made')
  page.start(pid)
  await pass(0)
  return page
}

it('makes one a second after it is welcome, and gives it out once it is ready', async () => {
  warm.follow()
  await pass(999)
  expect(made).toHaveLength(0)
  await pass(1)
  expect([made.length, warm.take()]).toEqual([1, null])
  const page = made[0]
  page?.start(7)
  await pass(0)
  expect(warm.pids).toEqual([7])
  expect(warm.take()).toBe(page)
  expect([warm.take(), warm.pids, page?.isClosed, page?.spoilt.size]).toEqual([null, [], false, 0])
})

it('makes another one in the place of each that was taken, one after the other', async () => {
  wanted = 2
  warm.follow()
  await ready(1)
  await ready(2)
  await pass(60_000)
  expect([made.length, warm.pids]).toEqual([2, [1, 2]])
  warm.take()
  warm.take()
  await pass(1_000)
  expect(made).toHaveLength(3)
})

it('makes none while the person waits for something, nor before pages may be made', async () => {
  isBusy = true
  warm.follow()
  await pass(30_000)
  expect(made).toHaveLength(0)
  isBusy = false
  const session = Promise.withResolvers<void>()
  whenReady = session.promise
  await pass(1_000)
  expect(made).toHaveLength(0)
  session.resolve()
  await pass(0)
  expect(made).toHaveLength(1)
})

it('throws those away that are too many', async () => {
  wanted = 2
  warm.follow()
  await ready(1)
  await ready(2)
  wanted = 0
  warm.follow()
  expect([warm.pids, made.map(page => page.isClosed), warm.take()]).toEqual([[], [true, true], null])
  await pass(60_000)
  expect([made.length, clock.timers]).toEqual([2, 0])
})

it('never gives out one that lost its process or has shown anything, and tries again with the next tab', async () => {
  warm.follow()
  const page = await ready(1)
  page.pid = null
  expect(warm.take()).toBe(null)
  page.lose()
  await pass(60_000)
  expect([page.isClosed, made.length, warm.take()]).toEqual([true, 1, null])
  warm.follow()
  await pass(1_000)
  expect(made).toHaveLength(2)
})

it('gives up one that does not start, and says so', async () => {
  warm.follow()
  await pass(1_000)
  await pass(10_000)
  expect([made[0]?.isClosed, said]).toEqual([true, ['No page waits for the next tab: it took too long']])
  warm.follow()
  await pass(1_000)
  made[1]?.started.reject(new Error('no process'))
  await pass(60_000)
  expect([made.length, made[1]?.isClosed, said.at(-1)]).toEqual([
    2,
    true,
    'No page waits for the next tab: no process',
  ])
})

it('tells whenever other processes wait than before', async () => {
  warm.follow()
  await ready(1)
  const before = changes
  warm.take()
  expect([before, changes]).toEqual([1, 2])
})

it('closes what it keeps, also one that is being made, and makes no more', async () => {
  wanted = 2
  warm.follow()
  await ready(1)
  await pass(1_000)
  warm[Symbol.dispose]()
  made[1]?.start(2)
  warm.follow()
  await pass(60_000)
  expect([made.map(page => page.isClosed), warm.pids, clock.timers]).toEqual([[true, true], [], 0])
})
