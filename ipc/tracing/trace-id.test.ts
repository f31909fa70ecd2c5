import { expect, it } from 'vitest'
import { TraceSeeds, traceIdText } from './trace-id.ts'

it('leaves room for every call of a connection, exactly', () => {
  const highest = new TraceSeeds(() => 1 - Number.EPSILON).next()
  const last = highest + 2 ** 32 - 1
  expect({ isSafe: Number.isSafeInteger(last), step: last - (last - 1) }).toEqual({ isSafe: true, step: 1 })
  expect(new TraceSeeds(() => 0).next()).toBe(0)
})

it('gives two connections different numbers', () => {
  const draws = [0.25, 0.5]
  const seeds = new TraceSeeds(() => draws.pop() ?? 0)
  expect(seeds.next()).not.toBe(seeds.next())
})

it('reads as hexadecimal of one length', () => {
  expect(traceIdText(new TraceSeeds(() => 0.5).next() + 1)).toBe('10000000000001')
  expect(traceIdText(255)).toBe('000000000000ff')
})
