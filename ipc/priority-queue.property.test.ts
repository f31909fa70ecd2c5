import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PriorityQueue } from './priority-queue.ts'

type Rank = 0 | 1 | 2
const rank = fc.constantFrom<Rank>(0, 1, 2)

/** The same, in the plainest words: a list of entries, and the rule for whose turn it is. */
class PlainQueue {
  entries: { readonly value: number; readonly rank: Rank }[] = []
  turn = 0

  shift(): number | undefined {
    const ranks = new Set(this.entries.map(entry => entry.rank))
    if (ranks.size === 0) return undefined
    const isNormalOnly = ranks.size === 1 && ranks.has(1)
    if (!isNormalOnly) this.turn = (this.turn + 1) % 8
    const chosen = !isNormalOnly && this.turn === 0 ? Math.max(...ranks) : Math.min(...ranks)
    const index = this.entries.findIndex(entry => entry.rank === chosen)
    return this.entries.splice(index, 1)[0]?.value
  }
}

describe('the priority queue', () => {
  it('behaves as its plain description, whatever is done to it', () => {
    const action = fc.oneof(
      fc.record({ kind: fc.constant('push' as const), value: fc.integer({ min: 0, max: 9 }), rank }),
      fc.record({ kind: fc.constant('shift' as const) }),
      fc.record({ kind: fc.constant('remove' as const), value: fc.integer({ min: 0, max: 9 }) }),
    )
    fc.assert(
      fc.property(
        fc.array(action, { maxLength: 200 }),
        fc.integer({ min: 1, max: 30 }),
        (actions, capacity) => {
          const queue = new PriorityQueue<number>(capacity)
          const plain = new PlainQueue()
          for (const act of actions) {
            switch (act.kind) {
              case 'push': {
                const hasRoom = plain.entries.length < capacity
                expect(queue.push(act.value, act.rank)).toBe(hasRoom)
                if (hasRoom) plain.entries.push(act)
                break
              }
              case 'shift':
                expect(queue.shift()).toBe(plain.shift())
                break
              case 'remove': {
                const ordered = plain.entries.toSorted((one, other) => one.rank - other.rank)
                const found = ordered.find(entry => entry.value === act.value)
                expect(queue.remove(value => value === act.value)).toBe(found !== undefined)
                plain.entries = plain.entries.filter(entry => entry !== found)
                break
              }
            }
            expect(queue.size).toBe(plain.entries.length)
          }
          expect(queue.drain()).toEqual(
            plain.entries.toSorted((one, other) => one.rank - other.rank).map(entry => entry.value),
          )
        },
      ),
      { numRuns: 500 },
    )
  })

  it('serves the lowest rank within eight turns, however much of the highest comes in', () => {
    const queue = new PriorityQueue<string>(100)
    queue.push('low', 2)
    const served: (string | undefined)[] = []
    for (let turn = 0; turn < 8; turn += 1) {
      queue.push('high', 0)
      served.push(queue.shift())
    }
    expect(served).toContain('low')
  })
})
