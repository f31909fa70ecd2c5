import { expect, it } from 'vitest'
import { SimulatedClock } from '../simulated-clock.ts'
import { checkerOf } from '../validation.ts'
import { SpanReading } from './span-record.ts'
import { SpanRecorder } from './span-recorder.ts'
import type { AnswerSpan, CallSpan } from './span-sink.ts'

const epoch = 1_800_000_000_000

function callSpan(changes: Partial<CallSpan> = {}): CallSpan {
  return {
    traceId: 7,
    spanId: 8,
    parentSpanId: 0,
    peer: 'ai',
    method: 'ai.analyzeText',
    startedAt: 0,
    queuedMs: 1,
    wireMs: 2,
    handlerMs: 3,
    totalMs: 6,
    outcome: 'answered',
    ...changes,
  }
}

function answerSpan(changes: Partial<AnswerSpan> = {}): AnswerSpan {
  return {
    traceId: 7,
    spanId: 8,
    peer: 'controller',
    method: 'ai.analyzeText',
    arrivedAt: 0,
    waitedMs: 0.5,
    handlerMs: 3,
    outcome: 'failed',
    ...changes,
  }
}

it('tells both sides of a call with the time of day', () => {
  const clock = new SimulatedClock(epoch)
  const recorder = new SpanRecorder(clock)
  clock.advance(100)
  recorder.called(callSpan({ startedAt: 94, parentSpanId: 5 }))
  recorder.answered(answerSpan({ arrivedAt: 96 }))
  clock.advance(1_000)
  expect(recorder.read()).toEqual({
    spans: [
      {
        kind: 'call',
        traceId: 7,
        spanId: 8,
        parentSpanId: 5,
        peer: 'ai',
        method: 'ai.analyzeText',
        startedAt: epoch + 94,
        queuedMs: 1,
        wireMs: 2,
        handlerMs: 3,
        totalMs: 6,
        outcome: 'answered',
      },
      {
        kind: 'answer',
        traceId: 7,
        spanId: 8,
        parentSpanId: 0,
        peer: 'controller',
        method: 'ai.analyzeText',
        startedAt: epoch + 96,
        queuedMs: 0.5,
        wireMs: 0,
        handlerMs: 3,
        totalMs: 3.5,
        outcome: 'failed',
      },
    ],
    lost: 0,
  })
})

it('keeps the newest and says how many it had to let go', () => {
  const clock = new SimulatedClock(epoch)
  const recorder = new SpanRecorder(clock, 3)
  for (let spanId = 1; spanId <= 8; spanId += 1) {
    recorder.called(callSpan({ spanId, startedAt: clock.now(), totalMs: 0 }))
    clock.advance(10)
  }
  const all = recorder.read()
  expect({ ids: all.spans.map(span => span.spanId), lost: all.lost }).toEqual({ ids: [6, 7, 8], lost: 5 })
  const last = recorder.read(20)
  expect({ ids: last.spans.map(span => span.spanId), lost: last.lost }).toEqual({ ids: [7, 8], lost: 0 })
})

it('counts a call to the time in which it ended', () => {
  const clock = new SimulatedClock(epoch)
  const recorder = new SpanRecorder(clock)
  recorder.called(callSpan({ spanId: 1, startedAt: 0, totalMs: 900 }))
  recorder.called(callSpan({ spanId: 2, startedAt: 0, totalMs: 10 }))
  clock.advance(1_000)
  expect(recorder.read(500).spans.map(span => span.spanId)).toEqual([1])
})

it('makes a reading that fits the contract, whatever the other side says of its handler', () => {
  const recorder = new SpanRecorder(new SimulatedClock(epoch))
  recorder.called(callSpan({ wireMs: -4, handlerMs: 9 }))
  recorder.called(callSpan({ handlerMs: Number.NaN }))
  recorder.answered(answerSpan({ waitedMs: -1 }))
  const reading = recorder.read()
  expect(checkerOf(SpanReading).check(reading)).toBe(true)
  expect(reading.spans.map(span => [span.queuedMs, span.wireMs, span.handlerMs])).toEqual([
    [1, 0, 9],
    [1, 2, 0],
    [0, 0, 3],
  ])
})

it('refuses to keep nothing or without bound', () => {
  const clock = new SimulatedClock(epoch)
  expect(() => new SpanRecorder(clock, 0)).toThrow(RangeError)
  expect(() => new SpanRecorder(clock, 1e9)).toThrow(RangeError)
})
