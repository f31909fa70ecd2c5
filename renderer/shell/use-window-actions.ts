import { type RefObject, useCallback, useMemo } from 'react'
import type { TabState } from '../../contracts/browser.ts'
import { type LibraryActions, useLibraryActions } from '../library/use-library-actions.ts'
import type { BrowserLink } from '../system/browser-link.ts'
import type { Act, Attempt } from '../system/use-browser.ts'
import { coverOfAddress } from './covers.tsx'
import type { OpenParts } from './use-open-parts.ts'

/** What is asked of the tab in view and needs nothing but the tab. */
export type TabMethod =
  | 'goBack'
  | 'goForward'
  | 'reload'
  | 'stop'
  | 'closeTab'
  | 'analyze'
  | 'cancelAnalysis'
  | 'trustSite'
  | 'endPage'
  | 'waitForPage'

/** What a person does with the window's tabs, by whatever button, key or menu. */
export interface WindowActions {
  readonly library: LibraryActions
  readonly canAnalyze: boolean
  onTab(method: TabMethod): void
  /** Opens what was typed: a page of ours over the tab, or an address in it. */
  go(input: string): void
  /** Back to where the person came from; a tab that came from nowhere is closed. */
  leave(): void
  newTab(): void
  showTab(tabId: string): void
  focusOmnibox(): void
  analyze(): void
  toggleAnalysis(): void
  askPage(words: string): void
}

export interface WindowActionsOptions {
  readonly link: BrowserLink
  readonly act: Act
  readonly attempt: Attempt
  readonly tab: TabState | null
  readonly parts: OpenParts
  readonly omnibox: RefObject<HTMLInputElement | null>
}

export function useWindowActions(options: WindowActionsOptions): WindowActions {
  const { link, act, attempt, tab, parts, omnibox } = options
  const tabId = tab?.id ?? null
  const onTab = useCallback(
    (method: TabMethod) => {
      if (tabId !== null) act(method, { tabId })
    },
    [act, tabId],
  )
  const library = useLibraryActions(
    link,
    attempt,
    useMemo(
      () => ({
        onReload: (id: string) => act('reload', { tabId: id }),
        onReopen: () => act('reopenTab', {}),
        onSleep: (id: string) => act('sleepTab', { tabId: id }),
        onKeepAwake: (id: string, isKeptAwake: boolean) => act('keepTabAwake', { tabId: id, isKeptAwake }),
      }),
      [act],
    ),
  )
  const canAnalyze = tab?.content.kind === 'page'
  const analyze = () => {
    parts.openSidePanel('analysis')
    if (canAnalyze && tab.analysis.kind === 'none') onTab('analyze')
  }
  return {
    library,
    canAnalyze,
    onTab,
    go: input => {
      const wanted = coverOfAddress(input)
      if (wanted !== null) {
        parts.openCover(wanted)
        return
      }
      parts.uncover()
      if (tabId === null) act('newTab', { input })
      else act('go', { tabId, input })
    },
    leave: () => {
      if (tab?.canGoBack) {
        onTab('goBack')
        return
      }
      act('newTab', { input: null })
      onTab('closeTab')
    },
    newTab: () => {
      act('newTab', { input: null })
      omnibox.current?.focus()
    },
    showTab: id => act('activateTab', { tabId: id }),
    focusOmnibox: () => {
      omnibox.current?.focus()
      omnibox.current?.select()
    },
    analyze,
    toggleAnalysis: () => {
      if (parts.sidePanel === 'analysis') parts.closeSidePanel()
      else analyze()
    },
    askPage: words => {
      analyze()
      parts.setQuestion(words)
    },
  }
}
