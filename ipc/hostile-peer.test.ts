import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Connection } from './connection.ts'
import { createEndpoint, type Endpoint } from './endpoint.ts'
import { identity } from './identity.ts'
import { kinds } from './message.ts'
import type { Port } from './port.ts'
import { SimulatedClock } from './simulated-clock.ts'
import { createSampleService, sampleContract } from './testing/sample-contract.ts'
import { createFlowService, streamContract } from './testing/stream-contract.ts'
import { createMemoryChannel } from './transports/memory.ts'

const honest = identity('controller', 'controller')
const liar = identity('tab:1', 'guest')
const victim = identity('victim', 'controller')

describe('a peer that lies', () => {
  let endpoint: Endpoint
  let line: Port
  let connection: Connection
  let answers: (readonly unknown[])[]
  let logged: string[]

  beforeEach(() => {
    logged = []
    endpoint = createEndpoint({
      identity: victim,
      clock: new SimulatedClock(),
      later: queueMicrotask,
      log: entry => logged.push(`${entry.message} ${JSON.stringify(entry.details)}`),
    })
    endpoint.serve(sampleContract, createSampleService())
    const [near, far] = createMemoryChannel()
    connection = endpoint.connect(near, liar)
    line = far
    answers = []
    far.onMessage(packet => answers.push(...(JSON.parse(String(packet)) as (readonly unknown[])[])))
    far.start()
  })

  afterEach(() => {
    endpoint[Symbol.dispose]()
  })

  async function tell(...messages: readonly unknown[]): Promise<void> {
    for (const message of messages) line.post([message])
    for (let turn = 0; turn < 30; turn += 1) await Promise.resolve()
  }

  const call = (id: number, method = 'add', args: unknown = { left: 1, right: 1 }) => [
    kinds.request,
    id,
    `sample.${method}`,
    args,
    1_000,
  ]
  const failures = (): unknown[] =>
    answers.filter(([kind]) => kind === kinds.failure).map(([, , error]) => error)

  it.each([
    ['what is no message', 'malformed', [42, 'text', null, [], ['nonsense'], [kinds.request]]],
    [
      'answers to calls that were never made',
      'unknownCall',
      [1, 2, 3].map(id => [kinds.response, id, 1, 0, 0]),
    ],
    ['progress of calls that were never made', 'unknownCall', [[kinds.progress, 7, 1, 1]]],
    ['the same number twice', 'repeatedNumber', [call(1), call(1), call(1)]],
  ])('is counted for %s, and cut off after ten times', async (_name, offence, messages) => {
    await tell(...messages)
    expect(connection.counters.offences).toBe(
      offence === 'repeatedNumber' ? messages.length - 1 : messages.length,
    )
    expect(connection.isOpen).toBe(true)
    for (let round = 0; round < 10; round += 1) await tell(...messages)
    expect(connection.isOpen).toBe(false)
    expect(connection.closeReason).toContain(`too many offences, the last one ${offence}`)
  })

  it('is told goodbye with the reason', async () => {
    for (let round = 0; round < 10; round += 1) await tell('rubbish')
    expect(answers.at(-1)).toEqual([kinds.goodbye, expect.stringContaining('malformed')])
  })

  it('is let go when it speaks another version of the protocol, with words for whoever looks', async () => {
    await tell([kinds.hello, 3, 'whatever that version says'])
    expect(connection.closeReason).toBe('speaks version 3 of the protocol, not 2')
    expect(answers.at(-1)).toEqual([kinds.goodbye, 'speaks version 3 of the protocol, not 2'])
  })

  it('does not get a second answer for a repeated number', async () => {
    await tell(call(1), call(1, 'add', { left: 5, right: 5 }))
    expect(answers.filter(([kind]) => kind === kinds.response)).toEqual([[kinds.response, 1, 2, 0, 0]])
  })

  it('gets no further by names that live on prototypes', async () => {
    const names = ['constructor', '__proto__', 'toString', 'hasOwnProperty']
    await tell(...names.map((name, index) => call(index + 1, name)))
    expect(failures()).toMatchObject(names.map(() => ({ code: 'VALIDATION_ERROR' })))
  })

  it('cannot smuggle in keys that the contract does not declare, __proto__ among them', async () => {
    const args: unknown = JSON.parse('{"left":1,"right":1,"__proto__":{"isAdmin":true}}')
    await tell(call(1, 'add', args), call(2, 'add', { left: 1, right: 1, constructor: { prototype: {} } }))
    expect(failures()).toEqual([
      {
        code: 'VALIDATION_ERROR',
        message: 'sample.add: args/__proto__ is not declared in the contract',
        retryable: false,
      },
      {
        code: 'VALIDATION_ERROR',
        message: 'sample.add: args/constructor is not declared in the contract',
        retryable: false,
      },
    ])
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined()
  })

  it('is cut off after a hundred calls that it may not make', async () => {
    for (let id = 1; id <= 99; id += 1) await tell(call(id, 'forControllerOnly', {}))
    expect(connection.isOpen).toBe(true)
    await tell(call(100, 'forControllerOnly', {}))
    expect(connection.closeReason).toContain('denied: sample.forControllerOnly')
  })

  it('does not reach listeners with an event that is not declared, nor with a wrong payload', async () => {
    const seen: unknown[] = []
    endpoint.client(sampleContract, liar.id).on('ticked', payload => seen.push(payload))
    await tell(
      [kinds.event, 'sample.ticked', { count: 'many' }],
      [kinds.event, 'sample.ticked', { count: 1, extra: true }],
      [kinds.event, 'sample.unheard', {}],
    )
    expect(seen).toEqual([])
    expect(connection.counters.offences).toBe(2)
  })

  it('cannot speak for somebody else: events count as those of the port they came by', async () => {
    const seen: unknown[] = []
    endpoint.client(sampleContract, honest.id).on('ticked', payload => seen.push(payload))
    await tell([kinds.event, 'sample.ticked', { count: 1 }, honest.id, honest])
    expect(seen).toEqual([])
  })

  it('cannot make more than a thousand calls run at a time, not even by cancelling them', async () => {
    for (let id = 1; id <= 1_000; id += 1) line.post([call(id, 'hang', {})])
    await tell(call(1_001, 'hang', {}))
    expect(answers.at(-1)?.slice(0, 2)).toEqual([kinds.failure, 1_001])
    expect(failures()).toMatchObject([{ code: 'QUEUE_FULL' }])
    expect(connection.counters.answering).toBe(1_000)
  })

  it('cannot send more than ten million bytes', async () => {
    line.post(JSON.stringify([call(1, 'echo', { text: 'a'.repeat(10_200_000) })]))
    await tell(call(2, 'echo', { text: 'a'.repeat(10_000_001) }))
    expect(connection.counters.offences).toBe(2)
    expect(answers.filter(([kind]) => kind === kinds.response)).toEqual([])
  })

  it('has what waits for its turn let go when it cancels it', async () => {
    const demands = JSON.stringify(Array.from({ length: 10_000 }, () => [kinds.itemDemand, 1, 1]))
    const cancels = JSON.stringify(Array.from({ length: 2_000 }, (_, index) => [kinds.cancel, index + 1]))
    for (let packet = 0; packet < 5; packet += 1) line.post(demands)
    for (let id = 1; id <= 500; id += 1) line.post([call(id, 'hang', {})])
    line.post(cancels)
    await tell()
    expect(connection.counters).toMatchObject({ answering: 0, offences: 0 })
  })

  it('cannot fill the memory with messages that need no credit and wait for their turn', async () => {
    const demands = JSON.stringify(Array.from({ length: 10_000 }, () => [kinds.itemDemand, 1, 1]))
    for (let packet = 0; packet < 10; packet += 1) line.post(demands)
    await tell()
    expect(connection.isOpen).toBe(true)
    for (let packet = 0; packet < 20; packet += 1) line.post(demands)
    await tell()
    expect(connection.closeReason).toContain('overrun')
  })

  it('cannot get others into trouble with numbers of traces that nobody can count', async () => {
    const traced: number[] = []
    endpoint.serve(streamContract, {
      ...createFlowService(),
      read: (_args, { spanId, traceId }) => {
        traced.push(spanId, traceId)
        return []
      },
    })
    await tell([kinds.hello, 2, 1_000, Number.MAX_SAFE_INTEGER], [kinds.request, 7, 'flow.read', {}, 1_000])
    expect(traced.map(Number.isSafeInteger)).toEqual([true, true])
  })

  it('can nest as deeply as it likes without harm', async () => {
    let deep: unknown = 1
    for (let level = 0; level < 1_000; level += 1) deep = [deep]
    await tell(call(1, 'echo', { text: deep }))
    expect(failures()).toMatchObject([{ code: 'VALIDATION_ERROR' }])
  })

  it('never throws into the event loop nor disturbs others, whatever it sends', async () => {
    const number = fc.oneof(fc.integer({ min: -2, max: 12 }), fc.double(), fc.string())
    const name = fc.constantFrom(
      'sample.add',
      'sample.count',
      'sample.hang',
      'nexus.introduce',
      'sample.__proto__',
      'x',
      '',
    )
    const part = fc.oneof(number, name, fc.jsonValue())
    const message = fc
      .tuple(fc.constantFrom(...Object.values(kinds), 7), part, part, part, part, part)
      .map(parts => parts.slice(0, 1 + (parts.length % 6)))
    const packet = fc.array(fc.oneof(message, fc.jsonValue()), { maxLength: 8 })
    const rogue = fc.oneof(
      packet,
      packet.map(list => JSON.stringify(list)),
      fc.string(),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(rogue, { maxLength: 25 }), async messages => {
        using own = createEndpoint({ identity: victim, clock: new SimulatedClock() })
        own.serve(sampleContract, createSampleService())
        own.client(sampleContract, liar.id).on('ticked', () => {})
        const [near, far] = createMemoryChannel()
        own.connect(near, liar)
        const outgoing = own
          .client(sampleContract, liar.id)
          .add({ left: 1, right: 1 })
          .catch(() => 'failed')
        far.start()
        for (const message of messages) far.post(message)

        using friend = createEndpoint({ identity: honest, clock: new SimulatedClock() })
        const [left, right] = createMemoryChannel()
        own.connect(left, honest)
        friend.connect(right, victim)
        expect(await friend.client(sampleContract, victim.id).add({ left: 20, right: 22 })).toBe(42)
        own[Symbol.dispose]()
        expect(['number', 'string']).toContain(typeof (await outgoing))
      }),
      { numRuns: 300 },
    )
    expect(logged.filter(line => line.startsWith('A listener failed'))).toEqual([])
  })
})
