import { describe, expect, it } from 'vitest'
import { MessageTraffic } from '../../contracts/messages.ts'
import type { LogEntry } from '../../ipc/log.ts'
import type { CountedPair } from '../../ipc/metrics/traffic.ts'
import { SimulatedClock } from '../../ipc/simulated-clock.ts'
import { sampleCountedPair, sampleMethod } from '../../ipc/testing/sample-traffic.ts'
import { checkerOf } from '../../ipc/validation.ts'
import { MessageMonitor } from './message-traffic.ts'

const settle = () => new Promise(resolve => setImmediate(resolve))

function start() {
  const clock = new SimulatedClock(1_000_000)
  const log: LogEntry[] = []
  const published: MessageTraffic[] = []
  const state = { asked: 0, pairs: [] as CountedPair[] }
  const monitor = new MessageMonitor({
    clock,
    log: entry => log.push(entry),
    main: 'controller',
    nameOf: endpoint => endpoint,
    reports: async () => {
      state.asked += 1
      return [{ reporter: 'controller', traffic: { pairs: state.pairs, pendingCalls: [] } }]
    },
    publish: (traffic, isWatching) => {
      if (isWatching('chrome:1')) published.push(traffic)
    },
  })
  return { clock, log, published, state, monitor }
}

const slow = sampleCountedPair('controller', 'storage', {
  methods: [sampleMethod('storage.save', { p95Ms: 182 })],
})

describe('the message monitor', () => {
  it('gives the traffic as the contract has it, with the alerts of the moment', async () => {
    const { state, monitor } = start()
    state.pairs = [slow]
    const traffic = await monitor.sample()
    expect(checkerOf(MessageTraffic).check(traffic)).toBe(true)
    expect(traffic).toMatchObject({
      sampledAt: 1_000_000,
      windowMs: 60_000,
      pairs: [{ from: 'controller', to: 'storage', isDirect: false }],
      alerts: [
        { rule: 'p95Latency', level: 'warning', method: 'storage.save', value: 182, since: 1_000_000 },
      ],
      pendingCalls: [],
    })
  })

  it('asks the processes each second while somebody watches, otherwise once a minute for the log', async () => {
    const { clock, log, published, state, monitor } = start()
    clock.advance(59_999)
    await settle()
    expect(state.asked).toBe(0)
    monitor.watch('chrome:1')
    await settle()
    expect({ asked: state.asked, published: published.length }).toEqual({ asked: 1, published: 1 })
    clock.advance(1)
    await settle()
    expect(log).toMatchObject([{ level: 'info', message: 'Messages of the last minute' }])
    clock.advance(1_000)
    await settle()
    expect({ asked: state.asked, published: published.length }).toEqual({ asked: 3, published: 2 })
    monitor.unwatch('chrome:1')
    clock.advance(59_000)
    await settle()
    expect({ asked: state.asked, published: published.length }).toEqual({ asked: 4, published: 2 })
    monitor[Symbol.dispose]()
    expect(clock.timers).toBe(0)
  })

  it('logs what is raised and what is cleared, once each, without a word of what was said', async () => {
    const { log, state, monitor } = start()
    state.pairs = [slow]
    await monitor.sample()
    await monitor.sample()
    state.pairs = []
    await monitor.sample()
    expect(log).toEqual([
      {
        level: 'warning',
        message: 'Messages fare worse than they should',
        details: expect.objectContaining({
          rule: 'p95Latency',
          from: 'controller',
          to: 'storage',
          value: 182,
        }),
      },
      { level: 'info', message: 'Messages fare well again', details: expect.anything() },
    ])
  })
})
