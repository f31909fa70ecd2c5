import type { Log } from '../../../ipc/log.ts'
import type { KnownProcess, ProcessBook } from '../book/known-process.ts'
import { type CorePlan, groupOf } from './core-plan.ts'
import type { Taskset } from './taskset.ts'

export interface AffinityOptions {
  readonly book: Pick<ProcessBook, 'all' | 'onDidChange'>
  /** Null where there is no such thing. */
  readonly taskset: Taskset | null
  readonly plan: CorePlan
  readonly log: Log
}

interface Pinned {
  readonly pid: number
  readonly cores: readonly number[]
}

/**
 * Keeps what the person looks at and what works behind their back on cores of their own. Off unless it is asked for: the
 * system's scheduler is usually right (see tests/bench/processes/affinity-case.ts for when it is not).
 */
export class Affinity implements AsyncDisposable {
  readonly #options: AffinityOptions
  readonly #pinned = new Map<string, Pinned>()
  readonly #following: Disposable
  #isOn = false
  /** One after another: of two wishes for one process the later has to win. */
  #work: Promise<void> = Promise.resolve()

  constructor(options: AffinityOptions) {
    this.#options = options
    this.#following = options.book.onDidChange(() => this.#apply())
  }

  /** Whether it can be had on this machine. */
  get isAvailable(): boolean {
    return this.#options.taskset !== null && this.#options.plan.kind === 'shared'
  }

  /** Off lets every process run anywhere again. */
  follow(isOn: boolean): void {
    if (isOn === this.#isOn) return
    this.#isOn = isOn
    this.#apply()
  }

  /** Resolves when all that was wanted so far is done. */
  async settled(): Promise<void> {
    await this.#work
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#following[Symbol.dispose]()
    this.follow(false)
    // What `follow` did not: nobody listens to the book any more.
    this.#apply()
    await this.#work
  }

  #apply(): void {
    const { plan, taskset, book } = this.#options
    if (taskset === null || plan.kind === 'tooFew') return
    if (!this.#isOn && this.#pinned.size === 0) return
    const seen = new Set<string>()
    for (const process of book.all()) {
      seen.add(process.id)
      this.#applyTo(process, taskset, plan)
    }
    for (const id of this.#pinned.keys()) if (!seen.has(id)) this.#pinned.delete(id)
  }

  #applyTo(process: KnownProcess, taskset: Taskset, plan: CorePlan & { readonly kind: 'shared' }): void {
    const { id, pid } = process
    const had = this.#pinned.get(id)
    if (had !== undefined && had.pid !== pid) this.#pinned.delete(id)
    if (pid === null) return
    const group = this.#isOn ? groupOf(process) : null
    const before = had?.pid === pid ? had.cores : plan.all
    const cores = group === null ? plan.all : plan[group]
    if (cores === before) return
    if (cores === plan.all) this.#pinned.delete(id)
    else this.#pinned.set(id, { pid, cores })
    this.#work = this.#work
      .then(() => taskset.pin(pid, cores))
      .catch((error: unknown) => {
        // It may have ended meanwhile; and where it is refused, the process runs where it ran.
        this.#options.log({ level: 'debug', message: `A process was not tied to cores: ${String(error)}` })
      })
  }
}
