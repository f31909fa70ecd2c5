import { useState } from 'react'
import { noSeats, type Seats, seated } from './seats.ts'

/** Seats that are kept from sample to sample. */
export function useSeats(ids: readonly string[]): Seats {
  const [seats, setSeats] = useState(noSeats)
  const next = seated(seats, ids)
  // seating is settled by the ids alone: a second time changes nothing, so that this ends at once
  if (next !== seats) setSeats(next)
  return next
}
