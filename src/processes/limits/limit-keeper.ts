import type { Notice } from '../../../contracts/browser.ts'
import { type Clock, systemClock } from '../../../ipc/clock.ts'
import type { Log } from '../../../ipc/log.ts'
import type { KnownProcess, ProcessBook } from '../book/known-process.ts'
import { decideLimit, isNear, type LimitLook, type LimitState, unknownState } from './decide-limit.ts'
import { type LimitSettings, limitOf } from './limit-of.ts'
import { coreNotice, endedNotice, type LimitEvent, tooLowNotice } from './limit-words.ts'
import { RepeatedEnds } from './repeated-ends.ts'

export interface LimitKeeperOptions {
  readonly book: Pick<ProcessBook, 'all' | 'noteEnd'>
  readonly memoryOf: (pids: Iterable<number>) => ReadonlyMap<number, number>
  readonly settings: () => LimitSettings
  /** Asks a process to collect garbage and to drop what it can get again; false when there is nobody to ask. */
  readonly ask: (process: KnownProcess) => Promise<boolean>
  /** Ends a process by force; what follows is its supervisor's. */
  readonly end: (process: KnownProcess) => void
  readonly notify: (notice: Notice) => void
  readonly log: Log
  readonly isOnBattery: () => boolean
  readonly clock?: Clock
}

/** One file for each process: 60 processes cost a sixtieth of a percent of a core at this pace. */
const calmPaceMs = 5_000
const onBatteryPaceMs = 10_000
/** While one is near its limit. */
const nearPaceMs = 1_000
/** Of each process: a minute when it was near its limit. */
const samplesKept = 60
/** The core is not spoken of more often. */
const coreNoticeEveryMs = 10 * 60_000

/** A process at one look. */
interface Looked extends LimitLook {
  readonly process: KnownProcess
}

/** Whoever supervises a process has seen its end by then. */
const lossSeenWithinMs = 5_000

/** What a process held at one moment. */
export interface MemorySample {
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly bytes: number
}

interface Remembered {
  readonly state: LimitState
  readonly limitBytes: number
  readonly samples: readonly MemorySample[]
}

/**
 * Holds processes to their memory. At 90 % of its limit one is asked to free memory; one that stays over its limit is
 * ended, with a word to the person. The core itself is never ended. What is done is decided by `decideLimit`; here it is
 * looked at and carried out.
 */
export class LimitKeeper implements Disposable {
  readonly #options: LimitKeeperOptions
  readonly #clock: Clock
  /** By pid, so that what comes back begins anew; with the limit that they speak of. */
  #states: ReadonlyMap<number, Remembered> = new Map()
  #statesBefore: ReadonlyMap<number, Remembered> = new Map()
  /** Those that were asked and have neither answered nor let their time pass. */
  readonly #freeing = new Set<number>()
  readonly #ends = new RepeatedEnds()
  #coreToldAt = -Infinity
  /** When a process was ended last, by id. */
  readonly #toldAt = new Map<string, number>()
  #timer: Disposable | null = null

  constructor(options: LimitKeeperOptions) {
    this.#options = options
    this.#clock = options.clock ?? systemClock
  }

  start(): void {
    this.#timer ??= this.#clock.after(calmPaceMs, () => this.#round())
  }

  [Symbol.dispose](): void {
    this.#timer?.[Symbol.dispose]()
    this.#timer = null
  }

  /** How much a process may hold, in bytes; null where nothing is limited. */
  limitOf(process: Pick<KnownProcess, 'kind' | 'site'>): number | null {
    return limitOf(process, this.#options.settings())
  }

  /** Whether the loss of this process was just told with its figures, so that nobody need tell it again. */
  hasToldOf(processId: string): boolean {
    const toldAt = this.#toldAt.get(processId)
    return toldAt !== undefined && this.#clock.now() - toldAt < lossSeenWithinMs
  }

  /** What a process held at the latest looks, oldest first; also of one that has just ended. */
  samplesOf(pid: number): readonly MemorySample[] {
    return (this.#states.get(pid) ?? this.#statesBefore.get(pid))?.samples ?? []
  }

  #round(): void {
    const looks = this.#look()
    const states = new Map<number, Remembered>()
    const wallClock = this.#clock.wallClock()
    for (const [pid, look] of looks) {
      const { limitBytes } = look
      const before = this.#states.get(pid)
      const known = before?.limitBytes === limitBytes ? before.state : unknownState
      const { step, state } = decideLimit(look, known)
      const samples = [...(before?.samples ?? []), { at: wallClock, bytes: look.memoryBytes }]
      states.set(pid, { state, limitBytes, samples: samples.slice(-samplesKept) })
      if (step.kind === 'ask') this.#ask(pid, look)
      if (step.kind === 'end') this.#end(pid, look)
      if (step.kind === 'tell') this.#tell(look)
    }
    // Who sees an end asks for what was before it, a moment later.
    this.#statesBefore = this.#states
    this.#states = states
    const isOneNear = [...looks.values()].some(isNear)
    const calmMs = this.#options.isOnBattery() ? onBatteryPaceMs : calmPaceMs
    this.#timer = this.#clock.after(isOneNear ? nearPaceMs : calmMs, () => this.#round())
  }

  /** Every limited process that runs, by pid. One that stands under several names has the largest of their limits. */
  #look(): ReadonlyMap<number, Looked> {
    const settings = this.#options.settings()
    const limited = new Map<number, { process: KnownProcess; limitBytes: number }>()
    for (const process of this.#options.book.all()) {
      const limitBytes = limitOf(process, settings)
      if (process.pid === null || limitBytes === null) continue
      const other = limited.get(process.pid)
      if (other === undefined || other.limitBytes < limitBytes)
        limited.set(process.pid, { process, limitBytes })
    }
    const at = this.#clock.now()
    const looks = new Map<number, Looked>()
    for (const [pid, memoryBytes] of this.#options.memoryOf(limited.keys())) {
      const found = limited.get(pid)
      if (found === undefined) continue
      const { process, limitBytes } = found
      const mayEnd = process.kind !== 'controller' && this.#ends.holds(nameOfLimited(process), limitBytes)
      const isFreeing = this.#freeing.has(pid)
      looks.set(pid, { process, limitBytes, memoryBytes, isFreeing, mayEnd, at })
    }
    return looks
  }

  #ask(pid: number, { process, memoryBytes, limitBytes }: Looked): void {
    const { ask, log } = this.#options
    const [figure, limit] = [memoryBytes, limitBytes].map(bytes => Math.round(bytes / 2 ** 20))
    const figures = `${process.id} holds ${figure} MB of ${limit} MB`
    this.#freeing.add(pid)
    const asked = ask(process).finally(() => this.#freeing.delete(pid))
    asked.then(
      wasAsked =>
        log({
          level: 'info',
          message: `${figures}${wasAsked ? ', and was asked to free memory' : '; there is nobody to ask'}`,
        }),
      () =>
        log({ level: 'info', message: `${figures}, and did not answer when it was asked to free memory` }),
    )
  }

  #end(pid: number, look: Looked): void {
    const { process, memoryBytes, limitBytes, at } = look
    const { book, end, notify, log } = this.#options
    const event: LimitEvent = { process, memoryBytes, limitBytes }
    log({ level: 'warning', message: `${process.id} is ended: it holds more than its limit` })
    book.noteEnd(pid, { kind: 'memoryLimit', memoryBytes, limitBytes })
    this.#toldAt.set(process.id, at)
    end(process)
    // A page does not come back by itself: the person decides each time.
    const isTooLow = process.kind !== 'tab' && this.#ends.note(nameOfLimited(process), limitBytes, at)
    notify({ id: noticeOf(process), ...(isTooLow ? tooLowNotice(event) : endedNotice(event)) })
  }

  /** Of a limit that is not kept, the person knows already. */
  #tell({ process, memoryBytes, limitBytes, at }: Looked): void {
    if (process.kind !== 'controller' || at - this.#coreToldAt < coreNoticeEveryMs) return
    this.#coreToldAt = at
    this.#options.notify({ id: noticeOf(process), ...coreNotice({ process, memoryBytes, limitBytes }) })
  }
}

function noticeOf({ id }: KnownProcess): string {
  return `memory:${id}`
}

/** The same after it has come back: rows of the engine's helpers bear their pid. */
function nameOfLimited({ kind, id }: KnownProcess): string {
  return kind === 'gpu' ? kind : id
}
