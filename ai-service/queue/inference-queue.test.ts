import { describe, expect, it } from 'vitest'
import { InferenceQueue, type Turn } from './inference-queue.ts'

const never = new AbortController().signal
const visible = { priority: 'visible', signal: never } as const
const background = { priority: 'background', signal: never } as const

/** A queue whose clock is moved by the work itself. */
function start(mostWaiting = 200) {
  const clock = { ms: 0 }
  const queue = new InferenceQueue({ now: () => clock.ms, mostWaiting })
  const order: string[] = []
  /** Work of some stages, each of which takes so many milliseconds. */
  const stages =
    (name: string, count: number, eachMs: number) =>
    async (turn: Turn): Promise<string> => {
      for (let stage = 0; stage < count; stage++) {
        order.push(name)
        clock.ms += eachMs
        await turn.giveWay()
      }
      return name
    }
  return { clock, queue, order, stages }
}

describe('the inference queue', () => {
  it('runs one at a time, the visible first, otherwise in order of arrival', async () => {
    const { queue, order, stages } = start()
    await Promise.all([
      queue.run(background, stages('first', 1, 1)),
      queue.run(background, stages('old', 2, 1)),
      queue.run(background, stages('young', 2, 1)),
      queue.run(visible, stages('seen', 2, 1)),
    ])
    expect(order).toEqual(['first', 'seen', 'seen', 'old', 'old', 'young', 'young'])
  })

  it('lets work in the background give way to visible work at its next stage', async () => {
    const { queue, order, stages } = start()
    const running = queue.run(background, async turn => {
      order.push('background 1')
      const seen = queue.run(visible, stages('seen', 2, 1))
      await turn.giveWay()
      order.push('background 2')
      await seen
    })
    await running
    expect(order).toEqual(['background 1', 'seen', 'seen', 'background 2'])
  })

  it('lets a job that has used more than its share wait for those that have not', async () => {
    const { queue, order, stages } = start()
    await Promise.all([
      queue.run(visible, stages('huge', 5, 60)),
      queue.run(visible, stages('small', 2, 20)),
      queue.run(visible, stages('other', 2, 20)),
    ])
    expect(order).toEqual(['huge', 'huge', 'small', 'small', 'other', 'other', 'huge', 'huge', 'huge'])
  })

  it('lets others in while it breathes, but only when its slice is used up', async () => {
    const { queue, order, clock } = start()
    const long = queue.run(visible, async turn => {
      for (let step = 0; step < 30; step++) {
        clock.ms += 5
        await turn.breathe()
      }
      order.push('long')
    })
    const short = queue.run(visible, async () => void order.push('short'))
    await Promise.all([long, short])
    expect(order).toEqual(['short', 'long'])
    await queue.run(visible, async turn => {
      expect(turn.breathe()).toBeUndefined()
      clock.ms += 8
      expect(turn.breathe()).toBeInstanceOf(Promise)
    })
  })

  it('keeps nobody waiting while it waits for something else', async () => {
    const { queue, order, stages } = start()
    const gate = Promise.withResolvers<string>()
    const waits = queue.run(visible, turn => turn.outside(() => gate.promise))
    await queue.run(visible, stages('meanwhile', 1, 1))
    gate.resolve('came')
    expect(await waits).toBe('came')
    expect(order).toEqual(['meanwhile'])
  })

  it('goes on after work that failed, inside and outside', async () => {
    const { queue, stages } = start()
    await expect(queue.run(visible, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
    await expect(
      queue.run(visible, turn => turn.outside(() => Promise.reject(new Error('not there')))),
    ).rejects.toThrow('not there')
    expect(await queue.run(visible, stages('yes', 1, 1))).toBe('yes')
  })

  it('never starts what was cancelled while it waited, and stops what runs between two stages', async () => {
    const { queue, order, stages } = start()
    const abort = new AbortController()
    const running = queue.run({ ...visible, signal: abort.signal }, async turn => {
      order.push('running')
      abort.abort(new Error('left'))
      await turn.giveWay()
      order.push('still running')
    })
    const waiting = queue.run({ ...visible, signal: abort.signal }, stages('waiting', 9, 1))
    await expect(waiting).rejects.toThrow('left')
    await expect(running).rejects.toThrow('left')
    await expect(queue.run({ ...visible, signal: abort.signal }, stages('late', 1, 1))).rejects.toThrow(
      'left',
    )
    expect({ order, waiting: queue.waiting }).toEqual({ order: ['running'], waiting: 0 })
    expect(await queue.run(visible, stages('next', 1, 1))).toBe('next')
  })

  it('drops what nobody waits for any more', async () => {
    const { queue, order, stages } = start()
    const first = queue.run(visible, stages('first', 3, 10))
    const late = queue.run({ ...visible, deadlineAt: 20 }, stages('late', 1, 1))
    await first
    await expect(late).rejects.toMatchObject({ code: 'TIMEOUT' })
    await expect(queue.run({ ...visible, deadlineAt: 45 }, stages('slow', 9, 10))).rejects.toMatchObject({
      code: 'TIMEOUT',
    })
    expect(order).toEqual(['first', 'first', 'first', 'slow', 'slow'])
  })

  it('refuses more than it holds, for each priority, and takes what belongs to older work', async () => {
    const { queue, stages } = start(2)
    const gate = Promise.withResolvers<void>()
    const held = [
      queue.run(background, () => gate.promise),
      queue.run(background, stages('a', 1, 1)),
      queue.run(background, stages('b', 1, 1)),
    ]
    await expect(queue.run(background, stages('c', 1, 1))).rejects.toMatchObject({
      code: 'QUEUE_FULL',
      retryable: true,
    })
    const others = [
      queue.run(visible, stages('d', 1, 1)),
      queue.run({ ...background, partOf: 0 }, stages('e', 1, 1)),
    ]
    gate.resolve()
    await Promise.all([...held, ...others])
    expect(queue.waiting).toBe(0)
  })

  it('never loses or doubles a turn, whatever the work does', async () => {
    const { queue, clock } = start()
    let holders = 0
    let seed = 7
    const random = (): number => {
      seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31
      return seed / 2 ** 31
    }
    const step = async (turn: Turn): Promise<void> => {
      expect(holders).toBe(1)
      clock.ms += random() * 30
      holders--
      const choice = random()
      if (choice < 0.4) await turn.giveWay()
      else if (choice < 0.8) await turn.breathe()
      else await turn.outside(() => new Promise(resolve => setImmediate(resolve)))
      holders++
    }
    const all = Array.from({ length: 100 }, (_, index) => {
      const abort = new AbortController()
      if (index % 7 === 0) setImmediate(() => abort.abort(new Error('left')))
      const priority = random() < 0.5 ? ('visible' as const) : ('background' as const)
      return queue.run({ priority, signal: abort.signal }, async turn => {
        holders++
        try {
          for (let count = 0; count < 10; count++)
            await step(turn).catch(error => {
              holders++
              throw error
            })
          return index
        } finally {
          holders--
        }
      })
    })
    const outcomes = await Promise.allSettled(all)
    expect(outcomes.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThanOrEqual(85)
    expect({ holders, waiting: queue.waiting }).toEqual({ holders: 0, waiting: 0 })
  })
})
