import type { TabState } from '../../contracts/browser.ts'
import type { HistoryEntry } from '../../contracts/storage.ts'

/** One row below the omnibox. */
export type Suggestion =
  /** The typed text with its completion: what Enter opens. */
  | { readonly kind: 'completed'; readonly id: string; readonly input: string }
  /** What was typed, for the controller to read as an address or a search. */
  | { readonly kind: 'typed'; readonly id: string; readonly input: string }
  | {
      readonly kind: 'tab'
      readonly id: string
      readonly tabId: string
      readonly title: string
      readonly url: string
    }
  | {
      readonly kind: 'history'
      readonly id: string
      readonly title: string
      readonly url: string
      readonly visits: number
    }

const mostTabs = 2
const mostHistory = 5

/**
 * Rows for what was typed: first what Enter would do now, then the typed text as it is, open tabs and history. No address
 * stands twice.
 */
export function suggestionsFor(
  typed: string,
  completion: string | null,
  tabs: readonly TabState[],
  activeTabId: string | null,
  history: readonly HistoryEntry[],
): Suggestion[] {
  const input = typed.trim()
  if (input === '') return []
  const words = input.toLowerCase().split(/\s+/)
  const matching = tabs
    .filter(tab => tab.id !== activeTabId && tab.url !== '')
    .filter(tab => words.every(word => `${tab.title} ${tab.url}`.toLowerCase().includes(word)))
    .slice(0, mostTabs)
  const shown = new Set(matching.map(tab => tab.url))
  return [
    ...(completion === null ? [] : [{ kind: 'completed', id: 'completed', input: completion } as const]),
    { kind: 'typed', id: 'typed', input },
    ...matching.map(
      (tab): Suggestion => ({
        kind: 'tab',
        id: `tab-${tab.id}`,
        tabId: tab.id,
        title: tab.title,
        url: tab.url,
      }),
    ),
    ...history
      .filter(entry => !shown.has(entry.url))
      .slice(0, mostHistory)
      .map(
        (entry, position): Suggestion => ({
          kind: 'history',
          id: `history-${position}`,
          title: entry.title,
          url: entry.url,
          visits: entry.visits,
        }),
      ),
  ]
}
