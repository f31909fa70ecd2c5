import { QueueFullError, TimeoutError } from '../../ipc/errors.ts'
import type { Pace } from '../text/pace.ts'

/** What somebody is looking at does not wait behind what is done in the background. */
export type Priority = 'visible' | 'background'

export interface JobOptions {
  readonly priority: Priority
  /** Work that is cancelled while it waits never starts; work that runs stops when it next breathes. */
  readonly signal: AbortSignal
  /** When nobody waits for the result any more, as a time of the queue's clock. */
  readonly deadlineAt?: number
  /** Work that is part of an older job takes that one's place in the order, and is never refused. */
  readonly partOf?: number
}

/**
 * The right to use the processor. Work that holds it breathes: between two slices the event loop runs, and whoever has a
 * better claim goes first.
 */
export interface Turn extends Pace {
  readonly signal: AbortSignal
  readonly priority: Priority
  /** Place in the order of arrival. */
  readonly arrival: number
  /** Between two stages: lets whoever has a better claim go first. Rejects when the work is no longer wanted. */
  giveWay(): Promise<void>
  /** Waits for what is done elsewhere without keeping others waiting. */
  outside<T>(wait: () => Promise<T>): Promise<T>
}

export interface InferenceQueueOptions {
  /** Milliseconds of a clock that never goes back. */
  readonly now?: () => number
  /** Jobs of one priority that may wait for their start. */
  readonly mostWaiting?: number
}

/** Far below the 20 ms after which a blocked loop is felt, so that one slow step still fits. */
const sliceMs = 8
/** A job that has used more than this lets all others of its priority go first: a huge page delays itself only. */
const shareMs = 100
const usualMostWaiting = 200

interface Job {
  readonly priority: Priority
  readonly arrival: number
  usedMs: number
  isStarted: boolean
}

interface Waiting {
  readonly job: Job
  readonly start: () => void
}

/**
 * Runs one piece of work at a time, because there is one thread: visible before background, and within one priority in
 * order of arrival, except that who has used more than a fair share waits for the others. A job in the background gives
 * way to a visible one whenever it breathes.
 */
export class InferenceQueue {
  readonly #now: () => number
  readonly #mostWaiting: number
  #running: Job | null = null
  readonly #waiting: Readonly<Record<Priority, Waiting[]>> = { visible: [], background: [] }
  #arrivals = 0

  constructor({ now = () => performance.now(), mostWaiting = usualMostWaiting }: InferenceQueueOptions = {}) {
    this.#now = now
    this.#mostWaiting = mostWaiting
  }

  /** Jobs that have not started. */
  get waiting(): number {
    return [...this.#waiting.visible, ...this.#waiting.background].filter(({ job }) => !job.isStarted).length
  }

  /** A place in the order of arrival, for work that begins outside of the queue. */
  arrive(): number {
    return this.#arrivals++
  }

  /** Rejects with QUEUE_FULL, with TIMEOUT, with the signal's reason, or as the work does. */
  async run<T>(options: JobOptions, work: (turn: Turn) => Promise<T>): Promise<T> {
    const { priority, signal, partOf } = options
    signal.throwIfAborted()
    if (partOf === undefined && this.#countUnstarted(priority) >= this.#mostWaiting) {
      throw new QueueFullError(`${this.#mostWaiting} pieces of work wait already`)
    }
    const job: Job = { priority, arrival: partOf ?? this.arrive(), usedMs: 0, isStarted: false }
    const turn = new HeldTurn(this, job, options, this.#now)
    await turn.take()
    job.isStarted = true
    try {
      turn.check()
      return await work(turn)
    } finally {
      turn.leave()
    }
  }

  /** Resolves once it is this job's turn. For turns. */
  take(job: Job, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.reject(signal.reason)
    if (this.#running === null) {
      this.#running = job
      return Promise.resolve()
    }
    const queue = this.#waiting[job.priority]
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        queue.splice(queue.indexOf(waiting), 1)
        reject(signal.reason)
      }
      const waiting: Waiting = {
        job,
        start: () => {
          signal.removeEventListener('abort', leave)
          resolve()
        },
      }
      queue.push(waiting)
      signal.addEventListener('abort', leave, { once: true })
    })
  }

  /** Hands the turn on without freeing it, so that a newcomer cannot overtake. For turns. */
  leave(): void {
    const next = this.#best()
    this.#running = next?.job ?? null
    if (next === null) return
    const queue = this.#waiting[next.job.priority]
    queue.splice(queue.indexOf(next), 1)
    next.start()
  }

  /** Whether somebody who waits has a better claim. For turns. */
  shouldGiveWay(job: Job): boolean {
    const best = this.#best()
    return best !== null && isBefore(best.job, job)
  }

  #best(): Waiting | null {
    const queue = this.#waiting.visible.length > 0 ? this.#waiting.visible : this.#waiting.background
    let best: Waiting | null = null
    for (const waiting of queue) if (best === null || isBefore(waiting.job, best.job)) best = waiting
    return best
  }

  #countUnstarted(priority: Priority): number {
    return this.#waiting[priority].reduce((count, { job }) => count + (job.isStarted ? 0 : 1), 0)
  }
}

function isBefore(left: Job, right: Job): boolean {
  if (left.priority !== right.priority) return left.priority === 'visible'
  const overLeft = Math.max(0, left.usedMs - shareMs)
  const overRight = Math.max(0, right.usedMs - shareMs)
  return overLeft === overRight ? left.arrival < right.arrival : overLeft < overRight
}

class HeldTurn implements Turn {
  readonly signal: AbortSignal
  readonly priority: Priority
  readonly arrival: number
  readonly #queue: InferenceQueue
  readonly #job: Job
  readonly #deadlineAt: number
  readonly #now: () => number
  #isHeld = false
  #sliceStartMs = 0

  constructor(
    queue: InferenceQueue,
    job: Job,
    { signal, deadlineAt = Number.POSITIVE_INFINITY }: JobOptions,
    now: () => number,
  ) {
    this.#queue = queue
    this.#job = job
    this.signal = signal
    this.priority = job.priority
    this.arrival = job.arrival
    this.#deadlineAt = deadlineAt
    this.#now = now
  }

  async take(): Promise<void> {
    await this.#queue.take(this.#job, this.signal)
    this.#isHeld = true
    this.#sliceStartMs = this.#now()
  }

  leave(): void {
    if (!this.#isHeld) return
    this.#isHeld = false
    this.#countUse()
    this.#queue.leave()
  }

  /** Throws when the work is no longer wanted. */
  check(): void {
    this.signal.throwIfAborted()
    if (this.#now() > this.#deadlineAt) throw new TimeoutError('Nobody waits for this any more')
  }

  breathe(): Promise<void> | undefined {
    return this.#now() - this.#sliceStartMs < sliceMs ? undefined : this.#pause()
  }

  async giveWay(): Promise<void> {
    this.check()
    if (this.#now() - this.#sliceStartMs >= sliceMs) await this.#pause()
    else if (this.#queue.shouldGiveWay(this.#job)) await this.#stepAside()
  }

  async outside<T>(wait: () => Promise<T>): Promise<T> {
    const waiting = wait()
    this.leave()
    try {
      return await waiting
    } finally {
      await this.take()
      this.check()
    }
  }

  /** Messages arrive between two slices: one of them may bring work with a better claim, or a cancellation. */
  async #pause(): Promise<void> {
    this.#countUse()
    await new Promise<void>(resolve => setImmediate(resolve))
    this.#sliceStartMs = this.#now()
    this.check()
    if (this.#queue.shouldGiveWay(this.#job)) await this.#stepAside()
  }

  async #stepAside(): Promise<void> {
    this.leave()
    await this.take()
    this.check()
  }

  #countUse(): void {
    const now = this.#now()
    this.#job.usedMs += Math.max(0, now - this.#sliceStartMs)
    this.#sliceStartMs = now
  }
}
