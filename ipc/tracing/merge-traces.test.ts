import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mergeTraces } from './merge-traces.ts'
import type { ProcessTrace, SpanRecord } from './span-record.ts'

const epoch = 1_800_000_000_000

function span(changes: Partial<SpanRecord>): SpanRecord {
  return {
    kind: 'call',
    traceId: 1,
    spanId: 1,
    parentSpanId: 0,
    peer: 'ai',
    method: 'ai.analyzeText',
    startedAt: epoch,
    queuedMs: 1,
    wireMs: 2,
    handlerMs: 7,
    totalMs: 10,
    outcome: 'answered',
    ...changes,
  }
}

/** The handler's side of `span`, by a clock that goes `ahead` of the caller's. */
function answerTo(call: SpanRecord, ahead = 0, from = 'controller'): SpanRecord {
  const { queuedMs, wireMs, handlerMs } = call
  return {
    ...call,
    kind: 'answer',
    peer: from,
    parentSpanId: 0,
    startedAt: call.startedAt + queuedMs + wireMs / 2 + ahead,
    queuedMs: 0,
    wireMs: 0,
    totalMs: handlerMs,
  }
}

function trace(endpoint: string, spans: readonly SpanRecord[], lost = 0): ProcessTrace {
  return { endpoint, pid: null, spans: [...spans], lost }
}

describe('traces of several processes', () => {
  it('are joined call by call, from whichever sides were seen', () => {
    const both = span({ spanId: 1 })
    const unheard = span({ spanId: 2, peer: 'tab:7', startedAt: epoch + 20 })
    const strange = answerTo(span({ spanId: 1, startedAt: epoch + 30 }), 0, 'chrome:1')
    const merged = mergeTraces([
      trace('controller', [unheard, both, strange]),
      trace('ai', [answerTo(both)], 3),
    ])
    expect(merged).toEqual({
      processes: [
        { endpoint: 'controller', pid: null, shiftMs: 0, lost: 0 },
        { endpoint: 'ai', pid: null, shiftMs: 0, lost: 3 },
      ],
      calls: [
        {
          traceId: 1,
          spanId: 1,
          caller: 'controller',
          callee: 'ai',
          method: 'ai.analyzeText',
          call: both,
          answer: answerTo(both),
        },
        expect.objectContaining({ caller: 'controller', callee: 'tab:7', call: unheard, answer: null }),
        expect.objectContaining({ caller: 'chrome:1', callee: 'controller', call: null, answer: strange }),
      ],
    })
  })

  it('show each attempt when a number comes twice', () => {
    const first = span({ outcome: 'timedOut' })
    const again = span({ startedAt: epoch + 100 })
    const merged = mergeTraces([trace('controller', [first, again]), trace('ai', [answerTo(again)])])
    expect(merged.calls.map(({ call, answer }) => [call?.outcome, answer !== null])).toEqual([
      ['timedOut', false],
      ['answered', true],
    ])
  })

  it('take a process whose clock is off for as far as its handlers show, also through a third', () => {
    const toAi = span({ spanId: 1 })
    const toTab = span({ spanId: 2, peer: 'tab:7', startedAt: epoch + 2_005, method: 'page.read' })
    const merged = mergeTraces([
      trace('controller', [toAi]),
      trace('tab:7', [answerTo(toTab, 498, 'ai')]),
      trace('ai', [answerTo(toAi, 2_000), toTab]),
    ])
    expect(merged.processes.map(({ endpoint, shiftMs }) => [endpoint, shiftMs])).toEqual([
      ['controller', 0],
      ['tab:7', -2_498],
      ['ai', -2_000],
    ])
  })

  it('follow most of the calls when a clock was set meanwhile', () => {
    const calls = [0, 1, 2].map(index => span({ spanId: index + 1, startedAt: epoch + 100 * index }))
    const answers = calls.map((call, index) => answerTo(call, index === 0 ? 3_600_000 : 50))
    const merged = mergeTraces([trace('controller', calls), trace('ai', answers)])
    expect(merged.processes[1]?.shiftMs).toBe(-50)
  })

  it('put every handler within its call, however far a clock is off', () => {
    const milliseconds = fc.integer({ min: 0, max: 50 })
    const someCalls = fc.array(fc.tuple(milliseconds, milliseconds, milliseconds), { maxLength: 20 })
    fc.assert(
      fc.property(someCalls, fc.integer({ min: -10_000, max: 10_000 }), (shapes, ahead) => {
        const calls = shapes.map(([queuedMs, wireMs, handlerMs], index) =>
          span({ spanId: index + 1, queuedMs, wireMs, handlerMs, totalMs: queuedMs + wireMs + handlerMs }),
        )
        const answers = calls.map(call => answerTo(call, ahead))
        const merged = mergeTraces([trace('controller', calls), trace('ai', answers)])
        for (const { call, answer } of merged.calls) {
          if (call === null || answer === null) throw new Error('not joined')
          const sentAt = call.startedAt + call.queuedMs
          expect(answer.startedAt).toBeGreaterThanOrEqual(sentAt)
          expect(answer.startedAt + answer.totalMs).toBeLessThanOrEqual(call.startedAt + call.totalMs)
        }
      }),
    )
  })
})
