import type { NavigationEntry, NavigationHistory, WebContents } from 'electron'
import type { SleepingPage } from '../controller/sleeping-page.ts'

/** What a page put into its place in the history; more than this it does without. */
const longestPageState = 100_000

/** Where the page of a tab has been. */
export function historyOf({
  navigationHistory,
}: Pick<WebContents, 'navigationHistory'>): SleepingPage['history'] {
  return {
    index: navigationHistory.getActiveIndex(),
    entries: navigationHistory.getAllEntries().map(withoutLongState),
  }
}

/**
 * Loads the page that a history stands at, in contents that have shown nothing yet, with what was before and after it.
 * False where that cannot be done, and nothing was.
 */
export function restoreHistory(
  contents: { getURL(): string; readonly navigationHistory: Pick<NavigationHistory, 'restore'> },
  { url, history: { entries, index } }: SleepingPage,
): boolean {
  if (contents.getURL() !== '' || entries[index]?.url !== url) return false
  // A failed load arrives as did-fail-load; the promise says the same again.
  contents.navigationHistory.restore({ entries: [...entries], index }).catch(() => {})
  return true
}

function withoutLongState(entry: NavigationEntry): NavigationEntry {
  const { url, title, pageState } = entry
  return pageState === undefined || pageState.length > longestPageState ? { url, title } : entry
}
