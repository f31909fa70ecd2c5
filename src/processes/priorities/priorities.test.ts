import { expect, it } from 'vitest'
import type { LogEntry } from '../../../ipc/log.ts'
import { SimulatedClock } from '../../../ipc/simulated-clock.ts'
import { FakeBook, knownProcess } from '../testing/fake-book.ts'
import { Priorities } from './priorities.ts'
import type { RaisingAbility } from './raising-ability.ts'

const both: RaisingAbility = { raisesAgain: true, lowest: -20 }
const lowerOnly: RaisingAbility = { raisesAgain: false, lowest: 20 }

function world(ability = both) {
  const book = new FakeBook()
  const clock = new SimulatedClock()
  const set: string[] = []
  const log: LogEntry[] = []
  const refused = new Set<number>()
  const priorities = new Priorities({
    book,
    clock,
    ability,
    platform: 'linux',
    log: entry => log.push(entry),
    niceness: {
      set: (pid, niceness) => {
        if (refused.has(pid)) throw new Error('EPERM')
        set.push(`${pid}:${niceness}`)
        return true
      },
      forget: () => {},
    },
  })
  /** What was set since this was last asked. */
  const news = () => set.splice(0)
  return { book, clock, priorities, news, log, refused }
}

const all = [
  knownProcess('controller', 'controller', 1),
  knownProcess('chrome', 'chrome', 2),
  knownProcess('renderer:3', 'tab', 3, { isInView: true }),
  knownProcess('renderer:4', 'tab', 4),
  knownProcess('service:network', 'network', 5),
  knownProcess('service:storage', 'storage', 6),
  knownProcess('service:ai', 'ai', 7),
  knownProcess('engine:8', 'gpu', 8),
  knownProcess('engine:9', 'engine', 9),
]

it('gives each process the priority of its role, and nothing twice', () => {
  const { book, priorities, news } = world()
  book.put(...all)
  expect(news()).toEqual([])
  priorities.follow(true)
  expect(news()).toEqual(['1:-2', '2:-1', '3:-1', '4:4', '5:4', '6:8', '7:10', '8:-1'])
  book.put(...all)
  expect(news()).toEqual([])
  expect(all.map(({ id }) => priorities.priorityOf(id))).toEqual([
    'critical',
    'high',
    'high',
    'normal',
    'normal',
    'low',
    'background',
    'high',
    null,
  ])
})

it('changes two tabs when the other comes into view, and sets what comes new', () => {
  const { book, priorities, news } = world()
  book.put(...all)
  priorities.follow(true)
  news()
  book.put(
    knownProcess('renderer:3', 'tab', 3),
    knownProcess('renderer:4', 'tab', 4, { isInView: true }),
    knownProcess('renderer:10', 'tab', 10),
  )
  expect(news()).toEqual(['3:4', '4:-1', '10:4'])
})

it('sets a service that came back with another process', () => {
  const { book, priorities, news } = world()
  book.put(knownProcess('service:storage', 'storage', 6))
  priorities.follow(true)
  book.put(knownProcess('service:storage', 'storage', null))
  expect(priorities.priorityOf('service:storage')).toBeNull()
  book.put(knownProcess('service:storage', 'storage', 60))
  expect(news()).toEqual(['6:8', '60:8'])
})

it('raises the AI process while somebody waits for it, and a little longer', async () => {
  const { book, clock, priorities, news } = world()
  book.put(knownProcess('service:ai', 'ai', 7))
  priorities.follow(true)
  expect(news()).toEqual(['7:10'])
  await priorities.awaitAi(() => Promise.resolve())
  await priorities.awaitAi(() => Promise.resolve())
  expect(news()).toEqual(['7:4'])
  clock.advance(2_000)
  expect(news()).toEqual(['7:10'])
  await expect(priorities.awaitAi(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
  clock.advance(2_000)
  expect(news()).toEqual(['7:4', '7:10'])
  expect(clock.timers).toBe(0)
})

it('only lowers helpers, for good, where nothing can be raised again', async () => {
  const { book, priorities, news, log } = world(lowerOnly)
  book.put(...all)
  priorities.follow(true)
  expect(news()).toEqual(['6:8', '7:8'])
  await priorities.awaitAi(() => Promise.resolve())
  book.put(knownProcess('renderer:4', 'tab', 4, { isInView: true }))
  priorities.follow(false)
  expect(news()).toEqual([])
  expect(log.map(({ level }) => level)).toEqual(['info'])
  expect(priorities.possible(knownProcess('renderer:4', 'tab', 4))).toEqual({ raise: false, lower: true })
  expect(() => priorities.raise('renderer:4')).toThrow(/cannot raise/)
  priorities.lower('renderer:4')
  expect(news()).toEqual(['4:8'])
  expect(priorities.priorityOf('renderer:4')).toBe('low')
})

it('gives all of them back when it is switched off', () => {
  const { book, priorities, news } = world()
  book.put(...all.slice(0, 4))
  priorities.follow(true)
  news()
  priorities.follow(false)
  expect(news()).toEqual(['1:0', '2:0', '3:0', '4:0'])
  expect(priorities.priorityOf('controller')).toBeNull()
})

it('keeps what the person chose until the process ends, whatever its role becomes', () => {
  const { book, priorities, news } = world()
  book.put(...all)
  priorities.follow(true)
  news()
  priorities.raise('renderer:4')
  expect(news()).toEqual(['4:-1'])
  expect(priorities.possible(knownProcess('renderer:4', 'tab', 4))).toEqual({ raise: false, lower: true })
  expect(() => priorities.raise('renderer:4')).toThrow(/no further step/)
  priorities.lower('renderer:3')
  priorities.lower('renderer:3')
  book.put(knownProcess('renderer:3', 'tab', 3), knownProcess('renderer:4', 'tab', 4))
  expect(news()).toEqual(['3:4', '3:8'])
  book.drop('renderer:3')
  book.put(knownProcess('renderer:3', 'tab', 3))
  expect(news()).toEqual(['3:4'])
})

it('moves neither the core nor what does not run', () => {
  const { book, priorities } = world()
  book.put(knownProcess('controller', 'controller', 1), knownProcess('service:ai', 'ai', null))
  priorities.follow(true)
  for (const id of ['controller', 'service:ai', 'renderer:99']) {
    expect(() => priorities.lower(id)).toThrow(expect.objectContaining({ code: 'ACTION_NOT_POSSIBLE' }))
  }
  expect(priorities.possible(knownProcess('controller', 'controller', 1))).toEqual({
    raise: false,
    lower: false,
  })
})

it('says once that the system refused, and goes on with the others', () => {
  const { book, priorities, news, log, refused } = world()
  refused.add(3)
  book.put(...all.slice(0, 4))
  priorities.follow(true)
  book.put(knownProcess('renderer:10', 'tab', 10))
  expect(news()).toEqual(['1:-2', '2:-1', '4:4', '10:4'])
  expect(log).toHaveLength(1)
  expect(priorities.priorityOf('renderer:3')).toBeNull()
})
