/** Time, as a part that tests can replace. */
export interface Clock {
  /** Milliseconds that never run backwards; only differences mean something. */
  now(): number
  /** Milliseconds since the epoch. */
  wallClock(): number
  /** Calls `action` once after `delayMs`; disposing calls it off. A pending timer does not keep a process alive. */
  after(delayMs: number, action: () => void): Disposable
}

/** The time of the machine. */
export const systemClock: Clock = {
  now: () => performance.now(),
  wallClock: () => Date.now(),
  after(delayMs, action) {
    const timer: unknown = setTimeout(action, delayMs)
    // Node gives an object that would hold the process; browsers give a number.
    if (
      typeof timer === 'object' &&
      timer !== null &&
      'unref' in timer &&
      typeof timer.unref === 'function'
    ) {
      timer.unref()
    }
    return { [Symbol.dispose]: () => clearTimeout(timer as ReturnType<typeof setTimeout>) }
  },
}
