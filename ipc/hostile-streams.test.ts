import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createEndpoint, type Endpoint } from './endpoint.ts'
import { identity } from './identity.ts'
import { kinds } from './message.ts'
import type { Port } from './port.ts'
import { SimulatedClock } from './simulated-clock.ts'
import { streamWindow } from './streams/incoming-stream.ts'
import { createFlowService, type FlowService, streamContract } from './testing/stream-contract.ts'
import { createMemoryChannel } from './transports/memory.ts'

const liar = identity('tab:1', 'guest')
const asMuchAsThereIs = Number.MAX_SAFE_INTEGER

/** Demands are clamped to what an honest reader asks for: its window beyond what it can have read. */
describe('a peer that lies about streams', () => {
  let endpoint: Endpoint
  let line: Port
  let service: FlowService
  let heard: (readonly unknown[])[]

  beforeEach(() => {
    endpoint = createEndpoint({ identity: identity('victim', 'controller'), clock: new SimulatedClock() })
    service = createFlowService()
    endpoint.serve(streamContract, service)
    const [near, far] = createMemoryChannel()
    endpoint.connect(near, liar)
    line = far
    heard = []
    far.onMessage(packet => heard.push(...(JSON.parse(String(packet)) as (readonly unknown[])[])))
    far.start()
  })

  afterEach(() => endpoint[Symbol.dispose]())

  async function tell(...messages: readonly unknown[]): Promise<void> {
    for (const message of messages) line.post([message])
    for (let turn = 0; turn < 3; turn += 1) await new Promise(resolve => setImmediate(resolve))
  }

  it('does not get an endless stream at once, which would stop the process for good', async () => {
    await tell([kinds.request, 1, 'flow.numbers', { upTo: 1_000_000 }, 1_000])
    expect(service.made).toBe(streamWindow)
    await tell([kinds.itemDemand, 1, asMuchAsThereIs])
    expect(service.made).toBe(2 * streamWindow)
  })

  it('does not get all the input of a call at once', async () => {
    let taken = 0
    function* endless(): Generator<number> {
      for (;;) {
        taken += 1
        yield taken
        if (taken > 10_000) throw new Error('too much was asked for')
      }
    }
    const sum = endpoint.client(streamContract, liar.id).sum({}, { input: endless() })
    sum.catch(() => {})
    await tell([kinds.inputDemand, 1, asMuchAsThereIs])
    expect(taken).toBe(streamWindow)
  })

  it('cannot leave a generator behind by asking under a key, which keeps other work from being stopped', async () => {
    await tell([kinds.request, 1, 'flow.numbers', { upTo: 1_000_000 }, 1_000, { repeatKey: 'once' }])
    expect([service.made, service.hasCleanedUp]).toEqual([streamWindow, false])
    line.close()
    await tell()
    expect(service.hasCleanedUp).toBe(true)
  })
})
