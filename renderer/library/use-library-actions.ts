import { useMemo } from 'react'
import type { BrowserLink } from '../system/browser-link.ts'
import type { Attempt } from '../system/use-browser.ts'
import type { TabAction } from '../tabs/tab-menu.tsx'

/** What the frame of the window asks of the library. */
export interface LibraryActions {
  newPrivateTab(): void
  /** What was chosen from a tab's menu; muting is not the library's. */
  onTab(tabId: string, url: string, action: Exclude<TabAction, { kind: 'mute' }>): void
}

export function useLibraryActions(
  link: BrowserLink,
  attempt: Attempt,
  actions: {
    onReload(tabId: string): void
    onReopen(): void
    onSleep(tabId: string): void
    onKeepAwake(tabId: string, isKeptAwake: boolean): void
  },
): LibraryActions {
  const { onReload, onReopen, onSleep, onKeepAwake } = actions
  return useMemo(
    () => ({
      newPrivateTab: () =>
        attempt('open a private tab', () => link.area('library').newPrivateTab({ input: null })),
      onTab: (tabId, url, action) => {
        switch (action.kind) {
          case 'reload':
            return onReload(tabId)
          case 'reopen':
            return onReopen()
          case 'sleep':
            return onSleep(tabId)
          case 'keepAwake':
            return onKeepAwake(tabId, action.isKeptAwake)
          case 'duplicate':
            return attempt('duplicate the tab', () => link.area('library').duplicateTab({ tabId }))
          case 'pin':
            return attempt('pin the tab', () =>
              link.area('library').pinTab({ tabId, isPinned: action.isPinned }),
            )
          case 'bookmark':
            return attempt('keep the page', () => link.area('library').keepTab({ tabId }))
          case 'openPrivately':
            return attempt('open a private tab', () => link.area('library').newPrivateTab({ input: url }))
          case 'close':
            return attempt('close the tabs', () =>
              link.area('library').closeTabs({ tabIds: [...action.tabIds] }),
            )
        }
      },
    }),
    [link, attempt, onReload, onReopen, onSleep, onKeepAwake],
  )
}
