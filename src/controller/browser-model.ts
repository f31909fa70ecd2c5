import type { ActorRefFrom } from 'xstate'
import type { Notice } from '../../contracts/browser.ts'
import type { SavedTab, Settings } from '../../contracts/storage.ts'
import type { TabGroup } from './tab-groups.ts'
import type { tabMachine } from './tab-machine.ts'
import type { ScrollPlace, TabEvent, TabId } from './tab-model.ts'

/** A tab of the last run. */
export type RestoredTab = SavedTab & {
  readonly isPinned?: boolean
  readonly scroll?: ScrollPlace
  /** Not loaded before the person asks. */
  readonly isHeldBack?: boolean
}

/** A tab that can be reopened. */
export interface ClosedTab {
  /** That of the tab that it was. */
  readonly id: TabId
  readonly url: string
  readonly title: string
  readonly position: number
  readonly isPinned: boolean
  readonly scroll: ScrollPlace
  /** Milliseconds since the epoch. */
  readonly closedAt: number
}

export interface BrowserInput {
  /** Makes ids that are unique over the life of the profile. */
  readonly makeTabId: () => TabId
  /** Milliseconds since the epoch. */
  readonly now: () => number
}

export interface BrowserContext extends BrowserInput {
  /** In the order of the tab strip. */
  readonly tabs: readonly OpenTab[]
  readonly activeTabId: TabId | null
  /** Latest last. */
  readonly closed: readonly ClosedTab[]
  readonly notices: readonly Notice[]
  readonly settings: Settings
}

export interface OpenTab {
  readonly id: TabId
  readonly isEphemeral: boolean
  readonly isPrivate: boolean
  /** It stands in front, narrow, and is not closed together with others. */
  readonly isPinned: boolean
  /** The name of its group; null for a tab that stands alone. */
  readonly group: string | null
  readonly ref: ActorRefFrom<typeof tabMachine>
}

export type BrowserEvent =
  /** Storage has answered, or was given up: the saved tabs, the addresses of the command line, the settings. */
  | {
      readonly type: 'restore'
      readonly saved: readonly RestoredTab[]
      /** Latest last. */
      readonly closed?: readonly ClosedTab[]
      readonly urls: readonly string[]
      readonly settings: Settings
    }
  | {
      readonly type: 'tab.open'
      readonly url: string | null
      readonly isInBackground: boolean
      readonly afterTabId: TabId | null
      /** As the tab that it was opened from, where it is not said. */
      readonly isPrivate?: boolean
      readonly isPinned?: boolean
      /** How far down the page was when it was closed. */
      readonly scroll?: ScrollPlace
    }
  /** A tab with an id chosen by the caller, outside the session; for the command line. */
  | { readonly type: 'tab.openEphemeral'; readonly id: TabId; readonly url: string }
  | { readonly type: 'tab.close'; readonly tabId: TabId }
  | { readonly type: 'tab.activate'; readonly tabId: TabId }
  | { readonly type: 'tab.move'; readonly tabId: TabId; readonly position: number }
  | { readonly type: 'tab.pin'; readonly tabId: TabId; readonly isPinned: boolean }
  /** The same address in another tab beside it. */
  | { readonly type: 'tab.duplicate'; readonly tabId: TabId }
  /** The latest closed one, where none is named. */
  | { readonly type: 'tab.reopen'; readonly closedId?: TabId }
  /** The person wants no trace of these. */
  | { readonly type: 'closed.forget'; readonly closedIds: readonly TabId[] }
  /** These groups instead of those there were. */
  | { readonly type: 'tabs.group'; readonly groups: readonly TabGroup[] }
  | { readonly type: 'tab.tell'; readonly tabId: TabId; readonly event: TabEvent }
  | { readonly type: 'notice.add'; readonly notice: Notice }
  | { readonly type: 'notice.dismiss'; readonly id: string }
  | { readonly type: 'settings.changed'; readonly settings: Settings }
  | { readonly type: 'quit' }
