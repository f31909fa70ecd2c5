import type { Actor } from 'xstate'
import type { LifecycleEntry, LifecycleState, ProcessPriority } from '../../../contracts/processes.ts'
import { lifecycleState } from '../../controller/lifecycle-state.ts'
import type { ProcessSnapshot, processMachine } from '../../controller/process-machine.ts'
import { coalesce } from '../../messaging/coalesce.ts'
import { endWords } from './cause-words.ts'
import { EndCauses } from './end-causes.ts'
import type { EndCause, KnownProcess, ProcessBook } from './known-process.ts'

/** A process with the machine of its life. */
export interface LivingProcess {
  readonly id: string
  readonly kind: KnownProcess['kind']
  readonly actor: Actor<typeof processMachine>
  /** Asked whenever somebody wants to know; costs next to nothing. */
  about(): ProcessFacts
}

/** What a process is for, besides its life. */
export type ProcessFacts = Pick<KnownProcess, 'name' | 'tabIds' | 'site' | 'isPrivate' | 'isInView'>

/** Steps that are remembered. */
const entriesKept = 1_000

export interface RegisterOptions {
  /** Milliseconds since the epoch. */
  readonly now: () => number
  readonly priorityOf: (id: string) => ProcessPriority | null
}

/** The book of processes: each is entered with its machine, and every state that a machine comes into is one step. */
export class ProcessRegister implements ProcessBook {
  readonly #options: RegisterOptions
  readonly #living = new Map<string, LivingProcess>()
  readonly #byPid = new Map<number, string>()
  readonly #entries: LifecycleEntry[] = []
  readonly #causes = new EndCauses()
  readonly #changeListeners = new Set<() => void>()
  readonly #entryListeners = new Set<(entry: LifecycleEntry, process: KnownProcess) => void>()
  readonly #announce = coalesce(() => {
    for (const listener of this.#changeListeners) listener()
  })

  constructor(options: RegisterOptions) {
    this.#options = options
  }

  /** Enters a process until it is terminated, or disposed. Its steps so far are not told. */
  add(living: LivingProcess): Disposable {
    const { id, actor } = living
    let before = actor.getSnapshot()
    this.#living.set(id, living)
    this.#notePid(id, null, before.context.pid)
    this.#step(living, before, lifecycleState(before), null)
    const following = actor.subscribe(snapshot => {
      const last = before
      before = snapshot
      this.#notePid(id, last.context.pid, snapshot.context.pid)
      this.#follow(living, last, snapshot)
      if (snapshot.matches('terminated')) remove()
      else if (!isSame(last, snapshot)) this.#announce()
    })
    const remove = (): void => {
      following.unsubscribe()
      if (this.#living.get(id) !== living) return
      this.#living.delete(id)
      this.#notePid(id, before.context.pid, null)
      this.#announce()
    }
    return { [Symbol.dispose]: remove }
  }

  /** Something that the machines do not tell has changed: a site, a tab that came into view. */
  changed(): void {
    this.#announce()
  }

  all(): readonly KnownProcess[] {
    return [...this.#living.values()].map(living => this.#known(living, living.actor.getSnapshot()))
  }

  find(id: string): KnownProcess | null {
    const living = this.#living.get(id)
    return living === undefined ? null : this.#known(living, living.actor.getSnapshot())
  }

  byPid(pid: number): KnownProcess | null {
    const id = this.#byPid.get(pid)
    return id === undefined ? null : this.find(id)
  }

  get entries(): readonly LifecycleEntry[] {
    return this.#entries
  }

  onDidChange(listener: () => void): Disposable {
    this.#changeListeners.add(listener)
    return { [Symbol.dispose]: () => void this.#changeListeners.delete(listener) }
  }

  onEntry(listener: (entry: LifecycleEntry, process: KnownProcess) => void): Disposable {
    this.#entryListeners.add(listener)
    return { [Symbol.dispose]: () => void this.#entryListeners.delete(listener) }
  }

  noteEnd(pid: number, cause: EndCause): void {
    this.#causes.note(pid, cause)
  }

  causeOf(pid: number): EndCause | null {
    return this.#causes.of(pid)
  }

  #follow(living: LivingProcess, last: ProcessSnapshot, snapshot: ProcessSnapshot): void {
    const from = lifecycleState(last)
    const to = lifecycleState(snapshot)
    const { lastExit } = snapshot.context
    const hasExited = lastExit !== null && lastExit !== last.context.lastExit
    if (hasExited) {
      const { pid } = last.context
      const cause = endWords(lastExit, pid === null ? null : this.#causes.of(pid))
      // A machine passes through "crashed" on its way; who was sent away for want of work has not crashed.
      const isRetired = last.matches('retiring')
      if (!isRetired) this.#step(living, last, 'crashed', cause)
      if (to !== 'crashed')
        this.#step(living, snapshot, to, isRetired ? 'not needed now' : afterwards(snapshot))
    } else if (from !== to) {
      const { pid } = last.context
      const isEnd = to === 'terminated'
      const cause = isEnd && pid !== null ? this.#causes.of(pid) : null
      this.#step(living, isEnd ? last : snapshot, to, endWords(null, cause))
    }
  }

  #step(living: LivingProcess, snapshot: ProcessSnapshot, state: LifecycleState, cause: string | null): void {
    const process = { ...this.#known(living, snapshot), state }
    const { id: processId, kind, name, pid } = process
    const entry: LifecycleEntry = { at: this.#options.now(), processId, kind, name, pid, state, cause }
    this.#entries.push(entry)
    if (this.#entries.length > entriesKept) this.#entries.shift()
    for (const listener of this.#entryListeners) listener(entry, process)
  }

  #known(living: LivingProcess, snapshot: ProcessSnapshot): KnownProcess {
    const { pid, startedAt, restarts } = snapshot.context
    return {
      id: living.id,
      kind: living.kind,
      pid,
      startedAt,
      restarts,
      state: lifecycleState(snapshot),
      priority: this.#options.priorityOf(living.id),
      ...living.about(),
    }
  }

  #notePid(id: string, before: number | null, now: number | null): void {
    if (before === now) return
    if (before !== null && this.#byPid.get(before) === id) this.#byPid.delete(before)
    if (now === null) return
    this.#byPid.set(now, id)
    this.#causes.forget(now)
  }
}

/** A machine tells of every event, also of those that change nothing. */
function isSame(last: ProcessSnapshot, snapshot: ProcessSnapshot): boolean {
  return (
    lifecycleState(last) === lifecycleState(snapshot) &&
    last.context.pid === snapshot.context.pid &&
    last.context.restarts === snapshot.context.restarts
  )
}

/** What follows a loss, in a few words. */
function afterwards(snapshot: ProcessSnapshot): string | null {
  const { attempts, restarts } = snapshot.context
  if (snapshot.matches('failed')) return `given up after ${attempts} restarts`
  return snapshot.matches('restarting') ? `restart ${restarts}` : null
}
