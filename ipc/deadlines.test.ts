import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Deadlines, deadlineOf } from './deadlines.ts'
import { SimulatedClock } from './simulated-clock.ts'

describe('deadlines', () => {
  it('fall due never early and at most 16 ms late, in any mixture, also beyond one turn of the wheel', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ after: fc.integer({ min: 0, max: 60_000 }), isRemoved: fc.boolean() }), {
          maxLength: 60,
        }),
        fc.array(fc.integer({ min: 1, max: 20_000 }), { minLength: 1, maxLength: 20 }),
        (plans, steps) => {
          const clock = new SimulatedClock()
          const deadlines = new Deadlines(clock)
          const fired: number[] = plans.map(() => -1)
          const entries = plans.map((plan, index) => {
            const entry = deadlineOf(() => {
              fired[index] = clock.now()
            })
            deadlines.add(entry, plan.after)
            return entry
          })
          plans.forEach((plan, index) => {
            if (plan.isRemoved) entries[index]?.remove()
          })
          for (const step of [...steps, 80_000]) clock.advance(step)
          plans.forEach((plan, index) => {
            const at = fired[index] ?? -1
            if (plan.isRemoved) expect(at).toBe(-1)
            else expect(at - plan.after).toSatisfy((late: number) => late >= 0 && late <= 32)
          })
          expect(clock.timers).toBe(0)
        },
      ),
    )
  })

  it('stand on one timer, however many there are', () => {
    const clock = new SimulatedClock()
    const deadlines = new Deadlines(clock)
    for (let index = 0; index < 1_000; index += 1)
      deadlines.add(
        deadlineOf(() => {}),
        5_000 - index,
      )
    expect(clock.timers).toBe(1)
    deadlines[Symbol.dispose]()
    expect(clock.timers).toBe(0)
  })

  it('may be added by one that falls due', () => {
    const clock = new SimulatedClock()
    const deadlines = new Deadlines(clock)
    let second = -1
    const next = deadlineOf(() => {
      second = clock.now()
    })
    deadlines.add(
      deadlineOf(() => deadlines.add(next, clock.now() + 100)),
      100,
    )
    clock.advance(1_000)
    expect(second).toBeGreaterThanOrEqual(200)
    expect(second).toBeLessThanOrEqual(240)
  })

  it('all fall due after the machine has slept for an hour', () => {
    const clock = new SimulatedClock()
    const deadlines = new Deadlines(clock)
    let fired = 0
    for (let at = 100; at < 30_000; at += 100)
      deadlines.add(
        deadlineOf(() => (fired += 1)),
        at,
      )
    clock.sleep(3_600_000)
    expect(fired).toBe(299)
  })
})
