import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createEndpoint, type Endpoint } from './endpoint.ts'
import type { Envelope } from './envelope.ts'
import { IdentifierConflictError, PermissionDeniedError, QueueFullError, TimeoutError } from './errors.ts'
import { endpointId, identity } from './identity.ts'
import { SimulatedClock } from './simulated-clock.ts'
import { createSampleService, sampleContract } from './testing/sample-contract.ts'
import { createMemoryChannel } from './transports/memory.ts'

const guest = identity('guest', 'guest')
const server = identity('server', 'server')

describe('an endpoint', () => {
  let clock: SimulatedClock
  let serving: Endpoint
  let asked: string[]
  let calling: Endpoint

  beforeEach(() => {
    clock = new SimulatedClock()
    asked = []
    serving = createEndpoint({ identity: server, clock })
    calling = createEndpoint({ identity: guest, clock, requestPort: peer => asked.push(peer) })
  })

  afterEach(() => {
    serving[Symbol.dispose]()
    calling[Symbol.dispose]()
    expect(clock.timers).toBe(0)
  })

  function join(): void {
    const [near, far] = createMemoryChannel()
    serving.connect(far, guest)
    calling.connect(near, server)
  }

  it('keeps calls until there is a connection, asking for it once, and sends them in order', async () => {
    serving.serve(sampleContract, createSampleService())
    const sample = calling.client(sampleContract, server.id)
    const calls = [1, 2, 3].map(left => sample.add({ left, right: 0 }))
    expect(asked).toEqual(['server'])
    expect(calling.metrics.snapshot().waitingCalls).toBe(3)
    join()
    expect(await Promise.all(calls)).toEqual([1, 2, 3])
  })

  it('lets the deadline run while a call waits for a connection', async () => {
    const call = calling.client(sampleContract, server.id).add({ left: 1, right: 1 })
    clock.advance(5_100)
    await expect(call).rejects.toBeInstanceOf(TimeoutError)
    expect(calling.metrics.snapshot()).toMatchObject({ waitingCalls: 0, calls: [{ timeoutRate: 1 }] })
  })

  it('forgets a call that is cancelled while it waits', async () => {
    const service = createSampleService()
    serving.serve(sampleContract, service)
    const sample = calling.client(sampleContract, server.id)
    const abort = new AbortController()
    const call = sample.hang({}, { signal: abort.signal })
    abort.abort()
    await expect(call).rejects.toMatchObject({ code: 'CANCELLED' })
    join()
    await sample.add({ left: 1, right: 1 })
    expect(service.hanging).toEqual([])
  })

  it('refuses the 1001st waiting call and counts it', async () => {
    const sample = calling.client(sampleContract, server.id)
    const calls = Array.from({ length: 1_000 }, () => sample.add({ left: 1, right: 1 }))
    await expect(sample.add({ left: 1, right: 1 })).rejects.toBeInstanceOf(QueueFullError)
    expect(calling.metrics.snapshot()).toMatchObject({ waitingCalls: 1_000, droppedCalls: 1 })
    calling[Symbol.dispose]()
    const codes = await Promise.all(calls.map(call => call.catch(error => error.code)))
    expect(new Set(codes)).toEqual(new Set(['TARGET_UNAVAILABLE']))
  })

  it('fails waiting calls with the reason when an introduction is refused', async () => {
    const refused = createEndpoint({
      identity: guest,
      clock,
      requestPort: async () => {
        throw new PermissionDeniedError('not you')
      },
    })
    const call = refused.client(sampleContract, server.id).add({ left: 1, right: 1 })
    await expect(call).rejects.toBeInstanceOf(PermissionDeniedError)
    refused[Symbol.dispose]()
  })

  it('goes on with a peer that comes back, asking for a new port', async () => {
    serving.serve(sampleContract, createSampleService())
    join()
    const sample = calling.client(sampleContract, server.id)
    expect(await sample.add({ left: 1, right: 1 })).toBe(2)
    calling.connectionTo(server.id)?.close('crashed')
    const call = sample.add({ left: 2, right: 2 })
    expect(asked).toEqual(['server'])
    join()
    expect(await call).toBe(4)
  })

  it('holds calls of a contract that is not served yet, and refuses them after five seconds', async () => {
    join()
    const sample = calling.client(sampleContract, server.id)
    const early = sample.add({ left: 1, right: 1 })
    await settled()
    serving.serve(sampleContract, createSampleService())
    expect(await early).toBe(2)

    const other = createEndpoint({ identity: server, clock })
    const [near, far] = createMemoryChannel()
    other.connect(far, guest)
    calling.connect(near, server)
    const never = sample.add({ left: 1, right: 1 }, { deadlineMs: 60_000 })
    await settled()
    clock.advance(5_100)
    await expect(never).rejects.toMatchObject({ code: 'TARGET_UNAVAILABLE' })
    other[Symbol.dispose]()
  })

  it('tells the handler when its caller stops waiting', async () => {
    let deadlineAt = 0
    serving.serve(sampleContract, {
      ...createSampleService(),
      add: (_, call) => {
        deadlineAt = call.deadlineAt
        return 0
      },
    })
    const call = calling.client(sampleContract, server.id).add({ left: 1, right: 1 }, { deadlineMs: 900 })
    clock.advance(100)
    join()
    await call
    expect(deadlineAt).toBe(900)
  })

  it('closes the old connection when a peer connects again', async () => {
    const service = createSampleService()
    serving.serve(sampleContract, service)
    join()
    const call = calling.client(sampleContract, server.id).hang({})
    await service.nextHang()
    join()
    await expect(call).rejects.toMatchObject({ code: 'PROCESS_TERMINATED' })
    expect(await calling.client(sampleContract, server.id).add({ left: 1, right: 1 })).toBe(2)
  })

  it('serves a contract once', () => {
    const serve = () => serving.serve(sampleContract, createSampleService())
    const first = serve()
    expect(serve).toThrow(IdentifierConflictError)
    first[Symbol.dispose]()
    serve()
  })

  it('sends stacks in debug mode only', async () => {
    const debugged = createEndpoint({ identity: server, clock, isDebugging: true })
    debugged.serve(sampleContract, createSampleService())
    const [near, far] = createMemoryChannel()
    debugged.connect(far, guest)
    calling.connect(near, server)
    const error = await calling
      .client(sampleContract, server.id)
      .fail({ how: 'anyError' })
      .catch((caught: unknown) => caught)
    expect(error).toMatchObject({
      code: 'HANDLER_ERROR',
      remoteStack: expect.stringContaining('secret path'),
    })
    debugged[Symbol.dispose]()
  })

  it('survives listeners that throw', async () => {
    const logged: string[] = []
    const careless = createEndpoint({ identity: guest, clock, log: entry => logged.push(entry.message) })
    const [near, far] = createMemoryChannel()
    serving.serve(sampleContract, createSampleService())
    serving.connect(far, guest)
    careless.connect(near, server)
    const sample = careless.client(sampleContract, server.id)
    const heard: number[] = []
    sample.on('ticked', () => {
      throw new Error('mine')
    })
    sample.on('ticked', ({ count }) => heard.push(count))
    serving.announce(sampleContract, 'ticked', { count: 1 })
    const count = sample.count(
      { upTo: 1 },
      {
        onProgress: () => {
          throw new Error('mine too')
        },
      },
    )
    expect(await count).toBe(1)
    expect({ heard, logged }).toEqual({ heard: [1], logged: ['A listener failed', 'A listener failed'] })
    careless[Symbol.dispose]()
  })

  it('shows whole envelopes to whoever looks in', async () => {
    const seen: Envelope[] = []
    const watched = createEndpoint({ identity: guest, clock })
    using _watching = watched.watch(envelope => seen.push(envelope))
    const [near, far] = createMemoryChannel()
    serving.serve(sampleContract, createSampleService())
    serving.connect(far, guest)
    watched.connect(near, server)
    await watched.client(sampleContract, endpointId('server')).add({ left: 1, right: 2 })
    const [request, response] = seen.filter(({ type }) => type !== 'notification')
    expect(request).toMatchObject({
      id: 'guest>server#1',
      type: 'request',
      source: 'guest',
      target: 'server',
      method: 'sample.add',
      args: [{ left: 1, right: 2 }],
      options: { timeoutMs: 5_000, priority: 'normal', requiresResponse: true, retryCount: 0 },
      timestamp: clock.wallClock(),
    })
    expect(response).toMatchObject({
      id: 'guest>server#1',
      type: 'response',
      response: { requestId: 'guest>server#1', status: 'ok', result: 3 },
    })
    watched[Symbol.dispose]()
  })
})

/** Lets messages that are on their way arrive: a memory channel needs a few microtasks. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve()
}
