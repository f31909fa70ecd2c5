import type { RelatedPage } from '../../contracts/memory.ts'

/** Below this two pages are about different things. */
const relatedFrom = 0.4
/** From here on two pages say nearly the same. */
const nearDuplicateFrom = 0.95
/** What was looked at this lately need not be proposed for reading. */
const latelyMs = 12 * 3_600_000
/** A page that was visited again and again is known. */
const familiarVisits = 3
const familiarFactor = 0.8

export function isRelated(similarity: number): boolean {
  return similarity >= relatedFrom
}

export function isNearDuplicate(similarity: number): boolean {
  return similarity >= nearDuplicateFrom
}

/** What to read next among related pages: something new about the same, best first. `now` in epoch milliseconds. */
export function worthReading(related: readonly RelatedPage[], now: number): readonly RelatedPage[] {
  return related
    .filter(page => !page.isNearDuplicate && now - (page.lastVisitAt ?? 0) > latelyMs)
    .map(page => ({
      page,
      worth: page.similarity * (page.visits >= familiarVisits ? familiarFactor : 1),
    }))
    .sort((a, b) => b.worth - a.worth)
    .map(({ page }) => page)
}
