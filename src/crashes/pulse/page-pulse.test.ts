import { beforeEach, describe, expect, it } from 'vitest'
import { SimulatedClock } from '../../../ipc/simulated-clock.ts'
import { PagePulse, type PulsedPage } from './page-pulse.ts'
import { linuxThreadStates, measuredThreadStates, type ThreadState } from './thread-states.ts'

let clock: SimulatedClock
let thread: ThreadState | null
let asked: number
let told: string[]
let answer: () => void
let page: PulsedPage | null

beforeEach(() => {
  clock = new SimulatedClock()
  thread = 'running'
  asked = 0
  told = []
  page = pageOf('one')
})

function pageOf(document: string): PulsedPage {
  return {
    id: 'tab',
    document,
    pid: 7,
    ping: () => {
      asked += 1
      return new Promise<void>(resolve => {
        answer = resolve
      })
    },
  }
}

function start(): PagePulse {
  return new PagePulse({
    clock,
    pages: () => (page === null ? [] : [page]),
    threadState: () => thread,
    onSilent: id => told.push(`silent ${id}`),
    onAnswer: id => told.push(`answers ${id}`),
  })
}

const settle = () => new Promise(resolve => setImmediate(resolve))

describe('the pulse of a page', () => {
  it('asks a page that answers once in four seconds, and says nothing', async () => {
    start()
    for (let second = 0; second < 40; second += 1) {
      clock.advance(1_000)
      answer?.()
      await settle()
    }
    expect({ asked, told }).toEqual({ asked: 8, told: [] })
  })

  it('tells of one that computes without a pause for ten looks, and when it answers again', async () => {
    start()
    clock.advance(4_000 + 9_000)
    expect(told).toEqual([])
    clock.advance(1_000)
    expect(told).toEqual(['silent tab'])
    clock.advance(60_000)
    expect({ asked, told }).toEqual({ asked: 1, told: ['silent tab'] })
    answer()
    await settle()
    expect(told).toEqual(['silent tab', 'answers tab'])
  })

  it('tells of one that was stopped from outside after three looks', () => {
    thread = 'stopped'
    start()
    clock.advance(4_000 + 3_000)
    expect(told).toEqual(['silent tab'])
  })

  it('says nothing of one that waits, as with a dialog, at a breakpoint or for its turn on a busy machine', () => {
    thread = 'waiting'
    start()
    clock.advance(600_000)
    expect(told).toEqual([])
  })

  it('begins to count anew when the thread paused in between', () => {
    start()
    for (let round = 0; round < 5; round += 1) {
      thread = 'running'
      clock.advance(9_000)
      thread = 'waiting'
      clock.advance(1_000)
    }
    expect(told).toEqual([])
  })

  it('asks another document anew, and forgets a page that nobody looks at', async () => {
    start()
    clock.advance(8_000)
    page = pageOf('two')
    clock.advance(8_000)
    expect({ asked, told }).toEqual({ asked: 2, told: [] })
    page = null
    clock.advance(60_000)
    expect({ asked, told }).toEqual({ asked: 2, told: [] })
  })

  it('leaves no timer behind', () => {
    start()[Symbol.dispose]()
    expect(clock.timers).toBe(0)
  })
})

describe('the state of a thread', () => {
  it.each([
    ['7 (a) R) R 1 7', 'running'],
    ['7 (chromium) T 1 7', 'stopped'],
    ['7 (chromium) t 1 7', 'waiting'],
    ['7 (chromium) S 1 7', 'waiting'],
  ])('is read from %s', (stat, state) => expect(linuxThreadStates(() => stat)(7)).toBe(state))

  it('is none where there is no such process', () => {
    const read = linuxThreadStates(() => {
      throw new Error('ENOENT')
    })
    expect(read(7)).toBeNull()
  })

  it('follows elsewhere from how much processor time went by', () => {
    let now = 0
    let cpuSeconds: number | null = 10
    const read = measuredThreadStates(
      () => [{ pid: 7, cpuSeconds }],
      () => now,
    )
    expect(read(7)).toBe('waiting')
    now = 1_000
    cpuSeconds = 10.9
    expect(read(7)).toBe('running')
    now = 2_000
    cpuSeconds = 11
    expect(read(7)).toBe('waiting')
    cpuSeconds = null
    expect(read(7)).toBe('waiting')
    expect(read(8)).toBeNull()
  })
})
