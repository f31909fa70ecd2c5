import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { IndexedAnalysis } from '../../contracts/ai.ts'
import { sampleAnalysis } from '../../contracts/testing/sample-analysis.ts'
import { SimulatedClock } from '../../ipc/simulated-clock.ts'
import { BackgroundReader, type SeenTab } from './background-reader.ts'

const found: IndexedAnalysis = { analysis: sampleAnalysis, index: null }
const hour = 3_600_000
const tab = (id: string, path: string, isReady = true): SeenTab => ({
  id,
  url: `https://a.example/${path}`,
  isReady,
})

describe('reading in the background', () => {
  let clock: SimulatedClock
  let reader: BackgroundReader
  let log: string[]
  let stored: Map<string, number>
  let canRead: boolean
  let isOnBattery: boolean
  /** Readings that wait for the test to answer them. */
  let held: PromiseWithResolvers<IndexedAnalysis>[] | null

  beforeEach(() => {
    clock = new SimulatedClock()
    log = []
    stored = new Map()
    canRead = true
    isOnBattery = false
    held = null
    reader = new BackgroundReader({
      clock,
      read: (tabId, signal) => {
        log.push(`read ${tabId}`)
        signal.addEventListener('abort', () => log.push(`cancelled ${tabId}`))
        if (held === null) return Promise.resolve(found)
        const waiting = Promise.withResolvers<IndexedAnalysis>()
        signal.addEventListener('abort', () => waiting.reject(new Error('cancelled')))
        held.push(waiting)
        return waiting.promise
      },
      lastReadAt: url => Promise.resolve(stored.get(url) ?? null),
      save: async url => void log.push(`save ${new URL(url).pathname}`),
      canRead: () => canRead,
      isOnBattery: () => isOnBattery,
      debug: message => log.push(message),
    })
  })

  afterEach(() => reader[Symbol.dispose]())

  async function pass(milliseconds: number): Promise<void> {
    clock.advance(milliseconds)
    await settled()
  }
  async function settled(): Promise<void> {
    for (let turn = 0; turn < 5; turn += 1) await new Promise(resolve => setImmediate(resolve))
  }

  it('reads a page once it has been looked at for two seconds, and keeps what was found', async () => {
    reader.follow([tab('1', 'x')], '1')
    await pass(1_900)
    expect(log).toEqual([])
    await pass(200)
    expect(log).toEqual(['read 1', 'save /x'])
  })

  it('does not read what was passed by, is not ready, or is in a tab behind', async () => {
    reader.follow([tab('1', 'x'), tab('2', 'y', false)], '1')
    await pass(1_500)
    reader.follow([tab('1', 'x'), tab('2', 'y', false)], '2')
    await pass(60_000)
    expect(log).toEqual([])
  })

  it('begins to count when the page has loaded, and not anew when nothing changed', async () => {
    reader.follow([tab('1', 'x', false)], '1')
    await pass(5_000)
    reader.follow([tab('1', 'x')], '1')
    await pass(1_500)
    reader.follow([tab('1', 'x')], '1')
    await pass(600)
    expect(log).toEqual(['read 1', 'save /x'])
  })

  it('reads the same address once in six hours, also when storage kept it in an earlier run', async () => {
    stored.set('https://a.example/x', clock.wallClock() - hour)
    reader.follow([tab('1', 'x')], '1')
    await pass(3_000)
    expect(log).toEqual([])
    const look = async (): Promise<void> => {
      reader.follow([tab('1', 'y')], '1')
      await pass(3_000)
      reader.follow([tab('1', 'x')], '1')
      await pass(3_000)
    }
    await look()
    await look()
    expect(log).toEqual(['read 1', 'save /y'])
    clock.advance(6 * hour)
    stored.clear()
    await look()
    expect(log).toEqual(['read 1', 'save /y', 'read 1', 'save /y', 'read 1', 'save /x'])
  })

  it('reads one page at a time, with a rest between them, a longer one on battery', async () => {
    held = []
    const tabs = [tab('1', 'x'), tab('2', 'y'), tab('3', 'z')]
    for (const { id } of tabs) {
      reader.follow(tabs, id)
      await pass(2_100)
    }
    expect(log).toEqual(['read 1'])
    isOnBattery = true
    held[0]?.resolve(found)
    await settled()
    await pass(10_000)
    expect(log).toEqual(['read 1', 'save /x'])
    isOnBattery = false
    await pass(10_000)
    held[1]?.resolve(found)
    await settled()
    await pass(1_000)
    expect(log).toEqual(['read 1', 'save /x', 'read 2', 'save /y', 'read 3'])
  })

  it('lets go of a page that is left while it is read, and reads it when the person comes back', async () => {
    held = []
    reader.follow([tab('1', 'x')], '1')
    await pass(2_000)
    reader.follow([tab('1', 'y', false)], '1')
    await settled()
    expect(log.slice(0, 2)).toEqual(['read 1', 'cancelled 1'])
    held = null
    reader.follow([tab('1', 'x')], '1')
    await pass(5_000)
    expect(log.slice(-2)).toEqual(['read 1', 'save /x'])
  })

  it('keeps on reading a page when the person only looks at another tab', async () => {
    held = []
    const tabs = [tab('1', 'x'), tab('2', 'y')]
    reader.follow(tabs, '1')
    await pass(2_000)
    reader.follow(tabs, '2')
    held[0]?.resolve(found)
    await settled()
    expect(log).toEqual(['read 1', 'save /x'])
  })

  it('does not try again what cannot be read', async () => {
    held = []
    reader.follow([tab('1', 'x')], '1')
    await pass(2_000)
    held[0]?.reject(new Error('it died'))
    await settled()
    reader.follow([tab('1', 'y', false)], '1')
    reader.follow([tab('1', 'x')], '1')
    await pass(60_000)
    expect(log).toEqual(['read 1', 'A page was not read in the background: it died'])
  })

  it('reads nothing while the AI process is given up', async () => {
    canRead = false
    reader.follow([tab('1', 'x')], '1')
    await pass(60_000)
    expect(log).toEqual([])
  })

  it('leaves alone what the person forgot, even in the middle of reading it', async () => {
    held = []
    reader.follow([tab('1', 'x')], '1')
    await pass(2_000)
    reader.leaveAlone('https://a.example/x')
    await settled()
    expect(log).toEqual(['read 1', 'cancelled 1', expect.stringContaining('cancelled')])
    reader.follow([tab('2', 'y')], '2')
    reader.leaveAllAlone()
    await pass(60_000)
    expect(log).toHaveLength(3)
  })

  it('leaves no timer behind', () => {
    reader.follow([tab('1', 'x')], '1')
    reader[Symbol.dispose]()
    expect(clock.timers).toBe(0)
  })
})
