import type { BrowserSnapshot } from '../../controller/browser-machine.ts'
import type { TabSnapshot } from '../../controller/tab-machine.ts'
import { siteOf } from '../../tabs/site.ts'
import type { TabView } from '../../tabs/tab-view.ts'
import type { SeenPage } from './page-processes.ts'
import type { TabFrames } from './tab-frames.ts'

/** The progress of a page whose document has come. */
const committed = 0.4

/** Tabs as the book of processes has to know them. Reads what is there and asks nobody. */
export function seenPages(
  { context }: BrowserSnapshot,
  findView: (tabId: (typeof context.tabs)[number]['id']) => TabView | null,
  frames: TabFrames,
): SeenPage[] {
  return context.tabs.map(tab =>
    seenPage(tab.ref.getSnapshot(), findView(tab.id), tab.id === context.activeTabId, frames),
  )
}

function seenPage(
  snapshot: TabSnapshot,
  view: TabView | null,
  isActive: boolean,
  frames: TabFrames,
): SeenPage {
  const { id, url, isPrivate, isLoading, isFrozen, progress, gone } = snapshot.context
  const { page } = snapshot.value
  const pid = view?.pid ?? null
  return {
    tabId: id,
    pid,
    site: siteOf(url),
    isPrivate,
    isInView: isActive && (page === 'page' || page === 'waiting'),
    isLoading,
    isFrozen,
    hasDocument: progress >= committed || !isLoading,
    loss: page === 'gone' ? gone : null,
    frames: view === null || pid === null ? [] : frames.of(view),
  }
}
