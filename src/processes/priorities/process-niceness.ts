import { readdirSync } from 'node:fs'
import { getPriority, setPriority } from 'node:os'

/** What is done to the system; for tests another. */
export interface NicenessHands {
  get(id: number): number
  /** Throws what the system says. */
  set(id: number, niceness: number): void
  /** Empty where a priority holds for a whole process. */
  threadsOf(pid: number): readonly number[]
}

const highest = -20
const lowest = 19
/** A thread that is begun by one not yet looked at is met in another round. */
const mostRounds = 4

/**
 * Gives whole processes a niceness. On Linux it belongs to each thread (see setpriority(2)), and those that run keep
 * theirs when it is set for the process; the distance that a thread keeps from the first one is its program's own
 * affair, and stays.
 */
export class ProcessNiceness {
  readonly #hands: NicenessHands
  readonly #distances = new Map<number, ReadonlyMap<number, number>>()

  constructor(hands: NicenessHands = systemHands) {
    this.#hands = hands
  }

  /** False when the process is gone. Throws when the system refuses it. */
  set(pid: number, niceness: number): boolean {
    try {
      this.#setThreads(pid, niceness)
      return true
    } catch (error) {
      if (codeOf(error) !== 'ESRCH') throw error
      this.#distances.delete(pid)
      return false
    }
  }

  /** To be said of a process that ended: its number may come again. */
  forget(pid: number): void {
    this.#distances.delete(pid)
  }

  #setThreads(pid: number, niceness: number): void {
    const first = this.#hands.get(pid)
    const known = this.#distances.get(pid)
    const distances = new Map<number, number>()
    for (let round = 0; round < mostRounds; round += 1) {
      const threads = this.#hands.threadsOf(pid).filter(thread => thread !== pid && !distances.has(thread))
      if (threads.length === 0) break
      for (const thread of threads) {
        const distance = known?.get(thread) ?? this.#distanceOf(thread, first)
        if (distance === null) continue
        distances.set(thread, distance)
        this.#setOne(thread, within(niceness + distance))
      }
    }
    this.#distances.set(pid, distances)
    this.#hands.set(pid, niceness)
  }

  #distanceOf(thread: number, first: number): number | null {
    try {
      return this.#hands.get(thread) - first
    } catch {
      return null
    }
  }

  #setOne(thread: number, niceness: number): void {
    try {
      this.#hands.set(thread, niceness)
    } catch (error) {
      // It ended meanwhile.
      if (codeOf(error) !== 'ESRCH') throw error
    }
  }
}

function within(niceness: number): number {
  return Math.min(lowest, Math.max(highest, niceness))
}

function codeOf(error: unknown): unknown {
  if (!(error instanceof Error)) return null
  // Of node:os the code stands within what it says of the system.
  const info: unknown = 'info' in error ? error.info : null
  if (typeof info === 'object' && info !== null && 'code' in info) return info.code
  return 'code' in error ? error.code : null
}

const systemHands: NicenessHands = {
  get: getPriority,
  set: setPriority,
  threadsOf: pid => {
    if (process.platform !== 'linux') return []
    try {
      return readdirSync(`/proc/${pid}/task`).map(Number)
    } catch {
      return []
    }
  },
}
