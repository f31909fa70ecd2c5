/** Who sits where on one side of the graph. A seat is kept for as long as its holder is there. */
export interface Seats {
  readonly capacity: number
  readonly seatOf: ReadonlyMap<string, number>
}

export const noSeats: Seats = { capacity: 0, seatOf: new Map() }

/**
 * Seats everybody. Whoever has a seat keeps it; whoever is new takes the first free one in the given order. Seats are
 * added when there are too few, and taken away only when half are empty, so that something that comes and goes every
 * second moves nothing. Gives the same object back when nothing changed.
 */
export function seated(previous: Seats, ids: readonly string[]): Seats {
  const capacity = capacityFor(ids.length, previous.capacity)
  const kept = ids.filter(id => (previous.seatOf.get(id) ?? capacity) < capacity)
  if (capacity === previous.capacity && kept.length === ids.length && previous.seatOf.size === ids.length) {
    return previous
  }
  const seatOf = new Map(kept.map(id => [id, previous.seatOf.get(id) ?? 0]))
  const taken = new Set(seatOf.values())
  let next = 0
  for (const id of ids) {
    if (seatOf.has(id)) continue
    while (taken.has(next)) next += 1
    taken.add(next)
    seatOf.set(id, next)
  }
  return { capacity, seatOf }
}

/** Few get exactly their number of seats, many get them by the four. */
function capacityFor(count: number, current: number): number {
  if (count <= current && count * 2 >= current) return current
  return count <= 8 ? count : Math.ceil(count / 4) * 4
}
