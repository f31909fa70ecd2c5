/**
 * Keeps long work from holding the event loop: heartbeats and cancellations arrive between two slices. Every loop
 * over page text calls `breathe()`; most calls cost one clock reading.
 */
export interface Pace {
  /** Yields when the current slice is used up. Rejects with the signal's reason once the work was cancelled. */
  breathe(): Promise<void> | undefined
}

/** Far below the 20 ms after which a blocked loop is felt, so that one slow step still fits. */
const sliceMs = 8

export function createPace(signal: AbortSignal, now: () => number = () => performance.now()): Pace {
  let sliceStartMs = now()
  const pause = async (): Promise<void> => {
    await new Promise<void>(resolve => setImmediate(resolve))
    signal.throwIfAborted()
    sliceStartMs = now()
  }
  return {
    breathe() {
      return now() - sliceStartMs < sliceMs ? undefined : pause()
    },
  }
}
