import type { TabState, WindowState } from '../../contracts/browser.ts'
import type { BrowserLink } from '../system/browser-link.ts'
import type { Act, Attempt } from '../system/use-browser.ts'
import { focusNextPane } from './panes.ts'
import { type Command, tabForCommand } from './shortcuts.ts'
import type { OpenParts } from './use-open-parts.ts'
import type { WindowActions } from './use-window-actions.ts'

export interface CommandHands {
  readonly link: BrowserLink
  readonly act: Act
  readonly attempt: Attempt
  readonly state: WindowState
  readonly tab: TabState | null
  readonly parts: OpenParts
  readonly actions: WindowActions
}

/** Does what a key combination asks for. False when there was nothing to do, so that the key goes on to others. */
export function runCommand(command: Command, hands: CommandHands): boolean {
  const { act, actions, parts, tab } = hands
  switch (command.kind) {
    case 'newTab':
      actions.newTab()
      return true
    case 'newPrivateTab':
      actions.library.newPrivateTab()
      return true
    case 'closeTab':
      actions.onTab('closeTab')
      return true
    case 'reopenTab':
      act('reopenTab', {})
      return true
    case 'focusOmnibox':
      actions.focusOmnibox()
      return true
    case 'reload':
      actions.onTab('reload')
      return true
    case 'back':
      if (tab?.canGoBack) actions.onTab('goBack')
      return true
    case 'forward':
      if (tab?.canGoForward) actions.onTab('goForward')
      return true
    case 'nextTab':
    case 'previousTab':
    case 'showTab':
      showTab(command, hands)
      return true
    case 'toggleProcesses':
      parts.toggleDock()
      return true
    case 'analyze':
      actions.analyze()
      return true
    case 'overview':
    case 'map':
      parts.toggleSurface(command.kind)
      return true
    case 'history':
    case 'reader':
    case 'downloads':
    case 'bookmarks':
    case 'network':
      parts.openCover(command.kind)
      return true
    case 'keepPage':
      document.getElementById('bookmark-star')?.click()
      return true
    case 'zoom':
      if (tab !== null) {
        hands.attempt('change the zoom', () =>
          hands.link.area('sites').zoom({ tabId: tab.id, to: command.to }),
        )
      }
      return true
    case 'settings':
      parts.openSidePanel('settings')
      return true
    case 'organise':
      document.getElementById('organise-tabs')?.click()
      return true
    case 'nextPane':
      focusNextPane(document, document.activeElement)
      return true
    case 'closePanel':
      return parts.closeTop(tab?.isLoading ? () => actions.onTab('stop') : null)
  }
}

function showTab(command: Command, { state, actions }: CommandHands): void {
  const wanted = tabForCommand(
    command,
    state.tabs.map(candidate => candidate.id),
    state.activeTabId,
  )
  if (wanted !== null) actions.showTab(wanted)
}
