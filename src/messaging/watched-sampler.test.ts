import { describe, expect, it } from 'vitest'
import { SimulatedClock } from '../../ipc/simulated-clock.ts'
import { WatchedSampler } from './watched-sampler.ts'

const settle = () => new Promise(resolve => setImmediate(resolve))

function start() {
  const clock = new SimulatedClock()
  const counts = { sampled: 0, published: 0 }
  const sampler = new WatchedSampler({
    clock,
    sample: async () => {
      counts.sampled += 1
      return counts.sampled
    },
    publish: () => {
      counts.published += 1
    },
  })
  return { clock, counts, sampler }
}

describe('the sampler', () => {
  it('samples nothing while nobody looks', async () => {
    const { clock, counts } = start()
    clock.advance(60_000)
    await settle()
    expect(counts).toEqual({ sampled: 0, published: 0 })
  })

  it('samples at once, then once a second, once for all watchers', async () => {
    const { clock, counts, sampler } = start()
    sampler.watch('chrome:1')
    sampler.watch('cli:1')
    await settle()
    expect(counts.published).toBe(1)
    clock.advance(999)
    await settle()
    expect(counts.published).toBe(1)
    clock.advance(1)
    await settle()
    expect(counts).toEqual({ sampled: 2, published: 2 })
  })

  it('stops with the last watcher', async () => {
    const { clock, counts, sampler } = start()
    sampler.watch('chrome:1')
    sampler.watch('cli:1')
    await settle()
    sampler.unwatch('chrome:1')
    expect(sampler.isRunning).toBe(true)
    sampler.unwatch('cli:1')
    clock.advance(60_000)
    await settle()
    expect(counts.sampled).toBe(1)
  })
})
