import type { PageProblem } from '../../contracts/browser.ts'

/** Problems that a page has when its connections were cut, or could not be made, on this machine. */
const cutKinds: ReadonlySet<PageProblem['kind']> = new Set([
  'networkStopped',
  'refused',
  'dropped',
  'timedOut',
  'other',
])

/** The engine may see the end of the network process before main does. */
const beforeTheEndMs = 3_000

/**
 * Which tabs failed to load because the network process was away. They are loaded again when it is back, each once: a
 * tab that fails for another reason is the person's to reload.
 */
export class FailedLoads {
  readonly #now: () => number
  readonly #failed = new Map<string, number>()
  #isDown = false

  constructor(now: () => number) {
    this.#now = now
  }

  /** `loading`: the tabs that were being loaded at that moment; what they got may end in the middle. */
  processDown(loading: readonly string[]): void {
    this.#isDown = true
    for (const [tabId, at] of this.#failed) {
      if (this.#now() - at > beforeTheEndMs) this.#failed.delete(tabId)
    }
    for (const tabId of loading) this.#failed.set(tabId, this.#now())
  }

  /** The tabs to load again. */
  processUp(): readonly string[] {
    this.#isDown = false
    const failed = [...this.#failed.keys()]
    this.#failed.clear()
    return failed
  }

  failed(tabId: string, kind: PageProblem['kind']): void {
    if (!cutKinds.has(kind)) return
    this.#failed.set(tabId, this.#now())
    if (this.#isDown) return
    // Only the last moments before an end are of interest.
    for (const [other, at] of this.#failed) {
      if (this.#now() - at > beforeTheEndMs) this.#failed.delete(other)
    }
  }

  /** The tab loads something else, or is gone. */
  forget(tabId: string): void {
    this.#failed.delete(tabId)
  }
}
