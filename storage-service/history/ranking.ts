import type { HistoryEntry } from '../../contracts/storage.ts'
import { folded } from './search-query.ts'

/** After this long a visit counts half as much. */
const halfLifeMs = 14 * 24 * 3_600_000
const recencyWeight = 0.6
const visitsWeight = 0.15
/** What a word is worth where it stands: as a whole word of the title, as the beginning of one, in the address. */
const wordWorth = { title: 1, titleStart: 0.85, address: 0.7 }
/** A word says more of a short title than of a long one; of this many characters it says half as much again. */
const longTitle = 120
const lengthWeight = 0.25

/**
 * Best first. Relevance is the mean of what each word is worth, 0 to 1; to it are added how lately the page was seen (0
 * to 0.6, halved every two weeks) and how often (0.15 for each doubling of visits, at most 0.6). Words are folded. It does
 * not ask how rare a word is, which would take looking at every page that holds it.
 */
export function rankMatches(
  entries: readonly HistoryEntry[],
  words: readonly string[],
  now: number,
): readonly HistoryEntry[] {
  const scored = entries.map(entry => {
    const recency = 0.5 ** (Math.max(0, now - entry.lastVisitAt) / halfLifeMs)
    const frequency = Math.min(0.6, visitsWeight * Math.log2(entry.visits))
    return { entry, score: relevanceOf(entry, words) + recencyWeight * recency + frequency }
  })
  return scored
    .sort((a, b) => b.score - a.score || b.entry.lastVisitAt - a.entry.lastVisitAt)
    .map(({ entry }) => entry)
}

function relevanceOf({ title }: HistoryEntry, words: readonly string[]): number {
  if (words.length === 0) return 1
  const plain = folded(title)
  const own = plain.split(/[^\p{L}\p{N}]+/u)
  let sum = 0
  for (const word of words) {
    if (own.includes(word)) sum += wordWorth.title
    else sum += own.some(one => one.startsWith(word)) ? wordWorth.titleStart : wordWorth.address
  }
  return sum / words.length - lengthWeight * Math.min(1, plain.length / longTitle)
}
