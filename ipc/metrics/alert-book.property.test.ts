import fc from 'fast-check'
import { expect, it } from 'vitest'
import { sampleCountedPair, sampleMethod } from '../testing/sample-traffic.ts'
import { AlertBook } from './alert-book.ts'

const reading = fc.record({
  p95Ms: fc.integer({ min: 60, max: 120 }),
  callCount: fc.integer({ min: 0, max: 40 }),
})

it('raises and clears by turns, as one switch with two marks would', () => {
  fc.assert(
    fc.property(fc.array(reading, { maxLength: 60 }), readings => {
      const changes: string[] = []
      const book = new AlertBook(({ kind }) => changes.push(kind))
      let since: number | null = null
      const expected: string[] = []
      readings.forEach(({ p95Ms, callCount }, now) => {
        if (since === null && p95Ms > 100 && callCount >= 20) {
          since = now
          expected.push('raised')
        } else if (since !== null && p95Ms <= 80) {
          since = null
          expected.push('cleared')
        }
        const methods = [sampleMethod('storage.save', { p95Ms, callCount })]
        const alerts = book.evaluate([sampleCountedPair('controller', 'storage', { methods })], now)
        expect(alerts.map(alert => [alert.since, alert.value])).toEqual(
          since === null ? [] : [[since, p95Ms]],
        )
      })
      expect(changes).toEqual(expected)
    }),
  )
})
