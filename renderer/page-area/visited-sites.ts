import type { HistoryEntry } from '../../contracts/storage.ts'
import { shortHost } from '../omnibox/address.ts'

export interface VisitedSite {
  readonly host: string
  /** Where the site was entered most often. */
  readonly url: string
  readonly title: string
  readonly visits: number
}

/** The sites visited most, each once. */
export function mostVisited(entries: readonly HistoryEntry[], limit: number): VisitedSite[] {
  const byHost = new Map<string, { best: HistoryEntry; visits: number }>()
  for (const entry of entries) {
    const host = shortHost(entry.url)
    const known = byHost.get(host)
    if (known === undefined) byHost.set(host, { best: entry, visits: entry.visits })
    else {
      known.visits += entry.visits
      if (entry.visits > known.best.visits) known.best = entry
    }
  }
  return [...byHost]
    .map(([host, site]) => ({ host, url: site.best.url, title: site.best.title, visits: site.visits }))
    .sort((one, other) => other.visits - one.visits)
    .slice(0, limit)
}

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

/** "Just now", "12 min ago", "3 h ago", "Yesterday", else the date. */
export function visitTimeText(at: number, now: number): string {
  const age = now - at
  if (age < minuteMs) return 'Just now'
  if (age < hourMs) return `${Math.floor(age / minuteMs)} min ago`
  const midnight = new Date(now).setHours(0, 0, 0, 0)
  if (at >= midnight) return `${Math.floor(age / hourMs)} h ago`
  if (at >= midnight - dayMs) return 'Yesterday'
  return new Date(at).toLocaleDateString('en-GB', { day: 'numeric', month: 'long' })
}
