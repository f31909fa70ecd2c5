import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ReceiveWindow, SendCredit, Watermarks } from './flow.ts'

describe('flow control between two processes', () => {
  it('never lets more be on its way and waiting than the capacity, never refuses what was granted, never stalls', () => {
    const step = fc.constantFrom<'send' | 'arrive' | 'finish' | 'hear'>('send', 'arrive', 'finish', 'hear')
    const capacity = fc.integer({ min: 4, max: 60 })
    fc.assert(
      fc.property(capacity, fc.array(step, { maxLength: 600 }), (size, steps) => {
        const grants: number[] = []
        const window = new ReceiveWindow(size, upTo => grants.push(upTo))
        const credit = new SendCredit(size)
        let onTheWay = 0
        let waiting = 0
        const act = (kind: 'send' | 'arrive' | 'finish' | 'hear'): void => {
          switch (kind) {
            case 'send':
              if (credit.available <= 0) return
              credit.spend()
              onTheWay += 1
              return
            case 'arrive':
              if (onTheWay === 0) return
              onTheWay -= 1
              expect(window.arrived()).toBe(true)
              waiting += 1
              return
            case 'finish':
              if (waiting === 0) return
              window.done()
              waiting -= 1
              return
            case 'hear': {
              const upTo = grants.shift()
              if (upTo !== undefined) expect(credit.granted(upTo)).toBe(true)
            }
          }
        }
        for (const kind of steps) {
          act(kind)
          expect(onTheWay + waiting).toBeLessThanOrEqual(size)
          expect(window.occupied).toBe(waiting)
        }
        // Once everything has arrived and been dealt with, the sender may send again.
        while (onTheWay > 0) act('arrive')
        while (waiting > 0) act('finish')
        while (grants.length > 0) act('hear')
        expect(credit.available).toBeGreaterThan(0)
      }),
      { numRuns: 1_000 },
    )
  })

  it('pauses the sender at 80 % and lets it go on at 20 %', () => {
    const grants: number[] = []
    const window = new ReceiveWindow(1_000, upTo => grants.push(upTo))
    for (let index = 0; index < 799; index += 1) window.arrived()
    expect(window.isPaused).toBe(false)
    window.arrived()
    expect(window.isPaused).toBe(true)
    for (let index = 0; index < 599; index += 1) window.done()
    expect({ isPaused: window.isPaused, grants }).toEqual({ isPaused: true, grants: [] })
    window.done()
    expect({ isPaused: window.isPaused, grants }).toEqual({ isPaused: false, grants: [1_600] })
  })

  it('takes nothing from a peer that sends more than it was granted', () => {
    const window = new ReceiveWindow(10, () => {})
    for (let index = 0; index < 10; index += 1) expect(window.arrived()).toBe(true)
    expect(window.arrived()).toBe(false)
    expect(window.occupied).toBe(10)
  })

  it('does not believe a peer that takes back what it granted', () => {
    const credit = new SendCredit(10)
    expect([credit.granted(20), credit.granted(15), credit.available]).toEqual([true, false, 20])
  })

  it('tells each passing of a watermark once', () => {
    const told: boolean[] = []
    const marks = new Watermarks(100, isPaused => told.push(isPaused))
    for (const size of [0, 79, 80, 90, 79, 21, 20, 5, 79, 80, 20]) marks.at(size)
    expect(told).toEqual([true, false, true, false])
  })
})
