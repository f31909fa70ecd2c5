import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ChromeTrace, type ChromeTraceEvent, chromeTraceOf } from './chrome-trace.ts'
import { mergeTraces } from './merge-traces.ts'
import type { SpanRecord } from './span-record.ts'

const epoch = 1_800_000_000_000

function call(changes: Partial<SpanRecord>): SpanRecord {
  return {
    kind: 'call',
    traceId: 16,
    spanId: 16,
    parentSpanId: 0,
    peer: 'ai',
    method: 'ai.analyzeTab',
    startedAt: epoch,
    queuedMs: 1,
    wireMs: 2,
    handlerMs: 7,
    totalMs: 10,
    outcome: 'answered',
    ...changes,
  }
}

function answer(changes: Partial<SpanRecord>): SpanRecord {
  return call({ kind: 'answer', peer: 'controller', queuedMs: 0.5, wireMs: 0, totalMs: 7.5, ...changes })
}

/** Main asks the AI process, which within that asks a tab that records nothing. */
function analysis(): ChromeTrace {
  return chromeTraceOf(
    mergeTraces([
      { endpoint: 'controller', pid: 100, lost: 0, spans: [call({})] },
      {
        endpoint: 'ai',
        pid: 200,
        lost: 4,
        spans: [
          call({
            spanId: 17,
            parentSpanId: 16,
            peer: 'tab:7',
            method: 'page.read',
            startedAt: epoch + 3,
            totalMs: 4,
            queuedMs: 0,
            handlerMs: 2,
          }),
          answer({ startedAt: epoch + 2 }),
        ],
      },
    ]),
  )
}

describe('a trace for the trace viewers', () => {
  it('shows a call from its queue to its handler, with what was called within', () => {
    const trace = analysis()
    const ids = { trace: '00000000000010', from: 'controller', to: 'ai' }
    expect(trace.traceEvents.filter(event => event.ph !== 'M')).toEqual([
      {
        ph: 'X',
        name: 'ai.analyzeTab',
        cat: 'call',
        ts: 0,
        dur: 10_000,
        pid: 100,
        tid: 1,
        args: {
          ...ids,
          span: '00000000000010',
          queuedMs: 1,
          wireMs: 2,
          handlerMs: 7,
          totalMs: 10,
          outcome: 'answered',
        },
      },
      { ph: 'X', name: 'queued', cat: 'queued', ts: 0, dur: 1_000, pid: 100, tid: 1, args: {} },
      {
        ph: 'X',
        name: 'ai.analyzeTab',
        cat: 'handler',
        ts: 2_000,
        dur: 7_500,
        pid: 200,
        tid: 100_001,
        args: {
          ...ids,
          span: '00000000000010',
          queuedMs: 0.5,
          handlerMs: 7,
          totalMs: 7.5,
          outcome: 'answered',
        },
      },
      { ph: 'X', name: 'queued', cat: 'queued', ts: 2_000, dur: 500, pid: 200, tid: 100_001, args: {} },
      { ph: 's', name: 'call', cat: 'call', id: '00000000000010', ts: 1_000, pid: 100, tid: 1, args: {} },
      {
        ph: 'f',
        bp: 'e',
        name: 'call',
        cat: 'call',
        id: '00000000000010',
        ts: 2_000,
        pid: 200,
        tid: 100_001,
        args: {},
      },
      expect.objectContaining({ ph: 'X', name: 'page.read', ts: 3_000, dur: 4_000, pid: 200, tid: 1 }),
      expect.objectContaining({ ph: 'b', name: 'ai.analyzeTab', id: '00000000000010', ts: 0, pid: 100 }),
      expect.objectContaining({ ph: 'e', name: 'ai.analyzeTab', id: '00000000000010', ts: 10_000, pid: 100 }),
    ])
    expect(trace.otherData).toEqual({
      startedAt: '2027-01-15T08:00:00.000Z',
      calls: '2',
      'lost at ai': 'up to 4 older spans',
    })
    expect(problemsOf(trace)).toEqual([])
  })

  it('names processes and tracks', () => {
    const names = analysis().traceEvents.filter(({ name }) => name.endsWith('_name'))
    expect(names.map(({ name, pid, tid, args }) => [name, pid, tid, args.name])).toEqual([
      ['process_name', 100, 0, 'controller'],
      ['thread_name', 100, 1, 'calls'],
      ['process_name', 200, 0, 'ai'],
      ['thread_name', 200, 1, 'calls'],
      ['thread_name', 200, 100_001, 'handlers'],
    ])
  })

  it('gives endpoints of one process, or of an unknown one, groups of their own', () => {
    const trace = chromeTraceOf(
      mergeTraces([
        { endpoint: 'a', pid: 7, lost: 0, spans: [] },
        { endpoint: 'b', pid: 7, lost: 0, spans: [] },
        { endpoint: 'c', pid: null, lost: 0, spans: [] },
      ]),
    )
    expect(new Set(trace.traceEvents.map(({ pid }) => pid)).size).toBe(3)
    expect(problemsOf(trace)).toEqual([])
  })

  it('has the documented shape, whatever was recorded', () => {
    const milliseconds = fc.double({ min: 0, max: 40, noNaN: true })
    const someSpan = fc
      .record({
        kind: fc.constantFrom('call' as const, 'answer' as const),
        traceId: fc.integer({ min: 1, max: 5 }),
        spanId: fc.integer({ min: 1, max: 30 }),
        parentSpanId: fc.integer({ min: 0, max: 3 }),
        peer: fc.constantFrom('controller', 'ai', 'storage', 'tab:7'),
        method: fc.constantFrom('ai.analyzeText', 'storage.saveTab'),
        startedAt: fc.double({ min: epoch, max: epoch + 200, noNaN: true }),
        queuedMs: milliseconds,
        wireMs: milliseconds,
        handlerMs: milliseconds,
        outcome: fc.constantFrom('answered' as const, 'timedOut' as const),
      })
      .map(span => ({ ...span, totalMs: span.queuedMs + span.wireMs + span.handlerMs }))
    const someTrace = fc.tuple(
      ...['controller', 'ai', 'storage'].map(() => fc.array(someSpan, { maxLength: 40 })),
    )
    fc.assert(
      fc.property(someTrace, readings => {
        const traces = readings.map((spans, index) => ({
          endpoint: ['controller', 'ai', 'storage'][index] ?? '',
          pid: 100 + index,
          lost: 0,
          spans,
        }))
        expect(problemsOf(chromeTraceOf(mergeTraces(traces)))).toEqual([])
      }),
    )
  })
})

/** What the format's description asks and this trace does not keep. */
function problemsOf(trace: ChromeTrace): readonly string[] {
  const copy = JSON.parse(JSON.stringify(trace)) as { traceEvents: Record<string, unknown>[] }
  const problems: string[] = []
  for (const event of copy.traceEvents) {
    const numbers = ['ts', 'pid', 'tid', ...(event.ph === 'X' ? ['dur'] : [])]
    for (const field of numbers) {
      const value = event[field]
      if (typeof value !== 'number' || !(value >= 0)) problems.push(`${field} of ${JSON.stringify(event)}`)
    }
    if (!Number.isInteger(event.pid) || !Number.isInteger(event.tid))
      problems.push('pid or tid is no integer')
    if (typeof event.name !== 'string' || typeof event.cat !== 'string') problems.push('no name or category')
  }
  problems.push(...wrongNesting(trace), ...wrongPairs(trace, 'b', 'e'), ...wrongPairs(trace, 's', 'f'))
  return problems
}

/** Complete events of one track lie beside or within each other; and every arrow's end lies on one. */
function wrongNesting({ traceEvents }: ChromeTrace): readonly string[] {
  const problems: string[] = []
  const tracks = Map.groupBy(traceEvents, ({ pid, tid }) => `${pid}/${tid}`)
  for (const [track, events] of tracks) {
    const spans = events.filter(event => event.ph === 'X')
    for (const [index, left] of spans.entries()) {
      for (const right of spans.slice(index + 1)) {
        const [first, second] = left.ts <= right.ts ? [left, right] : [right, left]
        const isBeside = second.ts >= nanos(first.ts + first.dur)
        const isWithin =
          nanos(second.ts + second.dur) <= nanos(first.ts + first.dur) ||
          (first.ts === second.ts && nanos(first.ts + first.dur) <= nanos(second.ts + second.dur))
        if (!isBeside && !isWithin) problems.push(`${first.name} and ${second.name} overlap on ${track}`)
      }
    }
    for (const arrow of events.filter(event => event.ph === 's' || event.ph === 'f')) {
      const isBound = spans.some(span => arrow.ts >= span.ts && arrow.ts <= nanos(span.ts + span.dur))
      if (!isBound) problems.push(`an arrow of ${track} hangs in the air`)
    }
  }
  return problems
}

function wrongPairs({ traceEvents }: ChromeTrace, begin: 'b' | 's', end: 'e' | 'f'): readonly string[] {
  const count = (ph: string): Map<string, number> => {
    const counts = new Map<string, number>()
    for (const event of traceEvents) {
      if (event.ph !== ph) continue
      const key = pairKey(event)
      counts.set(key, (counts.get(key) ?? 0) + 1)
    }
    return counts
  }
  const [begins, ends] = [count(begin), count(end)]
  const isPaired = begins.size === ends.size && [...begins].every(([key, number]) => ends.get(key) === number)
  return isPaired ? [] : [`${begin} without ${end}`]
}

/** Async events and arrows belong together by category, id and, for arrows, name. */
function pairKey(event: ChromeTraceEvent): string {
  return `${event.cat} ${event.name} ${'id' in event ? event.id : ''}`
}

function nanos(micros: number): number {
  return Math.round(micros * 1_000) / 1_000
}
