import type { ProcessPriority } from '../../../contracts/processes.ts'
import type { Clock } from '../../../ipc/clock.ts'
import { IpcError } from '../../../ipc/errors.ts'
import type { Log } from '../../../ipc/log.ts'
import type { KnownProcess, ProcessBook } from '../book/known-process.ts'
import { nicenessOf } from './niceness.ts'
import type { ProcessNiceness } from './process-niceness.ts'
import type { RaisingAbility } from './raising-ability.ts'
import { neighbourOf, rolePriority } from './role-priority.ts'

export interface PrioritiesOptions {
  readonly book: Pick<ProcessBook, 'all' | 'find' | 'onDidChange'>
  readonly niceness: Pick<ProcessNiceness, 'set' | 'forget'>
  readonly ability: RaisingAbility
  readonly platform: NodeJS.Platform
  readonly clock: Clock
  readonly log: Log
}

interface Given {
  readonly pid: number
  readonly priority: ProcessPriority
  readonly niceness: number
  /** The system did not let us. */
  readonly isRefused: boolean
}

/** What the person chose for one process, until it ends. */
interface Chosen {
  readonly pid: number
  readonly priority: ProcessPriority
}

/** Who asks the AI process for one thing asks soon for the next: it is not lowered between. */
const lingerMs = 2_000

/**
 * Gives each process the priority of what it does now, and another when that changes. Where a priority that was lowered
 * cannot be raised again, only those are lowered that stay so for life, and tabs are left to the engine.
 */
export class Priorities implements Disposable {
  readonly #options: PrioritiesOptions
  readonly #given = new Map<string, Given>()
  readonly #chosen = new Map<string, Chosen>()
  readonly #following: Disposable
  #isOn = false
  #awaiting = 0
  #linger: Disposable | null = null

  constructor(options: PrioritiesOptions) {
    this.#options = options
    this.#following = options.book.onDidChange(() => this.#apply())
  }

  /** Whether a priority that was lowered can be raised again. */
  get raisesAgain(): boolean {
    return this.#options.ability.raisesAgain
  }

  /** Off gives every process back what it was born with, as far as the system lets us. */
  follow(isOn: boolean): void {
    if (isOn === this.#isOn) return
    this.#isOn = isOn
    if (isOn && !this.raisesAgain)
      this.#say('info', 'Priorities are only lowered for helpers: this user may not raise one again.')
    this.#apply()
  }

  /** While `work` runs somebody waits for the AI process. */
  async awaitAi<T>(work: () => Promise<T>): Promise<T> {
    this.#linger?.[Symbol.dispose]()
    this.#linger = null
    this.#awaiting += 1
    if (this.#awaiting === 1) this.#apply()
    try {
      return await work()
    } finally {
      this.#awaiting -= 1
      if (this.#awaiting === 0) this.#lingerThenLower()
    }
  }

  /** What a process has from us; null when nobody gave it any. By the id of its row. */
  priorityOf(id: string): ProcessPriority | null {
    const given = this.#given.get(id)
    return given === undefined || given.isRefused ? null : given.priority
  }

  /** What may be done with a process now. */
  possible({ id, kind, pid }: Pick<KnownProcess, 'id' | 'kind' | 'pid'>): { raise: boolean; lower: boolean } {
    if (pid === null || kind === 'controller') return { raise: false, lower: false }
    const now = this.priorityOf(id) ?? 'normal'
    return {
      raise: this.raisesAgain && neighbourOf(now, 'raise') !== null,
      lower: neighbourOf(now, 'lower') !== null,
    }
  }

  /** Raises a process by one step for the rest of its life. Throws ACTION_NOT_POSSIBLE, which says why. */
  raise(id: string): void {
    this.#move(id, 'raise')
  }

  /** Lowers it by one step. */
  lower(id: string): void {
    this.#move(id, 'lower')
  }

  [Symbol.dispose](): void {
    this.#following[Symbol.dispose]()
    this.#linger?.[Symbol.dispose]()
  }

  #move(id: string, direction: 'raise' | 'lower'): void {
    const process = this.#options.book.find(id)
    if (process === null || process.pid === null) throw new PriorityError('It does not run now.')
    if (process.kind === 'controller') throw new PriorityError('All others wait for the core.')
    if (direction === 'raise' && !this.raisesAgain)
      throw new PriorityError('On this system an ordinary user cannot raise a priority.')
    const next = neighbourOf(this.priorityOf(id) ?? 'normal', direction)
    if (next === null) throw new PriorityError('There is no further step.')
    this.#chosen.set(id, { pid: process.pid, priority: next })
    this.#apply()
  }

  #lingerThenLower(): void {
    this.#linger = this.#options.clock.after(lingerMs, () => {
      this.#linger = null
      this.#apply()
    })
  }

  #apply(): void {
    const seen = new Set<string>()
    for (const process of this.#options.book.all()) {
      seen.add(process.id)
      this.#applyTo(process)
    }
    for (const [id, { pid }] of this.#given) {
      if (!seen.has(id)) this.#forget(id, pid)
    }
  }

  #applyTo(process: KnownProcess): void {
    const { id, pid } = process
    const given = this.#given.get(id)
    if (given !== undefined && given.pid !== pid) this.#forget(id, given.pid)
    if (pid === null) return
    const priority = this.#wanted(process)
    const had = this.#given.get(id)
    if (priority === null && had === undefined) return
    const { platform, ability, niceness } = this.#options
    const next = nicenessOf(priority ?? 'normal', platform, ability.lowest)
    if (priority !== null && had?.priority === priority) return
    // What was lowered stays so where it cannot be raised; what is asked for then is said to be what it has.
    if (!ability.raisesAgain && had !== undefined && next < had.niceness) return
    try {
      if (niceness.set(pid, priority === null ? 0 : next)) this.#note(id, priority, { pid, niceness: next })
    } catch (error) {
      // Not tried again: it will not be allowed the next time either.
      this.#note(id, priority, { pid, niceness: next, isRefused: true })
      this.#say('warning', `The priority of a process was not set: ${String(error)}`)
    }
  }

  #note(
    id: string,
    priority: ProcessPriority | null,
    given: Pick<Given, 'pid' | 'niceness'> & Partial<Given>,
  ): void {
    if (priority === null) this.#given.delete(id)
    else this.#given.set(id, { isRefused: false, ...given, priority })
  }

  /** Null for what is nobody's business: nothing is chosen, and priorities are off or cannot be taken back. */
  #wanted(process: KnownProcess): ProcessPriority | null {
    const chosen = this.#chosen.get(process.id)
    if (chosen !== undefined && chosen.pid === process.pid) return chosen.priority
    if (!this.#isOn) return null
    const isAiAwaited = this.#awaiting > 0 || this.#linger !== null
    if (this.raisesAgain) return rolePriority(process, isAiAwaited)
    switch (process.kind) {
      case 'storage':
      case 'audio':
      // Not as low as batch work: one day somebody waits for it.
      case 'ai':
        return 'low'
      case 'controller':
      case 'chrome':
      case 'tab':
      case 'network':
      case 'compositor':
      case 'gpu':
      case 'engine':
        return null
    }
  }

  #forget(id: string, pid: number): void {
    this.#given.delete(id)
    this.#options.niceness.forget(pid)
    if (this.#chosen.get(id)?.pid === pid) this.#chosen.delete(id)
  }

  #say(level: 'info' | 'warning', message: string): void {
    this.#options.log({ level, message })
  }
}

/** The priority of a process cannot be moved so. */
class PriorityError extends IpcError {
  constructor(reason: string) {
    super('ACTION_NOT_POSSIBLE', reason)
  }
}
