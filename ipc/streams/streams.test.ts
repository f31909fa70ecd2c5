import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Client } from '../client.ts'
import { createEndpoint, type Endpoint } from '../endpoint.ts'
import { ProcessTerminatedError } from '../errors.ts'
import { identity } from '../identity.ts'
import { moved } from '../moving.ts'
import { createFlowService, type FlowService, streamContract } from '../testing/stream-contract.ts'
import { type TestChannel, transports } from '../testing/transports.ts'
import { streamWindow } from './incoming-stream.ts'

const guest = identity('guest', 'guest')
const server = identity('server', 'server')

describe.each(Object.entries(transports))('streams over %s', (_name, openChannel) => {
  let channel: TestChannel
  let service: FlowService
  let serving: Endpoint
  let calling: Endpoint
  let flow: Client<typeof streamContract>

  beforeEach(async () => {
    channel = await openChannel()
    service = createFlowService()
    serving = createEndpoint({ identity: server })
    calling = createEndpoint({ identity: guest })
    serving.serve(streamContract, service)
    calling.connect(channel.ends[0], server)
    serving.connect(channel.ends[1], guest)
    flow = calling.client(streamContract, server.id)
  })

  afterEach(async () => {
    calling[Symbol.dispose]()
    serving[Symbol.dispose]()
    await channel[Symbol.asyncDispose]()
  })

  it('bring every item in order, and then the result', async () => {
    const stream = flow.numbers({ upTo: 500 })
    const seen: number[] = []
    for await (const number of stream) seen.push(number)
    expect(seen).toEqual(Array.from({ length: 500 }, (_, index) => index + 1))
    expect(await stream.result).toBe(500)
  })

  it('wait for a slow reader: no more is made than fits into the window', async () => {
    const items = flow.numbers({ upTo: 10_000 })[Symbol.asyncIterator]()
    expect(await items.next()).toEqual({ done: false, value: 1 })
    await flow.read({})
    await flow.read({})
    expect(service.made).toBeLessThanOrEqual(streamWindow + 1)
    await items.return?.()
  })

  it('stop at the other side when the reader leaves, and let it clean up', async () => {
    const stream = flow.numbers({ upTo: 1_000_000 })
    for await (const number of stream) if (number === 3) break
    await expect(stream.result).rejects.toMatchObject({ code: 'CANCELLED' })
    while (!service.hasCleanedUp) await flow.read({})
    expect(service.made).toBeLessThan(1_000)
  })

  it('throw at the reader what the maker throws, after the items before it', async () => {
    const seen: number[] = []
    const reading = async (): Promise<void> => {
      for await (const number of flow.numbers({ upTo: 9, failsAt: 4 })) seen.push(number)
    }
    await expect(reading()).rejects.toMatchObject({ code: 'RAN_OUT' })
    expect(seen).toEqual([1, 2, 3])
  })

  it('break off when the process that makes them goes', async () => {
    const items = flow.numbers({ upTo: 1_000_000 })[Symbol.asyncIterator]()
    await items.next()
    channel.ends[1].close()
    const reading = async (): Promise<void> => {
      while ((await items.next()).done !== true);
    }
    await expect(reading()).rejects.toBeInstanceOf(ProcessTerminatedError)
  })

  it('flow the other way, at the pace of the handler', async () => {
    expect(await flow.sum({}, { input: Array.from({ length: 300 }, (_, index) => index) })).toBe(44_850)
    let made = 0
    async function* endless(): AsyncGenerator<number> {
      for (;;) {
        made += 1
        yield 1
      }
    }
    expect(await flow.sum({ atMost: 10 }, { input: endless() })).toBe(10)
    expect(made).toBeLessThan(10 + 2 * streamWindow)
  })

  it('tell the handler that the caller broke off', async () => {
    async function* broken(): AsyncGenerator<number> {
      yield 1
      throw new Error('the disk is full')
    }
    await expect(flow.sum({}, { input: broken() })).rejects.toMatchObject({ code: 'HANDLER_ERROR' })
  })

  it('carry bytes unharmed, in arguments, results and items', async () => {
    const data = Uint8Array.from({ length: 200_000 }, (_, index) => index % 251)
    expect((await flow.reverse({ data: moved(data.slice()) })).toReversed()).toEqual(data)
    let sum = 0
    for await (const block of flow.blocks({ count: 20, bytes: 100_000 }))
      sum += block.length * (block[0] ?? 0)
    expect(sum).toBe(19_000_000)
  })

  it('need no answer for what is only sent, and keep its order', async () => {
    for (let index = 0; index < 200; index += 1) flow.note({ text: `note ${index}` })
    expect(await flow.read({})).toEqual(Array.from({ length: 200 }, (_, index) => `note ${index}`))
    flow.note({ text: 'first' }, { isLatestOnly: true })
    flow.note({ text: 'last' }, { isLatestOnly: true })
    await Promise.resolve()
    expect((await flow.read({})).slice(200)).toEqual(['last'])
  })
})
