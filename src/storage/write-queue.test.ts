import { describe, expect, it } from 'vitest'
import { IpcError, ProcessTerminatedError } from '../../ipc/errors.ts'
import { silentLog } from '../../ipc/log.ts'
import { SimulatedClock } from '../../ipc/simulated-clock.ts'
import { WriteQueue } from './write-queue.ts'

function start() {
  const lost: number[] = []
  const clock = new SimulatedClock()
  const queue = new WriteQueue({ log: silentLog, onLost: count => lost.push(count), clock })
  return { clock, queue, lost }
}

/** Lets all promises run that are ready to. */
const settle = () => new Promise(resolve => setImmediate(resolve))

describe('the queue of writes', () => {
  it('writes in order, one at a time', async () => {
    const { queue } = start()
    const written: string[] = []
    let underWay = 0
    for (const name of ['a', 'b', 'c']) {
      queue.add(async () => {
        underWay += 1
        expect(underWay).toBe(1)
        await Promise.resolve()
        written.push(name)
        underWay -= 1
      })
    }
    await queue.drained()
    expect(written).toEqual(['a', 'b', 'c'])
  })

  it('repeats a write whose process died after a pause that doubles, before any later one', async () => {
    const { clock, queue, lost } = start()
    const tried: string[] = []
    let deaths = 2
    queue.add(async () => {
      tried.push('a')
      deaths -= 1
      if (deaths >= 0) throw new ProcessTerminatedError('storage died')
    })
    queue.add(async () => tried.push('b'))
    await settle()
    expect(tried).toEqual(['a'])
    clock.advance(100)
    await settle()
    expect(tried).toEqual(['a', 'a'])
    clock.advance(199)
    await settle()
    expect(tried).toEqual(['a', 'a'])
    clock.advance(1)
    await queue.drained()
    expect(tried).toEqual(['a', 'a', 'a', 'b'])
    expect(clock.timers).toBe(0)
    expect(lost).toEqual([])
  })

  it('lets everything else run while its process stays away, and ends when it is closed', async () => {
    const { clock, queue } = start()
    let tries = 0
    queue.add(() => {
      tries += 1
      return Promise.reject(new ProcessTerminatedError('storage is gone'))
    })
    await settle()
    expect(tries).toBe(1)
    const drained = queue.drained()
    queue[Symbol.dispose]()
    await drained
    expect(clock.timers).toBe(0)
  })

  it('gives up a write that was refused, says how many, and goes on', async () => {
    const { queue, lost } = start()
    const written: string[] = []
    queue.add(() => Promise.reject(new IpcError('DISK_FULL', 'The disk is full')))
    queue.add(async () => written.push('b'))
    await queue.drained()
    expect(written).toEqual(['b'])
    expect(lost).toEqual([1])
  })

  it('is bounded: the oldest make room, and are counted', async () => {
    const { queue, lost } = start()
    let open = (): void => {}
    queue.add(
      () =>
        new Promise<void>(resolve => {
          open = resolve
        }),
    )
    for (let count = 0; count < 5_000; count += 1) queue.add(() => Promise.resolve())
    expect(lost).toEqual([1])
    open()
    await queue.drained()
  })
})
