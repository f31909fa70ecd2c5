import { describe, expect, it } from 'vitest'
import { IpcError, ProcessTerminatedError } from '../../ipc/errors.ts'
import { silentLog } from '../../ipc/log.ts'
import { WriteQueue } from './storage-client.ts'

function start() {
  const lost: number[] = []
  const queue = new WriteQueue({ log: silentLog, onLost: count => lost.push(count) })
  return { queue, lost }
}

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

  it('repeats a write whose process died, before any later one', async () => {
    const { queue, lost } = start()
    const tried: string[] = []
    let deaths = 2
    queue.add(async () => {
      tried.push('a')
      deaths -= 1
      if (deaths >= 0) throw new ProcessTerminatedError('storage died')
    })
    queue.add(async () => tried.push('b'))
    await queue.drained()
    expect(tried).toEqual(['a', 'a', 'a', 'b'])
    expect(lost).toEqual([])
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
