import type { Clock } from '../../../ipc/clock.ts'

/** The delays of a machine by a clock that tests can replace. */
export function actorClock(clock: Clock): {
  setTimeout(action: (...args: unknown[]) => void, delayMs: number): Disposable
  clearTimeout(timer: Disposable): void
} {
  return {
    setTimeout: (action, delayMs) => clock.after(delayMs, action),
    clearTimeout: timer => timer[Symbol.dispose](),
  }
}
