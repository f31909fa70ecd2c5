import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Client } from './client.ts'
import { createEndpoint, type Endpoint } from './endpoint.ts'
import { ProcessTerminatedError } from './errors.ts'
import { identity } from './identity.ts'
import type { Port } from './port.ts'
import { defaultRetryPolicy } from './retry.ts'
import { SimulatedClock } from './simulated-clock.ts'
import { createSampleService, type SampleService, sampleContract } from './testing/sample-contract.ts'
import { createMemoryChannel } from './transports/memory.ts'

/** The five scenarios of the original, each with what a caller is told. The hang of a real process is tests/e2e's. */
describe('when something goes wrong', () => {
  let clock: SimulatedClock
  let logged: string[]
  let service: SampleService
  let serving: Endpoint
  let calling: Endpoint
  let far: Port
  let sample: Client<typeof sampleContract>

  beforeEach(() => {
    clock = new SimulatedClock()
    logged = []
    service = createSampleService()
    const log = ({ message }: { readonly message: string }): number => logged.push(message)
    serving = createEndpoint({ identity: identity('server', 'server'), clock, log })
    calling = createEndpoint({ identity: identity('guest', 'guest'), clock, log, random: () => 0 })
    serving.serve(sampleContract, service)
    sample = calling.client(sampleContract, serving.identity.id)
    join()
  })

  afterEach(() => {
    calling[Symbol.dispose]()
    serving[Symbol.dispose]()
  })

  function join(): void {
    const [near, other] = createMemoryChannel()
    far = other
    calling.connect(near, serving.identity)
    serving.connect(far, calling.identity)
  }

  it('a target that crashed fails what is in flight at once, and what is asked next once it is given up', async () => {
    const hanging = sample.hang({})
    await service.nextHang()
    far.close()
    await expect(hanging).rejects.toMatchObject({ code: 'PROCESS_TERMINATED', retryable: true })
    expect(clock.now()).toBe(0)
    const next = sample.add({ left: 1, right: 1 })
    calling.giveUpOn(serving.identity.id, new ProcessTerminatedError('It stopped too often'))
    await expect(next).rejects.toMatchObject({ code: 'PROCESS_TERMINATED' })
    const unreached = createEndpoint({
      identity: calling.identity,
      clock,
      requestPort: () => Promise.reject(),
    })
    const lost = unreached.client(sampleContract, serving.identity.id).add({ left: 1, right: 1 })
    await expect(lost).rejects.toMatchObject({ code: 'TARGET_UNAVAILABLE', retryable: true })
    unreached[Symbol.dispose]()
  })

  it('a message that is not answered in time is cancelled and, where allowed, tried again, then fails', async () => {
    const call = sample
      .hang({}, { retry: { ...defaultRetryPolicy, maxRetries: 1 } })
      .catch(error => error.code)
    const first = await service.nextHang()
    clock.advance(5_010)
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve()
    expect(first.aborted).toBe(true)
    clock.advance(100)
    const second = await service.nextHang()
    expect(second.aborted).toBe(false)
    clock.advance(5_020)
    expect(await call).toBe('TIMEOUT')
  })

  it('a malformed message is refused and logged, and disturbs nothing', async () => {
    far.post('[[100,"one"')
    far.post([{ kind: 'nonsense' }])
    await expect(sample.add({ left: 1, right: 'two' as unknown as number })).rejects.toMatchObject({
      code: 'VALIDATION_ERROR',
    })
    expect(await sample.add({ left: 1, right: 1 })).toBe(2)
    expect(logged.filter(message => message === 'Refused a message')).toHaveLength(2)
  })

  it('a handler that throws is told of by code, and its text stays where it is', async () => {
    const error = await sample.fail({ how: 'anyError' }).catch((caught: unknown) => caught)
    expect(error).toMatchObject({ code: 'HANDLER_ERROR' })
    expect(String(error)).not.toContain('secret')
    expect(logged).toContain('A handler failed: sample.fail')
  })

  it('a target that comes back under its name is spoken to again, by the same client', async () => {
    far.close()
    for (let turn = 0; turn < 5; turn += 1) await Promise.resolve()
    const call = sample.add({ left: 20, right: 22 })
    join()
    expect(await call).toBe(42)
  })
})
