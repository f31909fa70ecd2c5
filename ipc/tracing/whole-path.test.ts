import * as Type from 'typebox'
import { expect, it } from 'vitest'
import { defineContract, method } from '../contract.ts'
import { createEndpoint, type Endpoint } from '../endpoint.ts'
import { identity } from '../identity.ts'
import { SimulatedClock } from '../simulated-clock.ts'
import { createMemoryChannel } from '../transports/memory.ts'
import { chromeTraceOf } from './chrome-trace.ts'
import { mergeTraces } from './merge-traces.ts'
import { SpanRecorder } from './span-recorder.ts'

const common = { args: Type.Object({}), callers: ['controller', 'ai'], deadlineMs: 5_000, idempotent: true }
const readerContract = defineContract('reader', {
  methods: { analyze: method({ ...common, result: Type.Integer() }) },
})
const pageContract = defineContract('page', {
  methods: { read: method({ ...common, result: Type.Integer() }) },
})

it('the whole path of a call is seen, from process to process', async () => {
  using ends = new DisposableStack()
  // Each process counts its time from its own start, and the clock of one is ahead by a second.
  const start = (
    name: string,
    epoch: number,
  ): { endpoint: Endpoint; spans: SpanRecorder; clock: SimulatedClock } => {
    const clock = new SimulatedClock(epoch)
    const spans = new SpanRecorder(clock)
    return {
      clock,
      spans,
      endpoint: ends.use(createEndpoint({ identity: identity(name, name), clock, spans })),
    }
  }
  const main = start('controller', 1_800_000_000_000)
  const ai = start('ai', 1_800_000_001_000)
  const tab = start('tab', 1_800_000_000_000)
  const pass = (milliseconds: number): void => {
    for (const { clock } of [main, ai, tab]) clock.advance(milliseconds)
  }
  for (const [one, other] of [
    [main, ai],
    [ai, tab],
  ] as const) {
    const [left, right] = createMemoryChannel()
    one.endpoint.connect(left, other.endpoint.identity)
    other.endpoint.connect(right, one.endpoint.identity)
  }
  tab.endpoint.serve(pageContract, {
    read: () => {
      pass(30)
      return 42
    },
  })
  const reading = ai.endpoint.client(pageContract, tab.endpoint.identity.id)
  ai.endpoint.serve(readerContract, {
    analyze: async (_, call) => {
      pass(5)
      return await reading.read({}, { within: call })
    },
  })
  await main.endpoint.client(readerContract, ai.endpoint.identity.id).analyze({})

  const merged = mergeTraces(
    [main, ai, tab].map(({ endpoint, spans }, index) => ({
      endpoint: endpoint.identity.id,
      pid: index + 1,
      ...spans.read(),
    })),
  )
  const [outer, inner] = merged.calls
  expect(merged.calls.map(({ method: name, caller, callee }) => [name, caller, callee])).toEqual([
    ['reader.analyze', 'controller', 'ai'],
    ['page.read', 'ai', 'tab'],
  ])
  expect(merged.processes.map(({ shiftMs }) => shiftMs)).toEqual([0, -1_000, 0])
  expect(outer?.call).toMatchObject({
    handlerMs: 35,
    totalMs: 35,
    queuedMs: 0,
    wireMs: 0,
    outcome: 'answered',
  })
  expect(inner).toMatchObject({
    traceId: outer?.traceId,
    call: { parentSpanId: outer?.spanId, totalMs: 30 },
    answer: { handlerMs: 30 },
  })
  const { traceEvents } = chromeTraceOf(merged)
  expect(traceEvents.filter(({ ph }) => ph === 'b')).toMatchObject([
    { name: 'reader.analyze', args: { calls: 2 } },
  ])
  expect(traceEvents.filter(({ ph }) => ph === 'f').map(({ pid }) => pid)).toEqual([2, 3])
})
