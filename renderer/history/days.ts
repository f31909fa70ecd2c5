import type { HistoryEntry } from '../../contracts/storage.ts'

/** The pages of one day, latest first. */
export interface Day {
  /** "Today", "Yesterday", or the date. */
  readonly title: string
  readonly entries: readonly HistoryEntry[]
}

/** Pages by the day of their last visit, as the clock on this machine counts days. Latest first. */
export function daysOf(entries: readonly HistoryEntry[], now: number): readonly Day[] {
  const latest = entries.toSorted((one, other) => other.lastVisitAt - one.lastVisitAt)
  const groups = Map.groupBy(latest, ({ lastVisitAt }) => startOfDay(lastVisitAt))
  const today = startOfDay(now)
  // a day before noon of the day before: days are not all of one length
  const yesterday = startOfDay(today - 12 * 3_600_000)
  return [...groups].map(([day, ofDay]) => ({
    title: day === today ? 'Today' : day === yesterday ? 'Yesterday' : dateText(day),
    entries: ofDay,
  }))
}

function startOfDay(at: number): number {
  const day = new Date(at)
  day.setHours(0, 0, 0, 0)
  return day.getTime()
}

function dateText(at: number): string {
  return new Date(at).toLocaleDateString('en', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  })
}
