import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Client } from '../client.ts'
import type { Connection } from '../connection.ts'
import { createEndpoint, type Endpoint } from '../endpoint.ts'
import {
  CancelledError,
  HandlerError,
  MessageTooLargeError,
  PermissionDeniedError,
  ProcessTerminatedError,
  TimeoutError,
  ValidationError,
} from '../errors.ts'
import { identity } from '../identity.ts'
import { createSampleService, type SampleService, sampleContract } from '../testing/sample-contract.ts'
import { type TestChannel, transports } from '../testing/transports.ts'

const guest = identity('guest', 'guest')
const server = identity('server', 'server')

describe.each(Object.entries(transports))('over %s', (_name, openChannel) => {
  let channel: TestChannel
  let service: SampleService
  let serving: Endpoint
  let calling: Endpoint
  let toServer: Connection
  let toGuest: Connection
  let sample: Client<typeof sampleContract>

  beforeEach(async () => {
    channel = await openChannel()
    service = createSampleService()
    serving = createEndpoint({ identity: server })
    calling = createEndpoint({ identity: guest })
    serving.serve(sampleContract, service)
    toServer = calling.connect(channel.ends[0], server)
    toGuest = serving.connect(channel.ends[1], guest)
    sample = calling.client(sampleContract, server.id)
  })

  afterEach(async () => {
    calling[Symbol.dispose]()
    serving[Symbol.dispose]()
    await channel[Symbol.asyncDispose]()
  })

  it('brings back what the handler returns', async () => {
    expect(await sample.add({ left: 2, right: 40 })).toBe(42)
  })

  it('carries any text unharmed', async () => {
    const text = 'Grüße, 世界 \u{1F30D}\u0000\n"\\ \uD800'
    expect(await sample.echo({ text })).toBe(text)
  })

  it('answers a thousand calls made at once, each with its own result', async () => {
    const calls = Array.from({ length: 1_000 }, (_, index) => sample.add({ left: index, right: 1 }))
    expect(await Promise.all(calls)).toEqual(Array.from({ length: 1_000 }, (_, index) => index + 1))
  })

  it('carries two million characters, and refuses more than ten million bytes before sending', async () => {
    expect(await sample.echo({ text: 'a'.repeat(2_000_000) })).toHaveLength(2_000_000)
    await expect(sample.echo({ text: 'a'.repeat(10_000_001) })).rejects.toBeInstanceOf(MessageTooLargeError)
    expect(await sample.add({ left: 1, right: 1 })).toBe(2)
  })

  it('refuses arguments that do not fit, naming the place', async () => {
    const wrong = sample.add({ left: 1, right: 'two' as unknown as number })
    await expect(wrong).rejects.toThrow('sample.add: args/right must be number')
    await expect(wrong).rejects.toBeInstanceOf(ValidationError)
  })

  it('refuses a result that does not fit, at the caller', async () => {
    await expect(sample.fail({ how: 'wrongResult' })).rejects.toBeInstanceOf(ValidationError)
  })

  it('refuses a caller whose role the contract does not name', async () => {
    await expect(sample.forControllerOnly({})).rejects.toBeInstanceOf(PermissionDeniedError)
  })

  it("hands over a handler's own error by code, message and retryability", async () => {
    await expect(sample.fail({ how: 'ownCode' })).rejects.toMatchObject({
      code: 'NOTHING_TO_READ',
      message: 'The page holds no text',
      retryable: true,
      remoteStack: null,
    })
  })

  it('tells nothing of an error that was not meant for callers', async () => {
    const error = await sample.fail({ how: 'anyError' }).catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(HandlerError)
    expect(JSON.stringify(error) + String(error)).not.toContain('secret')
  })

  it('answers with an error when a result cannot be copied', async () => {
    await expect(sample.fail({ how: 'uncopyable' })).rejects.toMatchObject({ code: 'VALIDATION_ERROR' })
  })

  it('answers with an error when a result is too large, and refuses to announce what is', async () => {
    await expect(sample.fail({ how: 'tooLarge' })).rejects.toBeInstanceOf(MessageTooLargeError)
    const large = { count: 'a'.repeat(10_000_001) as unknown as number }
    expect(() => serving.announce(sampleContract, 'ticked', large)).toThrow(MessageTooLargeError)
    expect(await sample.add({ left: 1, right: 1 })).toBe(2)
    expect([toServer.counters.offences, toGuest.counters.offences]).toEqual([0, 0])
  })

  it('reports progress in order, all of it before the result', async () => {
    const seen: number[] = []
    const result = await sample.count({ upTo: 50 }, { onProgress: report => seen.push(report.at) })
    expect({ result, seen }).toEqual({
      result: 50,
      seen: Array.from({ length: 50 }, (_, index) => index + 1),
    })
  })

  it('cancels at the caller at once and at the handler soon', async () => {
    const abort = new AbortController()
    const call = sample.hang({}, { signal: abort.signal })
    const signal = await service.nextHang()
    const stopped = aborted(signal)
    abort.abort()
    await expect(call).rejects.toBeInstanceOf(CancelledError)
    expect(await stopped).toMatchObject({ code: 'CANCELLED' })
    expect(toServer.counters).toMatchObject({ inFlight: 0, offences: 0 })
  })

  it('gives up at the deadline and stops the handler', async () => {
    // The socket's clock is the real one; the handler hangs for ever, so only the deadline can end this.
    const call = sample.hang({}, { deadlineMs: 30 })
    const signal = service.nextHang().then(aborted)
    await expect(call).rejects.toBeInstanceOf(TimeoutError)
    expect(await signal).toMatchObject({ code: 'CANCELLED' })
  })

  it('fails calls in flight when the peer closes, and stops its own work for a peer that closed', async () => {
    const call = sample.hang({})
    const stopped = aborted(await service.nextHang())
    toGuest.close('test')
    await expect(call).rejects.toBeInstanceOf(ProcessTerminatedError)
    expect(await stopped).toMatchObject({ code: 'PROCESS_TERMINATED' })
    expect(calling.connectionTo(server.id)).toBeNull()
  })

  it('notices a port that closes without a goodbye', async () => {
    const call = sample.hang({})
    await service.nextHang()
    channel.ends[1].close()
    await expect(call).rejects.toBeInstanceOf(ProcessTerminatedError)
    expect(toServer.isOpen).toBe(false)
  })

  it('announces events to the roles that may listen, and to whom they are meant for', async () => {
    const seen: unknown[] = []
    sample.on('ticked', payload => seen.push(payload))
    sample.on('whispered', () => seen.push('whispered'))
    serving.announce(sampleContract, 'whispered', {})
    serving.announce(sampleContract, 'ticked', { count: 1 }, { to: () => false })
    serving.announce(sampleContract, 'ticked', { count: 2 }, { to: peer => peer.id === guest.id })
    // Messages keep their order, so after this answer every event has arrived.
    await sample.add({ left: 1, right: 1 })
    expect(seen).toEqual([{ count: 2 }])
  })

  it('stops handing on events to a listener that was disposed', async () => {
    const seen: unknown[] = []
    const listening = sample.on('ticked', payload => seen.push(payload))
    serving.announce(sampleContract, 'ticked', { count: 1 })
    await sample.add({ left: 1, right: 1 })
    listening[Symbol.dispose]()
    serving.announce(sampleContract, 'ticked', { count: 2 })
    await sample.add({ left: 1, right: 1 })
    expect(seen).toEqual([{ count: 1 }])
  })

  it('counts what it does', async () => {
    await sample.add({ left: 1, right: 1 })
    await sample.fail({ how: 'ownCode' }).catch(() => {})
    const { calls } = calling.metrics.snapshot()
    expect(calls).toMatchObject([
      {
        peer: 'server',
        callCount: 2,
        methods: [
          { method: 'sample.add', callCount: 1, errorRate: 0 },
          { method: 'sample.fail', callCount: 1, errorRate: 1 },
        ],
      },
    ])
    // Out: hello and two calls. In: the other's hello and two answers.
    expect(calling.metrics).toMatchObject({ messagesOut: 3, messagesIn: 3 })
  })
})

function aborted(signal: AbortSignal): Promise<unknown> {
  if (signal.aborted) return Promise.resolve(signal.reason)
  return new Promise(resolve =>
    signal.addEventListener('abort', () => resolve(signal.reason), { once: true }),
  )
}
