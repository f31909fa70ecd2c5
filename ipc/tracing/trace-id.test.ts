import { expect, it } from 'vitest'
import { TraceIds, traceIdText } from './trace-id.ts'

it('numbers count up from what the endpoint drew, exactly', () => {
  const highest = new TraceIds(() => 1 - Number.EPSILON)
  const [first, second] = [highest.next(), highest.next()]
  expect({ isSafe: Number.isSafeInteger(second), step: second - first }).toEqual({ isSafe: true, step: 1 })
  expect(new TraceIds(() => 0).next()).toBe(1)
})

it('two endpoints give different numbers', () => {
  const draws = [0.25, 0.5]
  const random = (): number => draws.pop() ?? 0
  expect(new TraceIds(random).next()).not.toBe(new TraceIds(random).next())
})

it('reads as hexadecimal of one length', () => {
  expect(traceIdText(new TraceIds(() => 0.5).next())).toBe('10000000000001')
  expect(traceIdText(255)).toBe('000000000000ff')
})
