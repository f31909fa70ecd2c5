import { describe, expect, it } from 'vitest'
import { endpointId } from '../identity.ts'
import { Meters } from './meters.ts'
import { SlidingMinute } from './sliding-minute.ts'

const storage = endpointId('storage')

function start() {
  const minute = new SlidingMinute(0)
  return { minute, meters: new Meters(minute) }
}

describe('the meters', () => {
  it('tell everything of a pair and of each of its methods', () => {
    const { meters } = start()
    const save = meters.meter(storage, 'storage.save')
    for (const milliseconds of [1, 2, 4, 8]) save.settled('answered', milliseconds)
    save.settled('failed', 16)
    save.settled('timedOut', 5_000)
    save.settled('cancelled', 32)
    save.settled('cancelled', 64)
    save.retried()
    save.retried()
    save.dropped()
    save.bytes(3_000)
    save.timed(1, 2, 4)
    meters.meter(storage, 'storage.load').settled('answered', 0.5)
    const peer = meters.peer(storage)
    peer.moved(20, 6_000)
    for (const size of [10, 2, 0]) peer.queued(size)
    const line = { pendingCalls: 3, isPaused: true }

    expect(meters.snapshot(10_000, () => line)).toEqual([
      {
        peer: 'storage',
        messagesPerSecond: 2,
        bytesPerSecond: 600,
        callCount: 9,
        p50Ms: 8.5,
        p95Ms: 5_000,
        p99Ms: 5_000,
        maxMs: 5_000,
        errorRate: 2 / 9,
        timeoutRate: 1 / 9,
        retryRate: 2 / 11,
        dropCount: 1,
        avgQueueSize: 4,
        maxQueueSize: 10,
        queuedMs: 1,
        wireMs: 2,
        handlerMs: 4,
        pendingCalls: 3,
        isPaused: true,
        methods: [
          {
            method: 'storage.save',
            messagesPerSecond: 0.8,
            bytesPerSecond: 300,
            callCount: 8,
            p50Ms: 8.5,
            p95Ms: 5_000,
            p99Ms: 5_000,
            maxMs: 5_000,
            errorRate: 0.25,
            timeoutRate: 0.125,
            retryRate: 0.2,
            dropCount: 1,
          },
          expect.objectContaining({ method: 'storage.load', callCount: 1, maxMs: 0.5 }),
        ],
      },
    ])
  })

  it('count notifications, for which nobody waits', () => {
    const { meters } = start()
    const notify = meters.meter(storage, 'storage.note')
    for (let told = 0; told < 3; told += 1) notify.told()
    notify.dropped()
    expect(meters.snapshot(1_000)).toMatchObject([
      { callCount: 0, notificationCount: 3, dropCount: 1, errorRate: 0, methods: [{ messagesPerSecond: 3 }] },
    ])
  })

  it('forget what is more than a minute old, and with it peers that are gone', () => {
    const { minute, meters } = start()
    const save = meters.meter(storage, 'storage.save')
    const callsAt = (now: number) => meters.snapshot(now)[0]?.callCount
    save.settled('answered', 1)
    minute.advance(20_000)
    save.settled('answered', 1)
    expect([callsAt(20_000), callsAt(59_999), callsAt(60_000), callsAt(74_999)]).toEqual([2, 2, 1, 1])
    expect(meters.snapshot(75_000)).toEqual([])
    expect(meters.snapshot(75_000, () => ({ pendingCalls: 0, isPaused: false }))).toMatchObject([
      { peer: 'storage', callCount: 0, messagesPerSecond: 0, methods: [] },
    ])
  })

  it('go on after a sleep of hours', () => {
    const { minute, meters } = start()
    const save = meters.meter(storage, 'storage.save')
    save.settled('failed', 1)
    minute.advance(10_000_000)
    save.settled('answered', 1)
    expect(meters.snapshot(10_000_100)).toMatchObject([{ callCount: 1, errorRate: 0 }])
  })

  it('make room for new peers, the one that was silent longest first', () => {
    const { minute, meters } = start()
    const busy = meters.meter(endpointId('tab:busy'), 'page.read')
    const silent = meters.meter(endpointId('tab:silent'), 'page.read')
    silent.settled('answered', 1)
    minute.advance(15_000)
    busy.settled('answered', 1)
    for (let tab = 0; tab < 499; tab += 1) meters.meter(endpointId(`tab:${tab}`), 'page.read').dropped()
    const peers = () => meters.snapshot(20_000).map(({ peer }) => peer)
    expect(peers()).toHaveLength(500)
    expect(peers()).toContain('tab:busy')
    expect(peers()).not.toContain('tab:silent')
    // One that comes back is counted again.
    minute.advance(30_000)
    silent.settled('answered', 1)
    expect(peers()).toContain('tab:silent')
    expect(peers()).toHaveLength(500)
  })

  it('take no more names of methods than a contract has', () => {
    const { meters } = start()
    for (let name = 0; name < 2_000; name += 1) meters.meter(storage, `made.up${name}`).settled('failed', 1)
    const [pair] = meters.snapshot(1_000)
    expect(pair?.methods).toHaveLength(500)
    expect(pair).toMatchObject({ callCount: 2_000 })
    expect(pair?.methods.at(-1)).toMatchObject({ method: 'others', callCount: 1_501 })
  })
})
