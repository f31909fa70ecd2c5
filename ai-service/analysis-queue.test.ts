import { describe, expect, it } from 'vitest'
import { AnalysisQueue } from './analysis-queue.ts'

const never = new AbortController().signal

describe('the analysis queue', () => {
  it('runs one at a time in order of arrival, and each priority on its own', async () => {
    const queue = new AnalysisQueue()
    const gate = Promise.withResolvers<void>()
    const order: string[] = []
    const work = (name: string, until?: Promise<void>) => async () => {
      order.push(`${name} starts`)
      await until
      order.push(`${name} ends`)
    }
    const all = [
      queue.run('background', never, work('old', gate.promise)),
      queue.run('background', never, work('next')),
      queue.run('visible', never, work('seen')),
    ]
    await all[2]
    expect(order).toEqual(['old starts', 'seen starts', 'seen ends'])
    gate.resolve()
    await Promise.all(all)
    expect(order.slice(3)).toEqual(['old ends', 'next starts', 'next ends'])
  })

  it('goes on after work that failed', async () => {
    const queue = new AnalysisQueue()
    const failed = queue.run('visible', never, () => Promise.reject(new Error('no')))
    const next = queue.run('visible', never, async () => 'yes')
    await expect(failed).rejects.toThrow('no')
    expect(await next).toBe('yes')
  })

  it('never starts what was cancelled while it waited', async () => {
    const queue = new AnalysisQueue()
    const gate = Promise.withResolvers<void>()
    const abort = new AbortController()
    const first = queue.run('visible', never, () => gate.promise)
    let isStarted = false
    const second = queue.run('visible', abort.signal, async () => {
      isStarted = true
    })
    abort.abort(new Error('left'))
    await expect(second).rejects.toThrow('left')
    gate.resolve()
    await first
    expect({ isStarted, waiting: queue.waiting }).toEqual({ isStarted: false, waiting: 0 })
  })

  it('refuses more than it can hold', async () => {
    const queue = new AnalysisQueue()
    const gate = Promise.withResolvers<void>()
    const held = Array.from({ length: 101 }, () => queue.run('visible', never, () => gate.promise))
    await expect(queue.run('visible', never, () => gate.promise)).rejects.toMatchObject({
      code: 'QUEUE_FULL',
    })
    gate.resolve()
    await Promise.all(held)
  })
})
