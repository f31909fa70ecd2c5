import { describe, expect, it } from 'vitest'
import { Batcher } from './batcher.ts'
import { InferenceQueue } from './inference-queue.ts'

const never = new AbortController().signal

function start(run?: (items: readonly string[]) => Promise<readonly string[]>) {
  const queue = new InferenceQueue()
  const runs: string[] = []
  const batcher = new Batcher<string, string>({
    queue,
    mostItems: 4,
    mostRequests: 3,
    run: async items => {
      runs.push(items.join(' '))
      return run === undefined ? items.map(item => item.toUpperCase()) : run(items)
    },
  })
  const ask = (
    items: string,
    priority: 'visible' | 'background' = 'visible',
    signal: AbortSignal = never,
  ): Promise<string[]> => batcher.request(items.split(' '), { priority, signal, arrival: queue.arrive() })
  return { queue, runs, ask, batcher }
}

describe('the batcher', () => {
  it('runs the requests of several callers together and gives each its own', async () => {
    const { runs, ask } = start()
    expect(await Promise.all([ask('a b'), ask('c'), ask('d')])).toEqual([['A', 'B'], ['C'], ['D']])
    expect(runs).toEqual(['a b c d'])
  })

  it('lets a long request take turns with the others', async () => {
    const { runs, ask } = start()
    const long = ask('1 2 3 4 5 6 7 8 9')
    expect(await ask('x')).toEqual(['X'])
    expect(runs).toEqual(['1 2 3 4', 'x 5 6 7'])
    expect((await long).join('')).toBe('123456789')
  })

  it('fills a visible run with what waits in the background', async () => {
    const { queue, runs, ask } = start()
    const gate = Promise.withResolvers<void>()
    const busy = queue.run({ priority: 'visible', signal: never }, () => gate.promise)
    const all = Promise.all([ask('old', 'background'), ask('seen')])
    gate.resolve()
    await busy
    expect(await all).toEqual([['OLD'], ['SEEN']])
    expect(runs).toEqual(['seen old'])
  })

  it('runs nothing for who has left, and fails only those whose run failed', async () => {
    let failures = 1
    const { queue, runs, ask } = start(async items => {
      if (failures-- > 0) throw new Error('model gone')
      return items
    })
    const gate = Promise.withResolvers<void>()
    const busy = queue.run({ priority: 'visible', signal: never }, () => gate.promise)
    const abort = new AbortController()
    const leaver = ask('gone', 'visible', abort.signal)
    const failing = ask('a b c d')
    abort.abort(new Error('left'))
    await expect(leaver).rejects.toThrow('left')
    gate.resolve()
    await busy
    await expect(failing).rejects.toThrow('model gone')
    expect(await ask('next')).toEqual(['next'])
    expect(runs).toEqual(['a b c d', 'next'])
  })

  it('refuses more requests than it holds, and answers an empty one at once', async () => {
    const { ask, batcher } = start()
    const held = [ask('a'), ask('b'), ask('c')]
    await expect(ask('d')).rejects.toMatchObject({ code: 'QUEUE_FULL' })
    expect(await batcher.request([], { priority: 'visible', signal: never, arrival: 0 })).toEqual([])
    await Promise.all(held)
    expect(await ask('d')).toEqual(['D'])
  })
})
