import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Client } from './client.ts'
import type { Connection } from './connection.ts'
import { createEndpoint, type Endpoint } from './endpoint.ts'
import type { Envelope } from './envelope.ts'
import { QueueFullError, TimeoutError } from './errors.ts'
import { endpointId, identity } from './identity.ts'
import { defaultRetryPolicy } from './retry.ts'
import { SimulatedClock } from './simulated-clock.ts'
import { createSampleService, type SampleService, sampleContract } from './testing/sample-contract.ts'
import { streamContract } from './testing/stream-contract.ts'
import type { CallSpan } from './tracing/span-sink.ts'
import { createMemoryChannel } from './transports/memory.ts'

const guest = identity('guest', 'guest')
const server = identity('server', 'server')
const turns = async (count = 40): Promise<void> => {
  for (let turn = 0; turn < count; turn += 1) await Promise.resolve()
}

describe('calling', () => {
  let clock: SimulatedClock
  let spans: CallSpan[]
  let service: SampleService
  let serving: Endpoint
  let calling: Endpoint
  let toServer: Connection
  let sample: Client<typeof sampleContract>

  beforeEach(() => {
    clock = new SimulatedClock()
    spans = []
    service = createSampleService()
    serving = createEndpoint({ identity: server, clock, later: queueMicrotask })
    calling = createEndpoint({
      identity: guest,
      clock,
      random: () => 0.5,
      later: queueMicrotask,
      spans: { called: span => spans.push({ ...span }), answered: () => {} },
    })
    serving.serve(sampleContract, service)
    join()
    sample = calling.client(sampleContract, server.id)
  })

  afterEach(() => {
    calling[Symbol.dispose]()
    serving[Symbol.dispose]()
    expect(clock.timers).toBe(0)
  })

  function join(): void {
    const [near, far] = createMemoryChannel()
    serving.connect(far, guest)
    toServer = calling.connect(near, server)
  }

  /** Answers `add` with this error so often, then rightly. */
  function failing(times: number, error: Error): { calls: number } {
    const seen = { calls: 0 }
    serving[Symbol.dispose]()
    serving = createEndpoint({ identity: server, clock, later: queueMicrotask })
    serving.serve(sampleContract, {
      ...service,
      add: ({ left, right }) => {
        seen.calls += 1
        if (seen.calls <= times) throw error
        return left + right
      },
    })
    join()
    return seen
  }

  it('tries again by the policy what may pass, and counts it', async () => {
    const seen = failing(2, new QueueFullError('busy'))
    const call = sample.add({ left: 1, right: 2 }, { retry: defaultRetryPolicy })
    await turns()
    expect(seen.calls).toBe(1)
    clock.advance(112)
    await turns()
    expect(seen.calls).toBe(1)
    clock.advance(1)
    await turns()
    expect(seen.calls).toBe(2)
    clock.advance(225)
    expect(await call).toBe(3)
    expect(calling.metrics.snapshot().calls[0]).toMatchObject({
      callCount: 3,
      retryRate: expect.closeTo(0.4, 1),
    })
  })

  it('gives up after three retries, with the last error', async () => {
    const seen = failing(9, new QueueFullError('busy'))
    const call = sample.add({ left: 1, right: 2 }, { retry: defaultRetryPolicy }).catch(error => error.code)
    for (const delay of [0, 113, 225, 450, 5_000]) {
      clock.advance(delay)
      await turns()
    }
    expect([await call, seen.calls]).toEqual(['QUEUE_FULL', 4])
  })

  it('tries once unless it was asked to try again, and never what fails for good', async () => {
    const busy = failing(9, new QueueFullError('busy'))
    await expect(sample.add({ left: 1, right: 2 })).rejects.toMatchObject({ code: 'QUEUE_FULL' })
    expect(busy.calls).toBe(1)
    const broken = failing(9, new Error('broken'))
    await expect(sample.add({ left: 1, right: 2 }, { retry: defaultRetryPolicy })).rejects.toMatchObject({
      code: 'HANDLER_ERROR',
    })
    expect(broken.calls).toBe(1)
  })

  it('stops trying when the caller cancels between two attempts', async () => {
    failing(9, new QueueFullError('busy'))
    const abort = new AbortController()
    const call = sample.add({ left: 1, right: 2 }, { retry: defaultRetryPolicy, signal: abort.signal })
    await turns()
    abort.abort()
    await expect(call).rejects.toMatchObject({ code: 'CANCELLED' })
  })

  it('does work that is not idempotent once, though its answer was lost and it is asked for again', async () => {
    let done = 0
    const { promise, resolve } = Promise.withResolvers<null>()
    serving[Symbol.dispose]()
    serving = createEndpoint({ identity: server, clock, later: queueMicrotask })
    serving.serve(sampleContract, {
      ...service,
      fail: () => {
        done += 1
        return promise
      },
    })
    join()
    const call = sample.fail({ how: 'ownCode' }, { retry: defaultRetryPolicy })
    await turns()
    toServer.close('the line broke')
    join()
    await turns()
    clock.advance(200)
    await turns()
    resolve(null)
    expect([await call, done]).toEqual([null, 1])
  })

  it('counts the deadline anew for each attempt', async () => {
    const call = sample.hang({}, { retry: { ...defaultRetryPolicy, maxRetries: 1 }, deadlineMs: 1_000 })
    const outcome = call.catch((error: unknown) => error)
    await turns()
    clock.advance(1_010)
    await turns()
    clock.advance(120)
    await turns()
    expect(calling.metrics.snapshot().pending).toMatchObject([
      { method: 'sample.hang', retryCount: 1, deadlineMs: 1_000, from: 'guest', to: 'server' },
    ])
    clock.advance(1_020)
    expect(await outcome).toBeInstanceOf(TimeoutError)
  })

  it('holds the caller when the other side takes no more, and refuses what does not fit', async () => {
    const pressure: boolean[] = []
    toServer.onPressure(isPaused => pressure.push(isPaused))
    const outcomes: Promise<string>[] = []
    for (let index = 0; index < 2_001; index += 1) {
      outcomes.push(
        sample.hang({}, { deadlineMs: 60_000 }).then(
          () => 'answered',
          error => error.code,
        ),
      )
      if (index % 100 === 0) await turns(10)
    }
    await turns()
    expect(await outcomes.at(-1)).toBe('QUEUE_FULL')
    expect({ pressure, isPaused: toServer.isPaused }).toEqual({ pressure: [true], isPaused: true })
    expect(toServer.counters).toMatchObject({ inFlight: 1_000, waiting: 1_000 })
    expect(service.hanging).toHaveLength(1_000)
    expect(calling.metrics.snapshot()).toMatchObject({
      droppedCalls: 1,
      calls: [{ dropCount: 1, isPaused: true }],
    })
    calling[Symbol.dispose]()
    expect(new Set(await Promise.all(outcomes.slice(0, -1)))).toEqual(new Set(['PROCESS_TERMINATED']))
  })

  it('sends what is urgent first, once the other side takes more', async () => {
    const order: string[] = []
    serving[Symbol.dispose]()
    serving = createEndpoint({ identity: server, clock, later: queueMicrotask })
    const hanging: (() => void)[] = []
    serving.serve(sampleContract, {
      ...service,
      hang: () => new Promise(resolve => hanging.push(() => resolve(null))),
      echo: async ({ text }) => {
        order.push(text)
        return text
      },
    })
    join()
    const blocking = Array.from({ length: 1_000 }, () => sample.hang({}))
    await turns()
    const waiting = [
      sample.echo({ text: 'low' }, { priority: 'low' }),
      sample.echo({ text: 'normal' }),
      sample.echo({ text: 'high' }, { priority: 'high' }),
    ]
    await turns()
    expect(order).toEqual([])
    for (const finish of hanging) finish()
    await Promise.all([...blocking, ...waiting])
    expect(order).toEqual(['high', 'normal', 'low'])
  })

  it('names the trace of a call that is made within another, on both sides of it', async () => {
    const seen: Envelope[] = []
    using _watching = calling.watch(envelope => seen.push(envelope))
    await sample.add({ left: 1, right: 1 })
    const [first] = spans
    if (first === undefined) throw new Error('No span')
    expect({ root: first.traceId === first.spanId, parent: first.parentSpanId }).toEqual({
      root: true,
      parent: 0,
    })
    await sample.add({ left: 1, right: 1 }, { within: first })
    expect(spans[1]).toMatchObject({ traceId: first.traceId, parentSpanId: first.spanId })
    expect(spans[1]?.spanId).not.toBe(first.spanId)
    const traces = seen.filter(({ type }) => type === 'request').map(({ traceId }) => traceId)
    expect(traces[0]).toBe(traces[1])
  })

  it('tells where the time of a call went', async () => {
    serving[Symbol.dispose]()
    serving = createEndpoint({ identity: server, clock, later: queueMicrotask })
    serving.serve(sampleContract, {
      ...service,
      add: () => {
        clock.advance(30)
        return 0
      },
    })
    toServer.close('not yet')
    const call = sample.add({ left: 1, right: 1 })
    clock.advance(5)
    join()
    await call
    expect(spans.at(-1)).toMatchObject({
      queuedMs: 5,
      handlerMs: 30,
      totalMs: 35,
      wireMs: 0,
      outcome: 'answered',
    })
  })

  it('does not keep notifications for ever when nobody comes to hear them, and counts what it lets go', async () => {
    const absent = calling.client(streamContract, endpointId('nobody'))
    const waiting = calling
      .client(sampleContract, endpointId('nobody'))
      .add({ left: 1, right: 1 }, { deadlineMs: 60_000 })
    for (let index = 0; index < 3; index += 1) absent.note({ text: 'hello' })
    clock.advance(4_900)
    expect(calling.metrics.snapshot().waitingCalls).toBe(4)
    clock.advance(200)
    expect(calling.metrics.snapshot()).toMatchObject({ waitingCalls: 1, droppedCalls: 3 })
    clock.advance(60_000)
    await expect(waiting).rejects.toBeInstanceOf(TimeoutError)
  })

  it('gives the last of several announcements of a tick to those who asked for the latest only', async () => {
    const seen: number[] = []
    sample.on('ticked', ({ count }) => seen.push(count))
    for (const count of [1, 2, 3])
      serving.announce(sampleContract, 'ticked', { count }, { isLatestOnly: true })
    await turns()
    expect(seen).toEqual([3])
  })
})
