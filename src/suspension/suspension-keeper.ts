import type { Clock } from '../../ipc/clock.ts'
import {
  type Circumstances,
  decideSuspension,
  dueTimes,
  lastingReason,
  type PageAnswer,
  type SuspensionDecision,
  type TabFacts,
} from './suspension-policy.ts'

/** A tab as main knows it, without how long it was left alone. */
export type KnownTab = Omit<TabFacts, 'unseenMs' | 'idleMs'> & { readonly id: string }

export interface SuspensionKeeperOptions {
  readonly clock: Clock
  readonly tabs: () => readonly KnownTab[]
  readonly circumstances: () => Circumstances
  /** What the page of a tab says that it is in the middle of. Never rejects. */
  readonly ask: (tabId: string) => Promise<PageAnswer>
  readonly freeze: (tabId: string) => void
  /** Resolves once its process was given back, or could not be. Never rejects. */
  readonly discard: (tabId: string) => Promise<void>
  readonly debug: (message: string) => void
}

/** A tab that was due and stayed is looked at again after this; what kept it passes by itself. */
const againAfterMs = 60_000
/** Between one tab that is discarded for memory and the next: what it gave back must have been seen. */
const easingMs = { none: againAfterMs, moderate: 60_000, critical: 3_000 } as const
/** However many are due: they are looked at together. */
const leastWaitMs = 1_000

interface Left {
  /** When it was last seen. */
  seenAt: number
  /** When it last had reason to run. */
  busyAt: number
  /** Not looked at before. */
  notBefore: number
  /** What its page said before it was frozen: that holds for as long as it stands still. */
  answer: PageAnswer | null
}

/**
 * Freezes and discards tabs in the background as the policy says. It looks when something may be due and at no other time:
 * one timer, set for the next tab, or for none.
 */
export class SuspensionKeeper implements Disposable {
  readonly #options: SuspensionKeeperOptions
  readonly #left = new Map<string, Left>()
  #inView: readonly string[] = []
  #timer: Disposable | null = null
  #easedAt = -Infinity
  #isLooking = false
  #isClosed = false

  constructor(options: SuspensionKeeperOptions) {
    this.#options = options
  }

  /** To be told whenever tabs came or went, another is in view, or the circumstances are others. */
  changed(): void {
    if (this.#isClosed) return
    const now = this.#options.clock.now()
    const tabs = this.#options.tabs()
    const there = new Set(tabs.map(({ id }) => id))
    for (const id of this.#left.keys()) if (!there.has(id)) this.#left.delete(id)
    const inView = tabs.filter(tab => tab.isInView).map(({ id }) => id)
    for (const { id } of tabs) {
      const isNew = !this.#left.has(id)
      // What was in view until now was seen until now.
      if (isNew || inView.includes(id) || this.#inView.includes(id))
        this.#left.set(id, { seenAt: now, busyAt: now, notBefore: 0, answer: null })
    }
    this.#inView = inView
    this.#plan()
  }

  /** Something was asked of a tab in the background, so that it runs for a while. */
  used(tabId: string): void {
    const left = this.#left.get(tabId)
    if (left === undefined) return
    left.busyAt = this.#options.clock.now()
    left.answer = null
    this.#plan()
  }

  [Symbol.dispose](): void {
    this.#isClosed = true
    this.#rest()
  }

  #rest(): void {
    this.#timer?.[Symbol.dispose]()
    this.#timer = null
  }

  #plan(): void {
    if (this.#isLooking) return
    this.#rest()
    const due = this.#nextDue()
    if (this.#isClosed || due === Infinity) return
    const { clock } = this.#options
    this.#timer = clock.after(Math.max(leastWaitMs, due - clock.now()), () => void this.#look())
  }

  /** When the next tab may be due; Infinity where none will be before something changes. */
  #nextDue(): number {
    const circumstances = this.#options.circumstances()
    const { freezeMs, discardMs, pressureDiscardMs } = dueTimes(circumstances)
    const easedAt = this.#easedAt + easingMs[circumstances.pressure]
    let next = Infinity
    for (const tab of this.#options.tabs()) {
      const left = this.#left.get(tab.id)
      if (left === undefined || !tab.hasPage || lastingReason(this.#facts(tab), circumstances) !== null)
        continue
      const freezeAt = tab.isFrozen ? Infinity : left.busyAt + freezeMs
      // A private one keeps its process; where the others go, it stands still.
      const discardAt =
        tab.isPrivate && tab.isFrozen
          ? Infinity
          : Math.min(left.seenAt + discardMs, Math.max(left.seenAt + pressureDiscardMs, easedAt))
      next = Math.min(next, Math.max(left.notBefore, Math.min(freezeAt, discardAt)))
    }
    return next
  }

  async #look(): Promise<void> {
    this.#timer = null
    this.#isLooking = true
    try {
      for (const { id } of this.#oldestFirst()) {
        if (this.#isClosed) return
        await this.#treat(id).catch((error: unknown) => this.#leave(id, error))
      }
    } finally {
      this.#isLooking = false
      this.#plan()
    }
  }

  /** Its page went in the middle, perhaps; the others are looked at all the same. */
  #leave(tabId: string, error: unknown): void {
    const left = this.#left.get(tabId)
    if (left !== undefined) left.notBefore = this.#options.clock.now() + againAfterMs
    const reason = error instanceof Error ? error.message : 'unknown error'
    this.#options.debug(`A tab in the background could not be treated: ${reason}`)
  }

  async #treat(tabId: string): Promise<void> {
    const { clock, ask, freeze, discard, debug } = this.#options
    const left = this.#left.get(tabId)
    if (left === undefined || left.notBefore > clock.now()) return
    const expected = this.#decide(tabId, null)
    if (expected.kind === 'stay') {
      if (isDue(expected)) left.notBefore = clock.now() + againAfterMs
      return
    }
    const answer = left.answer ?? (await ask(tabId))
    const decision = this.#decide(tabId, answer)
    if (decision.kind === 'discard') {
      if (decision.because === 'pressure') this.#easedAt = clock.now()
      await discard(tabId)
    }
    if (decision.kind === 'freeze') freeze(tabId)
    const tab = this.#options.tabs().find(({ id }) => id === tabId)
    if (tab === undefined) return
    // What has not answered was perhaps only busy.
    if (tab.isFrozen && answer !== 'silent') left.answer = answer
    if (decision.kind === 'stay') debug(`A tab in the background goes on: ${decision.reason}`)
    const isDone = decision.kind === 'freeze' ? tab.isFrozen : !tab.hasPage
    if (!isDone || answer === 'silent') left.notBefore = clock.now() + againAfterMs
  }

  #decide(tabId: string, page: PageAnswer | null): SuspensionDecision {
    const circumstances = this.#options.circumstances()
    const tab = this.#options.tabs().find(({ id }) => id === tabId)
    if (tab === undefined) return { kind: 'stay', reason: 'noPage' }
    const decision = decideSuspension(this.#facts(tab), page, circumstances)
    const isEasing = this.#options.clock.now() < this.#easedAt + easingMs[circumstances.pressure]
    if (decision.kind !== 'discard' || decision.because === 'age' || !isEasing) return decision
    // One after the other; meanwhile it stands still.
    return tab.isFrozen ? { kind: 'stay', reason: 'notYet' } : { kind: 'freeze' }
  }

  #oldestFirst(): readonly KnownTab[] {
    const seenAt = ({ id }: KnownTab): number => this.#left.get(id)?.seenAt ?? 0
    return this.#options.tabs().toSorted((one, other) => seenAt(one) - seenAt(other))
  }

  #facts(tab: KnownTab): TabFacts {
    const now = this.#options.clock.now()
    const { seenAt = now, busyAt = now } = this.#left.get(tab.id) ?? {}
    return { ...tab, unseenMs: now - seenAt, idleMs: now - Math.max(seenAt, busyAt) }
  }
}

/** Whether something other than time kept it, of which nobody is told when it ends. */
function isDue({ reason }: Extract<SuspensionDecision, { kind: 'stay' }>): boolean {
  return reason !== 'notYet'
}
