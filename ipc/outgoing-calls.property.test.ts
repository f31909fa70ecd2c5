import fc from 'fast-check'
import { expect, it } from 'vitest'
import { CallTarget } from './call-target.ts'
import { endpointId } from './identity.ts'
import { OutgoingCall } from './outgoing-call.ts'
import { OutgoingCalls } from './outgoing-calls.ts'
import { sampleContract } from './testing/sample-contract.ts'

const owner = { abandon: () => {}, settled: () => {} }
const target = new CallTarget(owner, endpointId('server'), 'sample', 'add', sampleContract.methods.add)

function openCall(): OutgoingCall {
  return OutgoingCall.open(target, '1', 0, 1, null).call
}

it('finds each call by its number, whatever order they are answered in and however many wait', () => {
  const action = fc.oneof(
    { weight: 3, arbitrary: fc.constant({ kind: 'add' as const, pick: 0 }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('take' as const), pick: fc.nat() }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('abandon' as const), pick: fc.nat() }) },
  )
  fc.assert(
    fc.property(fc.array(action, { maxLength: 600 }), actions => {
      const table = new OutgoingCalls()
      const waiting = new Map<number, OutgoingCall>()
      const abandoned: number[] = []
      for (const { kind, pick } of actions) {
        const ids = [...waiting.keys()]
        const id = ids[pick % Math.max(1, ids.length)]
        if (kind === 'add') {
          const call = openCall()
          table.add(call)
          waiting.set(call.id, call)
        } else if (id !== undefined) {
          const call = waiting.get(id)
          waiting.delete(id)
          if (kind === 'take') {
            expect(table.take(id)).toBe(call)
          } else if (call !== undefined) {
            expect([table.abandon(call), table.abandon(call)]).toEqual([true, false])
            abandoned.push(id)
          }
        }
        expect(table.size).toBe(waiting.size)
      }
      expect(new Set(table.values())).toEqual(new Set(waiting.values()))
      for (const id of abandoned) expect(table.take(id)).toBe('late')
      expect(table.take(100_000)).toBe('unknown')
      expect(table.drain().map(call => call.id)).toEqual([...waiting.keys()])
      expect(table.size).toBe(0)
    }),
    { numRuns: 300 },
  )
})

it('keeps a call that waits while the numbers come round many times', () => {
  const table = new OutgoingCalls()
  const patient = openCall()
  table.add(patient)
  for (let round = 0; round < 10_000; round += 1) {
    const call = openCall()
    table.add(call)
    expect(table.take(call.id)).toBe(call)
  }
  expect(table.take(1)).toBe(patient)
})
