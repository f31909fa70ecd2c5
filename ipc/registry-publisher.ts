import type { Authority, Viewer } from './authority.ts'
import type { RegistryDelta, RegistrySnapshot } from './hub-contract.ts'
import type { EndpointId } from './identity.ts'
import { type Target, type VisibleTarget, visibleTarget } from './target.ts'

/** What became of one target since the last delta of an audience. */
interface Pending {
  isRemoved: boolean
  /** How it looks now, if it is there. */
  latest: VisibleTarget | null
}

/**
 * Who is told. The members of a role are shown the same, so one count of changes serves them all; it counts only what
 * they may see, because from a common count a tab could tell that others come and go.
 */
interface Audience {
  version: number
  readonly pending: Map<EndpointId, Pending>
}

export interface RegistryPublisherOptions {
  readonly authority: Authority
  /** Tells all members of a role. */
  readonly publish: (role: string, delta: RegistryDelta) => void
}

/**
 * Tells each role what it may know of who is here, as changes and not as lists. What happens in one tick is told
 * together; what nobody may see costs nothing.
 */
export class RegistryPublisher {
  readonly #options: RegistryPublisherOptions
  readonly #membersOf = new Map<string, Map<EndpointId, Target>>()
  readonly #audiences = new Map<string, Audience>()
  #isFlushPlanned = false

  constructor(options: RegistryPublisherOptions) {
    this.#options = options
  }

  joined(target: Target): void {
    const { id, role } = target
    const members = this.#membersOf.get(role)
    if (members === undefined) this.#membersOf.set(role, new Map([[id, target]]))
    else members.set(id, target)
    for (const viewer of this.#options.authority.viewersOf(role)) {
      const pending = this.#pendingFor(viewer, id)
      if (pending !== null) pending.latest = visibleTarget(target, viewer.showsSite)
    }
  }

  left(target: Target): void {
    const { id, role } = target
    const members = this.#membersOf.get(role)
    members?.delete(id)
    if (members?.size === 0) {
      this.#membersOf.delete(role)
      // What waited was for nobody but them: one that comes in the same tick must not be told of the past.
      this.#audiences.get(role)?.pending.clear()
    }
    for (const viewer of this.#options.authority.viewersOf(role)) {
      // Also told of one that came in the same tick: somebody may have been given a snapshot in between.
      const pending = this.#pendingFor(viewer, id)
      if (pending === null) continue
      pending.isRemoved = true
      pending.latest = null
    }
  }

  /** The same target with other facts; those who see no difference are not told. */
  changed(before: Target, after: Target): void {
    const { id, role } = after
    this.#membersOf.get(role)?.set(id, after)
    for (const viewer of this.#options.authority.viewersOf(role)) {
      if (!viewer.showsSite || before.site === after.site) continue
      const pending = this.#pendingFor(viewer, id)
      if (pending !== null) pending.latest = visibleTarget(after, viewer.showsSite)
    }
  }

  /**
   * What a member of the role may know now. Changes of this tick may be told once more in the next delta, which does no
   * harm: a delta says how things are, not what was done.
   */
  snapshotFor(role: string): RegistrySnapshot {
    const targets = this.#options.authority.seenBy(role).flatMap(seen => {
      const members = this.#membersOf.get(seen.role)
      return members === undefined
        ? []
        : [...members.values()].map(target => visibleTarget(target, seen.showsSite))
    })
    return { version: this.#audiences.get(role)?.version ?? 0, targets }
  }

  /** Null when nobody is there to be told; whoever comes later begins with a snapshot. */
  #pendingFor(viewer: Viewer, id: EndpointId): Pending | null {
    if (!this.#membersOf.has(viewer.role)) return null
    let audience = this.#audiences.get(viewer.role)
    if (audience === undefined) {
      audience = { version: 0, pending: new Map() }
      this.#audiences.set(viewer.role, audience)
    }
    let pending = audience.pending.get(id)
    if (pending === undefined) {
      pending = { isRemoved: false, latest: null }
      audience.pending.set(id, pending)
      this.#planFlush()
    }
    return pending
  }

  #planFlush(): void {
    if (this.#isFlushPlanned) return
    this.#isFlushPlanned = true
    queueMicrotask(() => {
      this.#isFlushPlanned = false
      for (const [role, audience] of this.#audiences) this.#flush(role, audience)
    })
  }

  #flush(role: string, audience: Audience): void {
    if (audience.pending.size === 0) return
    const removed: EndpointId[] = []
    const present: VisibleTarget[] = []
    for (const [id, pending] of audience.pending) {
      if (pending.isRemoved) removed.push(id)
      if (pending.latest !== null) present.push(pending.latest)
    }
    audience.pending.clear()
    audience.version += 1
    this.#options.publish(role, { version: audience.version, removed, present })
  }
}
