/** Finds each span a lane in which nothing else is going on, so that no two overlap. Spans come by their beginning. */
export class Lanes {
  readonly #endOfLane: number[] = []

  get size(): number {
    return this.#endOfLane.length
  }

  place(start: number, end: number): number {
    const free = this.#endOfLane.findIndex(laneEnd => laneEnd <= start)
    const lane = free === -1 ? this.#endOfLane.length : free
    this.#endOfLane[lane] = Math.max(start, end)
    return lane
  }
}
