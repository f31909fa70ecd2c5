import { PermissionDeniedError } from './errors.ts'
import type { Identity } from './identity.ts'

/** One pair of roles that may have a direct port, and why. Who calls whom over it is up to the contracts. */
export interface AuthorityRow {
  readonly from: string
  readonly to: string
  readonly reason: string
}

/** Which roles main brings together. What has no row is refused. */
export class Authority {
  readonly #allowed = new Map<string, string>()

  constructor(rows: readonly AuthorityRow[]) {
    for (const row of rows) this.#allowed.set(`${row.from}\n${row.to}`, row.reason)
  }

  /** Throws PERMISSION_DENIED unless a row lets `from` ask for `to`. */
  check(from: Identity, to: Identity): void {
    if (!this.#allowed.has(`${from.role}\n${to.role}`)) {
      throw new PermissionDeniedError(`${from.role} may not be introduced to ${to.role}`)
    }
  }
}
