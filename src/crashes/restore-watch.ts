import type { Clock } from '../../ipc/clock.ts'
import type { PageFact } from '../controller/tab-model.ts'
import type { RunMark } from './run-mark.ts'

/** A page that has been there for so long after it finished did no harm by coming back. */
const safeAfterMs = 3_000
/** Nor did one that is still loading by then. */
const longestRestoreMs = 20_000

/** Follows the tabs of the last run while each of them loads for the first time. */
export class RestoreWatch implements Disposable {
  readonly #mark: Pick<RunMark, 'restoring' | 'restored' | 'lost'>
  readonly #clock: Clock
  /** Tabs of the last run that have not loaded yet. */
  readonly #waiting = new Set<string>()
  /** Those that load, with what ends the watch. */
  readonly #loading = new Map<string, Disposable>()

  constructor(mark: Pick<RunMark, 'restoring' | 'restored' | 'lost'>, clock: Clock) {
    this.#mark = mark
    this.#clock = clock
  }

  follow(tabIds: readonly string[]): void {
    for (const tabId of tabIds) this.#waiting.add(tabId)
  }

  noteFact(tabId: string, fact: PageFact): void {
    if (this.#waiting.has(tabId)) {
      if (fact.type !== 'page.started') return
      this.#waiting.delete(tabId)
      this.#mark.restoring(tabId)
      this.#endAfter(tabId, longestRestoreMs)
      return
    }
    if (!this.#loading.has(tabId)) return
    if (fact.type === 'page.finished') this.#endAfter(tabId, safeAfterMs)
    if (fact.type === 'page.failed') this.#end(tabId)
    if (fact.type === 'page.gone') {
      this.#forget(tabId)
      this.#mark.lost(tabId)
    }
  }

  /** A tab that was closed takes nothing along any more. */
  closed(tabId: string): void {
    this.#waiting.delete(tabId)
    if (this.#loading.has(tabId)) this.#end(tabId)
  }

  [Symbol.dispose](): void {
    for (const timer of this.#loading.values()) timer[Symbol.dispose]()
    this.#loading.clear()
  }

  #endAfter(tabId: string, delayMs: number): void {
    this.#forget(tabId)
    this.#loading.set(
      tabId,
      this.#clock.after(delayMs, () => this.#end(tabId)),
    )
  }

  #end(tabId: string): void {
    this.#forget(tabId)
    this.#mark.restored(tabId)
  }

  #forget(tabId: string): void {
    this.#loading.get(tabId)?.[Symbol.dispose]()
    this.#loading.delete(tabId)
  }
}
