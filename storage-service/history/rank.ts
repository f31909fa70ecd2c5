/** After this long a visit counts half as much. Stored ranks are measured in it, so that it cannot be changed. */
const halfLifeMs = 14 * 24 * 3_600_000

/**
 * How much a page is worth suggesting, as a number that need not be brought up to date as time goes by: two to its power
 * is the sum over all visits of two to the power of their time in half-lives. Halving all sums alike changes no order.
 */
export function rankAfterVisit(rank: number | null, at: number): number {
  const visit = at / halfLifeMs
  if (rank === null) return visit
  const greater = Math.max(rank, visit)
  return greater + Math.log2(1 + 2 ** -Math.abs(rank - visit))
}

/** Of a page with these visits, in milliseconds since the epoch. */
export function rankOfVisits(visits: readonly number[]): number {
  return visits.reduce<number | null>(rankAfterVisit, null) ?? 0
}
