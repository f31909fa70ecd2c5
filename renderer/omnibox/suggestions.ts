import type { TabState } from '../../contracts/browser.ts'
import type { BrowserCommand, OmniboxReading } from '../../contracts/command.ts'
import type { HistoryEntry } from '../../contracts/storage.ts'

/** One row below the omnibox. */
export type Suggestion =
  /** The typed text with its completion: what Enter opens. */
  | { readonly kind: 'completed'; readonly id: string; readonly input: string }
  /** What was typed, for the controller to read as an address or a search. */
  | { readonly kind: 'typed'; readonly id: string; readonly input: string }
  /** Something that the browser can do; `runsAtEnter` only where it stands first. */
  | {
      readonly kind: 'command'
      readonly id: string
      readonly title: string
      readonly command: BrowserCommand
      readonly runsAtEnter: boolean
    }
  /** Something that was understood and cannot be done. Choosing it does nothing. */
  | { readonly kind: 'notYet'; readonly id: string; readonly title: string }
  /** A question to the page in view. */
  | { readonly kind: 'ask'; readonly id: string; readonly question: string }
  | {
      readonly kind: 'tab'
      readonly id: string
      readonly tabId: string
      readonly title: string
      readonly url: string
    }
  | { readonly kind: 'bookmark'; readonly id: string; readonly title: string; readonly url: string }
  /** To look for it in what was read. */
  | { readonly kind: 'recall'; readonly id: string; readonly query: string }
  | {
      readonly kind: 'history'
      readonly id: string
      readonly title: string
      readonly url: string
      readonly visits: number
    }

const mostTabs = 2
const mostHistory = 5
const mostBookmarks = 3
/** Fewer words are a name rather than a memory. */
const leastWordsToRecall = 2

export interface SuggestionSources {
  readonly typed: string
  readonly completion: string | null
  readonly tabs: readonly TabState[]
  readonly activeTabId: string | null
  readonly history: readonly HistoryEntry[]
  readonly bookmarks?: readonly { readonly title: string; readonly url: string }[]
  /** What the words may mean besides a search; null while it is not known. */
  readonly reading: OmniboxReading | null
}

/**
 * Rows for what was typed: first what Enter would do now, then the typed text as it is, what else it may mean, open tabs,
 * bookmarks and history, and at last the way into what was read. No address stands twice.
 */
export function suggestionsFor(sources: SuggestionSources): Suggestion[] {
  const { typed, completion, tabs, activeTabId, history, reading } = sources
  const input = typed.trim()
  if (input === '') return []
  const command = commandRow(reading, completion)
  const leads = command?.kind === 'command' && command.runsAtEnter
  const isPage = tabs.some(tab => tab.id === activeTabId && tab.content.kind === 'page')
  const words = input.toLowerCase().split(/\s+/)
  const matching = tabs
    .filter(tab => tab.id !== activeTabId && tab.url !== '')
    .filter(tab => words.every(word => `${tab.title} ${tab.url}`.toLowerCase().includes(word)))
    .slice(0, mostTabs)
  const kept = (sources.bookmarks ?? [])
    .filter(({ url }) => !matching.some(tab => tab.url === url))
    .slice(0, mostBookmarks)
  const shown = new Set([...matching, ...kept].map(({ url }) => url))
  return [
    ...(completion === null ? [] : [{ kind: 'completed', id: 'completed', input: completion } as const]),
    ...(command !== null && leads ? [command] : []),
    { kind: 'typed', id: 'typed', input },
    ...(reading?.isQuestion === true && isPage ? [{ kind: 'ask', id: 'ask', question: input } as const] : []),
    ...(command === null || leads ? [] : [command]),
    ...matching.map(
      (tab): Suggestion => ({
        kind: 'tab',
        id: `tab-${tab.id}`,
        tabId: tab.id,
        title: tab.title,
        url: tab.url,
      }),
    ),
    ...kept.map(
      ({ title, url }, position): Suggestion => ({
        kind: 'bookmark',
        id: `bookmark-${position}`,
        title,
        url,
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
    ...(words.length < leastWordsToRecall ? [] : [{ kind: 'recall', id: 'recall', query: input } as const]),
  ]
}

/** Who completes an address means no command: there it is only offered. */
function commandRow(reading: OmniboxReading | null, completion: string | null): Suggestion | null {
  const offer = reading?.offer ?? null
  switch (offer?.kind) {
    case undefined:
      return null
    case 'notYet':
      return { kind: 'notYet', id: 'command', title: offer.title }
    case 'ready': {
      const { title, command } = offer
      return {
        kind: 'command',
        id: 'command',
        title,
        command,
        runsAtEnter: offer.runsAtEnter && completion === null,
      }
    }
  }
}
