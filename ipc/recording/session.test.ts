import * as Type from 'typebox'
import { beforeEach, describe, expect, it } from 'vitest'
import { defineContract, method } from '../contract.ts'
import { createEndpoint, type Endpoint } from '../endpoint.ts'
import { identity } from '../identity.ts'
import type { Handlers } from '../served-contract.ts'
import { SimulatedClock } from '../simulated-clock.ts'
import { createMemoryChannel } from '../transports/memory.ts'
import { callByName } from './call-by-name.ts'
import { type ReplayedCall, replay } from './player.ts'
import { callsTo } from './recorded-calls.ts'
import { Recorder } from './recorder.ts'
import { type RecordingEntry, RecordingReader } from './recording-reader.ts'

const common = { callers: ['controller'], deadlineMs: 1_000, idempotent: true }
const Name = Type.String({ sensitive: true })
/** A service with a memory, so that what it answers depends on what it was asked before. */
const counterContract = defineContract('counter', {
  methods: {
    add: method({ ...common, args: Type.Object({ amount: Type.Integer() }), result: Type.Integer() }),
    greet: method({ ...common, args: Type.Object({ name: Name }), result: Type.Object({ text: Name }) }),
    list: method({ ...common, args: Type.Object({}), result: Type.Null(), item: Type.Integer() }),
    note: method({ ...common, args: Type.Object({}), result: Type.Null(), oneWay: true }),
  },
})
const main = identity('controller', 'controller')
const counter = identity('counter', 'counter')

function handlers(step = 1): Handlers<typeof counterContract> {
  let total = 0
  return {
    add: ({ amount }) => {
      if (amount < 0) throw new RangeError('Only upwards')
      total += amount * step
      return total
    },
    greet: ({ name }) => ({ text: `Hello ${name}` }),
    async *list() {
      yield total
      return null
    },
    note: () => {},
  }
}

describe('a session with a service', () => {
  let clock: SimulatedClock

  beforeEach(() => {
    clock = new SimulatedClock()
  })

  /** Main, and a fresh counter. */
  function start(served = handlers()): { readonly endpoint: Endpoint } & Disposable {
    const ends = new DisposableStack()
    const [one, other] = [main, counter].map(who => ends.use(createEndpoint({ identity: who, clock })))
    if (one === undefined || other === undefined) throw new Error('unreachable')
    const [left, right] = createMemoryChannel()
    other.serve(counterContract, served)
    one.connect(left, counter)
    other.connect(right, main)
    return { endpoint: one, [Symbol.dispose]: () => ends[Symbol.dispose]() }
  }

  async function recorded(): Promise<readonly RecordingEntry[]> {
    using session = start()
    const lines: string[] = []
    const recorder = new Recorder({
      endpoint: main.id,
      contracts: [counterContract],
      clock,
      maxBytes: 100_000,
      write: line => lines.push(line) > 0,
    })
    using _ = session.endpoint.watch(recorder.observe)
    const client = session.endpoint.client(counterContract, counter.id)
    // In one tick, so that they travel together.
    await Promise.all([client.add({ amount: 2 }), client.add({ amount: 3 })])
    await client.greet({ name: 'Ada' })
    await client.add({ amount: -1 }).catch(() => {})
    for await (const _item of client.list({}));
    recorder.end()
    expect(lines.join('\n')).not.toContain('Ada')
    const reader = new RecordingReader()
    return lines.map(line => reader.read(line) ?? ({ kind: 'bad', line: 0, reason: '' } as const))
  }

  async function replayed(served: Handlers<typeof counterContract>): Promise<readonly ReplayedCall[]> {
    const calls = callsTo('counter', await recorded())
    using fresh = start(served)
    const call = callByName(fresh.endpoint, counter.id, [counterContract])
    return await replay({ calls, call, pacing: 'none', clock })
  }

  it('is recorded as it was, and has the same outcome at a fresh service', async () => {
    const entries = await recorded()
    expect(entries.filter(({ kind }) => kind === 'bad')).toEqual([])
    const outcomes = await replayed(handlers())
    expect(outcomes.map(({ call, kind }) => [call.method, kind])).toEqual([
      ['counter.add', 'same'],
      ['counter.add', 'same'],
      ['counter.greet', 'skipped'],
      ['counter.add', 'same'],
      ['counter.list', 'skipped'],
    ])
  })

  it('shows what a changed service answers otherwise', async () => {
    const outcomes = await replayed({ ...handlers(10), greet: () => ({ text: '' }) })
    const differences = outcomes.flatMap(one => (one.kind === 'different' ? one.differences : []))
    expect(differences).toEqual([
      { path: 'result', recorded: 2, replayed: 20 },
      { path: 'result', recorded: 5, replayed: 50 },
    ])
  })

  it('says why a call cannot be made by its name', async () => {
    using session = start()
    const call = callByName(session.endpoint, counter.id, [counterContract])
    const reasons = await Promise.all(
      [
        ['counter.burn', {}],
        ['counter.toString', {}],
        ['other.add', {}],
        ['counter.list', {}],
        ['counter.note', {}],
        ['counter.add', { amount: 'much' }],
      ].map(([name, args]) => call(String(name), args).catch((error: unknown) => String(error))),
    )
    expect(reasons).toEqual([
      'NotReplayable: counter has no method counter.burn any more',
      'NotReplayable: counter has no method counter.toString any more',
      'NotReplayable: counter has no method other.add any more',
      'NotReplayable: counter.list is a stream, which is not replayed',
      'NotReplayable: nobody waits for an answer of counter.note',
      expect.stringMatching('^NotReplayable: its arguments fit the contract no more: args/amount'),
    ])
  })
})
