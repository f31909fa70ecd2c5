import { PermissionDeniedError } from './errors.ts'
import type { Identity } from './identity.ts'

/** What one role is shown of the members of another in its registry: nothing, who they are, or also their site. */
export type Sight = 'nothing' | 'name' | 'site'

/** What one role may do with another, and why. Who calls whom over a port is up to the contracts. */
export interface AuthorityRow {
  readonly from: string
  readonly to: string
  readonly reason: string
  /** Whether `from` may ask for a direct port to `to`; it may unless the row says no. */
  readonly meets?: boolean
  /** What `from` is shown of every `to`; nothing unless the row says more. */
  readonly sees?: Sight
}

/** A role, and what it is shown of another. */
export interface Viewer {
  readonly role: string
  readonly showsSite: boolean
}

/** Which roles main brings together, and which it tells of one another. What has no row is refused and hidden. */
export class Authority {
  readonly #rows = new Map<string, AuthorityRow>()
  readonly #viewersOf = new Map<string, Viewer[]>()
  readonly #seenBy = new Map<string, Viewer[]>()

  /** Throws a TypeError for two rows about the same pair. */
  constructor(rows: readonly AuthorityRow[]) {
    for (const row of rows) {
      const key = keyOf(row.from, row.to)
      if (this.#rows.has(key)) throw new TypeError(`Two rows of authority from ${row.from} to ${row.to}`)
      this.#rows.set(key, row)
      const { sees = 'nothing' } = row
      if (sees === 'nothing') continue
      const showsSite = sees === 'site'
      append(this.#viewersOf, row.to, { role: row.from, showsSite })
      append(this.#seenBy, row.from, { role: row.to, showsSite })
    }
  }

  /** Throws PERMISSION_DENIED unless a row lets `from` ask for `to`. */
  check(from: Identity, to: Identity): void {
    const row = this.#rows.get(keyOf(from.role, to.role))
    if (row === undefined || row.meets === false) {
      throw new PermissionDeniedError(`${from.role} may not be introduced to ${to.role}`)
    }
  }

  /** The roles that are told of a member of `role`. */
  viewersOf(role: string): readonly Viewer[] {
    return this.#viewersOf.get(role) ?? []
  }

  /** The roles of which a member of `role` is told. */
  seenBy(role: string): readonly Viewer[] {
    return this.#seenBy.get(role) ?? []
  }
}

/** A line break stands in no role. */
function keyOf(from: string, to: string): string {
  return `${from}\n${to}`
}

function append(lists: Map<string, Viewer[]>, role: string, viewer: Viewer): void {
  const list = lists.get(role)
  if (list === undefined) lists.set(role, [viewer])
  else list.push(viewer)
}
