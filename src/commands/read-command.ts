import type { BrowserCommand, PlainCommand } from '../../contracts/command.ts'
import type { CommandAction } from '../../contracts/intent.ts'
import {
  clearingOf,
  muteOf,
  pinOf,
  placeOf,
  reloadOf,
  stepOf,
  subjectOf,
  themeOf,
  zoomOf,
} from './details.ts'

/** A tab as far as commands name it. */
export interface NamedTab {
  readonly id: string
  readonly title: string
  readonly url: string
}

export interface OpenTabs {
  /** In the order of the tab strip. */
  readonly tabs: readonly NamedTab[]
  readonly activeTabId: string | null
}

/** What a request comes to here and now. */
export type CommandReading =
  | { readonly kind: 'ready'; readonly title: string; readonly command: BrowserCommand }
  /** Understood, but Nexus has no such thing. */
  | { readonly kind: 'notYet'; readonly title: string }
  /** There is nothing that it could be done to: no other tab, no tab of that name. */
  | { readonly kind: 'nothing' }

const nothing: CommandReading = { kind: 'nothing' }

export const plainTitles: Readonly<Record<PlainCommand, string>> = {
  closeTab: 'Close this tab',
  newTab: 'Open a new tab',
  privateTab: 'Open a private tab',
  reopenTab: 'Reopen the closed tab',
  nextTab: 'Go to the next tab',
  previousTab: 'Go to the previous tab',
  reload: 'Reload this page',
  reloadFresh: 'Reload this page without its stored copy',
  reloadAll: 'Reload all tabs',
  stop: 'Stop loading',
  goBack: 'Go back',
  goForward: 'Go forward',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  zoomReset: 'Show at normal size',
  mute: 'Mute this tab',
  unmute: 'Unmute this tab',
  muteAll: 'Mute all tabs',
  unmuteAll: 'Unmute all tabs',
  print: 'Print this page',
  copyLink: 'Copy the address of this page',
  fullScreen: 'Enter full screen',
  leaveFullScreen: 'Leave full screen',
  darkTheme: 'Use the dark theme',
  lightTheme: 'Use the light theme',
  systemTheme: 'Use the theme of the system',
  analyze: 'Summarise this page',
  processes: 'Show processes',
  settings: 'Open settings',
  history: 'Open history',
  bookmarks: 'Open bookmarks',
  downloads: 'Open downloads',
  keepPage: 'Bookmark this page',
  pinTab: 'Pin this tab',
  unpinTab: 'Unpin this tab',
  organise: 'Organise tabs by what they are about',
  quit: 'Quit Nexus',
}

const notYetTitles = {
  adblock: 'Block advertisements and trackers',
  devtools: 'Open developer tools',
  extensions: 'Manage extensions',
  fill: 'Fill in forms and passwords',
  find_in_page: 'Find on this page',
  mail_page: 'Send this page',
  new_window: 'Open a new window',
  play: 'Play or pause',
  screenshot: 'Keep a picture or a PDF of this page',
  reader_mode: 'Show the text only, or read it aloud',
  sleep_tabs: 'Put tabs to sleep',
  split_view: 'Show two pages side by side',
  translate_page: 'Translate this page',
  workspace: 'Switch workspaces',
} as const satisfies { readonly [Action in CommandAction]?: string }

/** Reads the details of a request whose action is known. Pure; `input` is what was typed. */
export function readCommand(action: CommandAction, input: string, open: OpenTabs): CommandReading {
  const text = input.toLowerCase()
  switch (action) {
    case 'close_tab':
      return plain('closeTab')
    case 'close_other_tabs':
      return closing(
        'Close other tabs',
        open.tabs.filter(tab => tab.id !== open.activeTabId),
      )
    case 'close_duplicates':
      return closing('Close duplicate tabs', duplicatesOf(open))
    case 'close_tabs_by': {
      const subject = subjectOf(text)
      return closing(`Close tabs about ${subject.join(' ')}`, tabsAbout(subject, open.tabs))
    }
    case 'new_tab':
      return plain('newTab')
    case 'reopen_tab':
      return plain('reopenTab')
    case 'switch_tab':
      return switching(text, open)
    case 'summarize_page':
      return plain('analyze')
    case 'ask_page':
      // offered as a question
      return nothing
    case 'open_history':
      return plain('history')
    case 'bookmark_page':
      return plain('keepPage')
    case 'open_bookmarks':
      return plain('bookmarks')
    case 'open_downloads':
      return plain('downloads')
    case 'private_window':
      return plain('privateTab')
    case 'pin_tab':
      return plain(pinOf(text))
    case 'group_tabs':
      return plain('organise')
    case 'clear_data':
      return clearing(clearingOf(text))
    case 'dark_mode':
      return plain(themeOf(text))
    case 'zoom':
      return plain(zoomOf(text))
    case 'mute':
      return plain(muteOf(text))
    case 'print':
      return plain('print')
    case 'copy_link':
      return plain('copyLink')
    case 'reload':
      return plain(reloadOf(text))
    case 'go_back':
      return plain(/\b(?:forwards?|next)\b/.test(text) ? 'goForward' : 'goBack')
    case 'settings':
      return plain('settings')
    default:
      return { kind: 'notYet', title: notYetTitles[action] }
  }
}

/** Cannot be taken back by a press of a key, or takes much away at once. */
export function isDestructive(command: BrowserCommand): boolean {
  return command.kind === 'closeTabs' || command.kind === 'clearData' || command.kind === 'quit'
}

export function plain(kind: PlainCommand): CommandReading {
  return { kind: 'ready', title: plainTitles[kind], command: { kind } }
}

function closing(words: string, tabs: readonly NamedTab[]): CommandReading {
  if (tabs.length === 0) return nothing
  const title = `${words} (${tabs.length})`
  return { kind: 'ready', title, command: { kind: 'closeTabs', tabIds: tabs.map(tab => tab.id) } }
}

/** All but one of the tabs that show one address; the tab in view stays. */
function duplicatesOf({ tabs, activeTabId }: OpenTabs): readonly NamedTab[] {
  const kept = new Map<string, string>()
  for (const tab of tabs) {
    if (tab.url !== '' && (tab.id === activeTabId || !kept.has(tab.url))) kept.set(tab.url, tab.id)
  }
  return tabs.filter(tab => tab.url !== '' && kept.get(tab.url) !== tab.id)
}

function tabsAbout(subject: readonly string[], tabs: readonly NamedTab[]): readonly NamedTab[] {
  if (subject.length === 0) return []
  return tabs.filter(tab => {
    const words = `${tab.title} ${tab.url}`.toLowerCase()
    return subject.every(word => words.includes(word))
  })
}

function switching(text: string, { tabs, activeTabId }: OpenTabs): CommandReading {
  const place = placeOf(text)
  const placed = place === null ? undefined : tabs.at(place)
  const step = stepOf(text)
  if (placed === undefined && step !== null) return tabs.length < 2 ? nothing : plain(step)
  const others = tabs.filter(tab => tab.id !== activeTabId)
  const found = placed ?? tabsAbout(subjectOf(text), others)[0]
  if (found === undefined) return nothing
  const title = `Switch to ${found.title === '' ? found.url : found.title}`
  return { kind: 'ready', title, command: { kind: 'switchTab', tabId: found.id } }
}

function clearing(command: BrowserCommand): CommandReading {
  if (command.kind !== 'clearData') return nothing
  const parts = [
    ...(command.history ? ['the whole history'] : []),
    ...(command.cookies ? ['all cookies'] : []),
    ...(command.cache ? ['stored copies of pages'] : []),
  ]
  const title = `Delete ${parts.join(', ').replace(/, ([^,]*)$/, ' and $1')}`
  return { kind: 'ready', title, command }
}
