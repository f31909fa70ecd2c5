import { type Clock, systemClock } from '../../ipc/clock.ts'

/** The time of the machine, and how many timers are waiting for it. */
export class CountingClock implements Clock {
  #pending = 0

  get pending(): number {
    return this.#pending
  }

  now(): number {
    return systemClock.now()
  }

  wallClock(): number {
    return systemClock.wallClock()
  }

  after(delayMs: number, action: () => void): Disposable {
    let isPending = true
    this.#pending += 1
    const settle = (): void => {
      if (isPending) this.#pending -= 1
      isPending = false
    }
    const timer = systemClock.after(delayMs, () => {
      settle()
      action()
    })
    return {
      [Symbol.dispose]: () => {
        settle()
        timer[Symbol.dispose]()
      },
    }
  }
}
