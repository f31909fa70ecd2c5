import type { HistoryEntry } from '../contracts/storage.ts'

/** A match with its relevance: bm25 of SQLite, the lower the better; 0 where it was found by scanning. */
export interface Match {
  readonly entry: HistoryEntry
  readonly bm25: number
}

/** After this long a visit counts half as much. */
const halfLifeMs = 14 * 24 * 3_600_000
const recencyWeight = 0.6
const visitsWeight = 0.15

/**
 * Best first. Relevance counts between 0 and 1 against the best match; to it are added how lately the page was seen
 * (0 to 0.6, halved every two weeks) and how often (0.15 for each doubling of visits, at most 0.6).
 */
export function rankMatches(matches: readonly Match[], now: number): readonly HistoryEntry[] {
  const best = Math.min(...matches.map(match => match.bm25), -Number.MIN_VALUE)
  const scored = matches.map(({ entry, bm25 }) => {
    const recency = 0.5 ** (Math.max(0, now - entry.lastVisitAt) / halfLifeMs)
    const frequency = Math.min(0.6, visitsWeight * Math.log2(entry.visits))
    return { entry, score: bm25 / best + recencyWeight * recency + frequency }
  })
  return scored
    .sort((a, b) => b.score - a.score || b.entry.lastVisitAt - a.entry.lastVisitAt)
    .map(({ entry }) => entry)
}
