import { type LoggedRequest, mostLoggedRequests, type RequestBatch } from '../../contracts/request-log.ts'

/** The requests that the controller told of, in the order in which they were made. */
export class RequestStore {
  readonly #rows = new Map<number, LoggedRequest>()
  #listed: readonly LoggedRequest[] = []

  /** The same array until something changes. */
  list(): readonly LoggedRequest[] {
    return this.#listed
  }

  apply({ isWhole, rows, removed }: RequestBatch): void {
    if (isWhole) this.#rows.clear()
    for (const id of removed) this.#rows.delete(id)
    for (const row of rows) this.#rows.set(row.id, row)
    // A change may come before the beginning of another is told: numbers say the order.
    const listed = [...this.#rows.values()].sort((one, other) => one.id - other.id)
    for (const { id } of listed.splice(0, Math.max(0, listed.length - mostLoggedRequests)))
      this.#rows.delete(id)
    this.#listed = listed
  }
}
