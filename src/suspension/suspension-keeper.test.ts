import { describe, expect, it } from 'vitest'
import { SimulatedClock } from '../../ipc/simulated-clock.ts'
import { type KnownTab, SuspensionKeeper } from './suspension-keeper.ts'
import type { Circumstances, PageAnswer } from './suspension-policy.ts'

const minute = 60_000
const free = { hasUnsavedInput: false, isGuarded: false, storesTooMuch: false } satisfies PageAnswer

function tab(id: string, facts: Partial<KnownTab> = {}): KnownTab {
  return {
    id,
    isInView: false,
    isOfCommandLine: false,
    isPrivate: false,
    isPinned: false,
    isKeptAwake: false,
    hasPage: true,
    isLoading: false,
    isAnalysing: false,
    hasDevTools: false,
    isPlaying: false,
    isCapturing: false,
    isUploading: false,
    isDownloading: false,
    mayNotify: false,
    isFrozen: false,
    ...facts,
  }
}

class Browser {
  readonly clock = new SimulatedClock()
  readonly tabs = new Map<string, KnownTab>()
  readonly done: string[] = []
  readonly answers = new Map<string, PageAnswer>()
  /** Of these it cannot even be asked. */
  readonly unreachable = new Set<string>()
  asked = 0
  circumstances: Circumstances = {
    isOn: true,
    sleepAfterMs: 120 * minute,
    pressure: 'none',
    isOnBattery: false,
  }
  readonly keeper = new SuspensionKeeper({
    clock: this.clock,
    tabs: () => [...this.tabs.values()],
    circumstances: () => this.circumstances,
    ask: async tabId => {
      this.asked += 1
      if (this.unreachable.has(tabId)) throw new Error('The frame was disposed')
      return this.answers.get(tabId) ?? free
    },
    freeze: tabId => {
      this.done.push(`freeze ${tabId}`)
      this.set(tabId, { isFrozen: true })
    },
    discard: async tabId => {
      this.done.push(`discard ${tabId}`)
      this.set(tabId, { hasPage: false, isFrozen: false })
    },
    debug: () => {},
  })

  constructor(ids: readonly string[]) {
    for (const id of ids) this.tabs.set(id, tab(id))
    this.keeper.changed()
  }

  set(id: string, facts: Partial<KnownTab>): void {
    this.tabs.set(id, { ...(this.tabs.get(id) ?? tab(id)), ...facts })
  }

  show(id: string): void {
    for (const one of this.tabs.keys()) this.set(one, { isInView: one === id })
    this.set(id, { isFrozen: false, hasPage: true })
    this.keeper.changed()
  }

  async pass(milliseconds: number): Promise<void> {
    const end = this.clock.now() + milliseconds
    while (this.clock.now() < end) {
      this.clock.advance(Math.min(1_000, end - this.clock.now()))
      await settle()
    }
  }
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 8; turn += 1) await Promise.resolve()
}

describe('tabs in the background', () => {
  it('looks after the others when one cannot be asked, and after that one later', async () => {
    const browser = new Browser(['view', 'lost', 'other'])
    browser.show('view')
    browser.unreachable.add('lost')
    await browser.pass(6 * minute)
    expect(browser.done).toEqual(['freeze other'])
    browser.unreachable.clear()
    await browser.pass(2 * minute)
    expect(browser.done).toEqual(['freeze other', 'freeze lost'])
  })

  it('stand still and go, each after its own time, and the one in view stays', async () => {
    const browser = new Browser(['a', 'b', 'c'])
    browser.show('a')
    await browser.pass(2 * minute)
    browser.show('b')
    await browser.pass(5 * minute)
    expect(browser.done).toEqual(['freeze c', 'freeze a'])
    await browser.pass(120 * minute)
    expect(browser.done.slice(2)).toEqual(['discard c', 'discard a'])
  })

  it('begin anew each time they were looked at', async () => {
    const browser = new Browser(['a', 'b'])
    for (let round = 0; round < 5; round += 1) {
      browser.show('a')
      await browser.pass(4 * minute)
      browser.show('b')
      await browser.pass(4 * minute)
    }
    expect(browser.done).toEqual([])
    browser.show('a')
    // However long it was in view before it was left.
    await browser.pass(60 * minute)
    browser.show('b')
    await browser.pass(4 * minute)
    expect(browser.done).toEqual(['freeze b'])
  })

  it('are looked at only when something is due', async () => {
    const browser = new Browser(['a', 'b'])
    browser.show('a')
    let timers = 0
    const { after } = browser.clock
    browser.clock.after = (...args) => {
      timers += 1
      return after.apply(browser.clock, args)
    }
    await browser.pass(119 * minute)
    expect([browser.done, timers, browser.asked]).toEqual([['freeze b'], 1, 1])
    await browser.pass(60 * minute)
    expect(browser.done).toEqual(['freeze b', 'discard b'])
    expect(browser.clock.timers).toBe(0)
  })

  it('stay while something holds them, and are looked at again after a while', async () => {
    const browser = new Browser(['a', 'b', 'c'])
    browser.show('a')
    browser.set('b', { isPlaying: true })
    browser.answers.set('c', { ...free, hasUnsavedInput: true })
    await browser.pass(200 * minute)
    expect(browser.done).toEqual([])
    expect(browser.asked).toBeLessThan(200)
    browser.set('b', { isPlaying: false })
    browser.answers.delete('c')
    await browser.pass(2 * minute)
    expect(browser.done.toSorted()).toEqual(['discard b', 'discard c'])
  })

  it('are not woken to be asked again what they said before they stood still', async () => {
    const browser = new Browser(['a', 'b'])
    browser.show('a')
    browser.answers.set('b', { ...free, isGuarded: true })
    await browser.pass(200 * minute)
    expect([browser.done, browser.asked]).toEqual([['freeze b'], 1])
    browser.set('b', { isFrozen: false })
    browser.keeper.used('b')
    browser.answers.delete('b')
    await browser.pass(6 * minute)
    expect([browser.done, browser.asked]).toEqual([['freeze b', 'discard b'], 2])
  })

  it('that did not answer are asked again', async () => {
    const browser = new Browser(['a', 'b'])
    browser.show('a')
    browser.answers.set('b', 'silent')
    await browser.pass(121 * minute)
    expect(browser.done).toEqual(['freeze b'])
    browser.answers.delete('b')
    await browser.pass(2 * minute)
    expect(browser.done).toEqual(['freeze b', 'discard b'])
  })

  it('run for a while after they were used, and stand still again', async () => {
    const browser = new Browser(['a', 'b'])
    browser.show('a')
    await browser.pass(6 * minute)
    browser.set('b', { isFrozen: false })
    browser.keeper.used('b')
    await browser.pass(4 * minute)
    expect(browser.done).toEqual(['freeze b'])
    await browser.pass(2 * minute)
    expect(browser.done).toEqual(['freeze b', 'freeze b'])
  })

  it('go one after the other where memory is out, the oldest first, until it is not', async () => {
    const browser = new Browser(['a', 'b', 'c', 'd'])
    for (const id of ['b', 'c', 'd', 'a']) {
      browser.show(id)
      await browser.pass(20_000)
    }
    browser.circumstances = { ...browser.circumstances, pressure: 'critical' }
    browser.keeper.changed()
    await browser.pass(1_000)
    expect(browser.done).toEqual(['discard b', 'freeze c', 'freeze d'])
    await browser.pass(3_000)
    expect(browser.done.slice(3)).toEqual(['discard c'])
    browser.circumstances = { ...browser.circumstances, pressure: 'none' }
    browser.keeper.changed()
    await browser.pass(minute)
    expect(browser.done).toHaveLength(4)
  })

  it('that are private stand still when the others go', async () => {
    const browser = new Browser(['a', 'b'])
    browser.show('a')
    browser.set('b', { isPrivate: true })
    browser.circumstances = { ...browser.circumstances, sleepAfterMs: minute }
    browser.keeper.changed()
    await browser.pass(2 * minute)
    expect(browser.done).toEqual(['freeze b'])
    expect(browser.clock.timers).toBe(0)
  })

  it('that cannot be stopped are not tried without end', async () => {
    const browser = new Browser(['a', 'b'])
    browser.show('a')
    let tries = 0
    browser.set = () => {
      tries += 1
    }
    await browser.pass(10 * minute)
    expect(tries).toBeLessThan(12)
    expect(tries).toBeGreaterThan(1)
  })

  it('leave nothing behind', async () => {
    const browser = new Browser(['a', 'b'])
    browser.show('a')
    browser.keeper[Symbol.dispose]()
    expect(browser.clock.timers).toBe(0)
    await browser.pass(10 * minute)
    expect(browser.done).toEqual([])
  })
})
