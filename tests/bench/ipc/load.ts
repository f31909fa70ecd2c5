import type { Caller } from './contestants/contestant.ts'
import { numbersAt, recordAt } from './payload.ts'

/** What is asked again and again. */
export type Work = 'add' | 'echo'

export interface SliceOptions {
  readonly work: Work
  /** How many calls are under way at any moment. */
  readonly inFlight: number
  readonly durationMs: number
}

/** What a while of the same work gave; of notifications as of calls. */
export interface Slice {
  readonly callsPerSecond: number
  /** Of this process's processor time, in us; on ports that is both sides. Hardly changes when the machine is busy. */
  readonly cpuPerCall: number
  /** Of each call, in microseconds; only with one call in flight, where the clock would not be in the way. */
  readonly latencies: readonly number[]
}

/** Reading the clock costs as much as a small part of a call, so it is not read after each. */
const callsPerLook = 16

/** Keeps `inFlight` calls under way for the duration, checks each answer, and waits for the last one. */
export function runSlice(caller: Caller, { work, inFlight, durationMs }: SliceOptions): Promise<Slice> {
  return new Promise((resolve, reject) => {
    const isTimed = inFlight === 1
    const latencies: number[] = []
    let calls = 0
    let running = 0
    let isOver = false
    const cpuBefore = process.cpuUsage()
    const startedAt = performance.now()

    const finish = (isRight: boolean, sentAt: number): void => {
      if (!isRight) {
        reject(new Error(`A wrong answer to ${work}`))
        return
      }
      calls += 1
      if (isTimed) {
        const now = performance.now()
        latencies.push((now - sentAt) * 1_000)
        isOver = now - startedAt >= durationMs
      } else if (calls % callsPerLook === 0 && !isOver) {
        isOver = performance.now() - startedAt >= durationMs
      }
      if (!isOver) {
        begin()
        return
      }
      running -= 1
      if (running === 0) {
        const elapsedMs = performance.now() - startedAt
        const { user, system } = process.cpuUsage(cpuBefore)
        resolve({
          callsPerSecond: (calls * 1_000) / elapsedMs,
          cpuPerCall: (user + system) / calls,
          latencies,
        })
      }
    }

    const begin = (): void => {
      const index = nextIndex()
      const sentAt = isTimed ? performance.now() : 0
      if (work === 'add') {
        const numbers = numbersAt(index)
        caller.add(numbers, sum => finish(sum === numbers.left + numbers.right, sentAt))
      } else {
        const record = recordAt(index)
        caller.echo(record, answer =>
          finish(answer.serial === record.serial && answer.summary.length === record.summary.length, sentAt),
        )
      }
    }

    for (running = 0; running < inFlight; ) {
      running += 1
      begin()
    }
  })
}

let lastIndex = 0

/** Goes on from slice to slice, so that no two calls that are near each other carry the same object. */
function nextIndex(): number {
  lastIndex += 1
  return lastIndex
}
