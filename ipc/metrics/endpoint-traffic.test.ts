import { describe, expect, it } from 'vitest'
import { createEndpoint } from '../endpoint.ts'
import { identity } from '../identity.ts'
import { SimulatedClock } from '../simulated-clock.ts'
import { createSampleService, sampleContract } from '../testing/sample-contract.ts'
import { createMemoryChannel } from '../transports/memory.ts'
import { checkerOf } from '../validation.ts'
import { endpointTraffic } from './endpoint-traffic.ts'
import { EndpointTraffic } from './traffic.ts'

const settle = () => new Promise(resolve => setTimeout(resolve, 5))

function connectedPair() {
  const clock = new SimulatedClock(1_000_000)
  const calling = createEndpoint({ identity: identity('controller', 'controller'), clock })
  const serving = createEndpoint({ identity: identity('storage', 'storage'), clock })
  serving.serve(sampleContract, createSampleService())
  const [ours, theirs] = createMemoryChannel()
  calling.connect(ours, serving.identity)
  serving.connect(theirs, calling.identity)
  const client = calling.client(sampleContract, serving.identity.id)
  const running = new DisposableStack()
  running.use(calling)
  running.use(serving)
  return { clock, calling, serving, client, [Symbol.dispose]: () => running.dispose() }
}

const add = { left: 1, right: 2 }

describe('the traffic of an endpoint', () => {
  it('tells both directions of a pair, as the contract has it', async () => {
    using pair = connectedPair()
    for (let call = 0; call < 3; call += 1) await pair.client.add(add)
    await pair.client.fail({ how: 'ownCode' }).catch(() => {})
    const hanging = pair.client.hang({}).catch(() => {})
    await settle()
    pair.clock.advance(1_000)
    const made = endpointTraffic(pair.calling)
    const answered = endpointTraffic(pair.serving)
    for (const traffic of [made, answered]) expect(checkerOf(EndpointTraffic).check(traffic)).toBe(true)
    expect(made.pairs).toContainEqual(
      expect.objectContaining({
        from: 'controller',
        to: 'storage',
        callCount: 4,
        errorRate: 0.25,
        pendingCalls: 1,
        methods: [
          expect.objectContaining({ method: 'sample.add', callCount: 3, errorRate: 0 }),
          expect.objectContaining({ method: 'sample.fail', callCount: 1, errorRate: 1 }),
          expect.objectContaining({ method: 'sample.hang', callCount: 0 }),
        ],
      }),
    )
    expect(made.pendingCalls).toMatchObject([
      {
        from: 'controller',
        to: 'storage',
        method: 'sample.hang',
        sentAt: 1_000_000,
        ageMs: 1_000,
        deadlineMs: 5_000,
        priority: 'normal',
        retryCount: 0,
      },
    ])
    expect(answered.pairs).toContainEqual(
      expect.objectContaining({ from: 'controller', to: 'storage', callCount: 4, errorRate: 0.25 }),
    )
    pair.clock.advance(5_000)
    await hanging
  })

  it('counts the messages and bytes of both directions on both sides', async () => {
    using pair = connectedPair()
    for (let call = 0; call < 10; call += 1) await pair.client.add(add)
    pair.clock.advance(1_000)
    const rates = (traffic: EndpointTraffic) =>
      Object.fromEntries(
        traffic.pairs.map(({ from, to, messagesPerSecond, bytesPerSecond }) => [
          `${from} ${to}`,
          messagesPerSecond >= 10 && bytesPerSecond > 10 * messagesPerSecond,
        ]),
      )
    const both = { 'controller storage': true, 'storage controller': true }
    expect([rates(endpointTraffic(pair.calling)), rates(endpointTraffic(pair.serving))]).toEqual([both, both])
  })

  it('counts events, and what of them was dropped', async () => {
    using pair = connectedPair()
    for (let count = 0; count < 2_500; count += 1) pair.serving.announce(sampleContract, 'ticked', { count })
    await settle()
    pair.clock.advance(1_000)
    const [told] = endpointTraffic(pair.serving).pairs.filter(({ from }) => from === 'storage')
    expect(told).toMatchObject({
      callCount: 0,
      notificationCount: 2_500,
      // As many as the peer takes have left and as many wait; the rest was refused.
      dropCount: 500,
      maxQueueSize: 1_000,
      methods: [{ method: 'sample.ticked', notificationCount: 2_500, dropCount: 500 }],
    })
  })

  it('is right for who only answers, however long nobody reads it', async () => {
    using pair = connectedPair()
    for (let quarter = 0; quarter < 8; quarter += 1) {
      await pair.client.add(add)
      pair.clock.advance(15_000)
    }
    await pair.client.add(add)
    const [answered] = endpointTraffic(pair.serving).pairs.filter(({ to }) => to === 'storage')
    expect(answered).toMatchObject({ callCount: 4 })
  })

  it('is right for who gets no answers any more', async () => {
    using pair = connectedPair()
    await pair.client.add(add)
    pair.clock.advance(300_000)
    const hanging = pair.client.hang({}).catch(() => {})
    pair.clock.advance(6_000)
    await hanging
    pair.clock.advance(20_000)
    const [made] = endpointTraffic(pair.calling).pairs.filter(({ from }) => from === 'controller')
    expect(made).toMatchObject({ callCount: 1, timeoutRate: 1, errorRate: 1 })
  })
})
