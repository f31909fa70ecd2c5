/** So often in a row, and a limit is taken to be too low. */
const mostEnds = 3
/** Ends that lie further apart are not in a row. */
const rowMs = 10 * 60_000

interface Row {
  readonly limitBytes: number
  readonly ends: readonly number[]
}

/**
 * Counts how often processes that come back by themselves were ended for one limit. Whoever needs more than its limit
 * just to do its work would otherwise be ended and started for ever. Such a limit is not enforced any more until it is
 * changed, or Nexus is started anew.
 */
export class RepeatedEnds {
  readonly #rows = new Map<string, Row>()

  /** Whether this limit still holds for this process. */
  holds(id: string, limitBytes: number): boolean {
    const row = this.#rows.get(id)
    return row === undefined || row.limitBytes !== limitBytes || row.ends.length < mostEnds
  }

  /** One more end; true when the limit holds no more from now on. */
  note(id: string, limitBytes: number, at: number): boolean {
    const row = this.#rows.get(id)
    const before = row?.limitBytes === limitBytes ? row.ends.filter(end => at - end < rowMs) : []
    const ends = [...before, at]
    this.#rows.set(id, { limitBytes, ends })
    return ends.length >= mostEnds
  }
}
