import { describe, expect, it } from 'vitest'
import { createEndpoint } from './endpoint.ts'
import { identity } from './identity.ts'
import { SimulatedClock } from './simulated-clock.ts'
import { createFlowService, streamContract } from './testing/stream-contract.ts'
import { createMemoryChannel } from './transports/memory.ts'
import { Turns } from './turns.ts'

describe('a flood from one peer', () => {
  it('does not keep another from being heard', async () => {
    const tasks: (() => void)[] = []
    const handled: string[] = []
    using serving = createEndpoint({
      identity: identity('server', 'server'),
      clock: new SimulatedClock(),
      later: task => tasks.push(task),
    })
    serving.serve(streamContract, {
      ...createFlowService(),
      note: ({ text }, { peer }) => void handled.push(`${peer.id} ${text}`),
    })
    const endpoints = ['flood:1', 'quiet:1'].map(name => {
      const endpoint = createEndpoint({ identity: identity(name, 'guest'), clock: new SimulatedClock() })
      const [near, far] = createMemoryChannel()
      endpoint.connect(near, serving.identity)
      serving.connect(far, endpoint.identity)
      return endpoint
    })
    const [flood, quiet] = endpoints.map(endpoint => endpoint.client(streamContract, serving.identity.id))
    for (let index = 0; index < 900; index += 1) flood?.note({ text: `${index}` })
    quiet?.note({ text: 'hello' })
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve()

    // Of the flood as many as may be dealt with at once; of the other all.
    expect(handled.filter(line => line.startsWith('flood')).length).toBeLessThanOrEqual(512)
    expect(handled).toContain('quiet:1 hello')
    while (tasks.length > 0) {
      const before = handled.length
      tasks.shift()?.()
      expect(handled.length - before).toBeLessThanOrEqual(512)
    }
    const ofFlood = handled.filter(line => line.startsWith('flood'))
    expect(ofFlood).toEqual(Array.from({ length: 900 }, (_, index) => `flood:1 ${index}`))
    for (const endpoint of endpoints) endpoint[Symbol.dispose]()
  })

  it('gives two that both have more than they may an equal share', () => {
    const tasks: (() => void)[] = []
    const turns = new Turns(task => tasks.push(task))
    const order: string[] = []
    const taker = (name: string, waiting: number) => ({
      takeTurn: (messages: number) => {
        order.push(name)
        waiting -= messages
        return waiting > 0
      },
    })
    turns.wait(taker('a', 300))
    turns.wait(taker('b', 300))
    while (tasks.length > 0) tasks.shift()?.()
    expect(order).toEqual(['a', 'b', 'a', 'b', 'a', 'b', 'a', 'b', 'a', 'b'])
  })
})
