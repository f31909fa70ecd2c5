import type { EndpointId } from './identity.ts'
import { Listeners } from './listeners.ts'
import { type Selector, select } from './registry-selector.ts'
import type { VisibleTarget } from './target.ts'

/** How things are now with some targets: those that are gone, then those that are there, new or different. */
export interface RegistryUpdate {
  readonly removed: readonly EndpointId[]
  /** The whole of each. One that is in both lists is another process of the same name. */
  readonly present: readonly VisibleTarget[]
}

/** What happened to a registry. */
export interface RegistryChange {
  readonly removed: readonly EndpointId[]
  readonly added: readonly VisibleTarget[]
  /** The whole of each target that stayed and looks different now. */
  readonly changed: readonly VisibleTarget[]
}

/** Who else is there, as far as this process may know. Never holds this process itself. */
export interface RegistryView {
  readonly size: number
  /** In the order in which they came. */
  readonly targets: readonly VisibleTarget[]
  get(id: EndpointId): VisibleTarget | undefined
  /**
   * All that match, in the order in which they came.
   * @example view.find({ role: 'tab' }), view.find({ identifier: /^tab:/ }), view.find('all')
   */
  find(selector: Selector): readonly VisibleTarget[]
  /** Tells of each change once it is made. */
  onDidChange(listener: (change: RegistryChange) => void): Disposable
}

/** A registry that somebody keeps. */
export class Registry implements RegistryView {
  readonly #targets = new Map<EndpointId, VisibleTarget>()
  readonly #listeners = new Listeners<[change: RegistryChange]>()

  get size(): number {
    return this.#targets.size
  }

  get targets(): readonly VisibleTarget[] {
    return [...this.#targets.values()]
  }

  get(id: EndpointId): VisibleTarget | undefined {
    return this.#targets.get(id)
  }

  find(selector: Selector): readonly VisibleTarget[] {
    return select(this, selector)
  }

  onDidChange(listener: (change: RegistryChange) => void): Disposable {
    return this.#listeners.add(listener)
  }

  /** Takes it over; silent about what is so already. */
  apply(update: RegistryUpdate): void {
    const removed = update.removed.filter(id => this.#targets.delete(id))
    const added: VisibleTarget[] = []
    const changed: VisibleTarget[] = []
    for (const target of update.present) {
      const known = this.#targets.get(target.id)
      if (known !== undefined && isSame(known, target)) continue
      this.#targets.set(target.id, target)
      if (known === undefined) added.push(target)
      else changed.push(target)
    }
    if (removed.length + added.length + changed.length > 0) this.#listeners.call({ removed, added, changed })
  }

  /** Makes this all there is, and tells what that changed. */
  reset(targets: readonly VisibleTarget[]): void {
    const present = new Set(targets.map(target => target.id))
    const removed = [...this.#targets.keys()].filter(id => !present.has(id))
    this.apply({ removed, present: targets })
  }
}

function isSame(one: VisibleTarget, other: VisibleTarget): boolean {
  return one.role === other.role && one.processType === other.processType && one.site === other.site
}
