import type { Static } from 'typebox'
import * as Type from 'typebox'

const TabId = Type.String({ maxLength: 100 })

/** Commands that need nothing but their name; those of a page are about the tab in view. */
const plainCommands = [
  'closeTab',
  'newTab',
  'privateTab',
  'reopenTab',
  'nextTab',
  'previousTab',
  'reload',
  'reloadFresh',
  'reloadAll',
  'stop',
  'goBack',
  'goForward',
  'zoomIn',
  'zoomOut',
  'zoomReset',
  'mute',
  'unmute',
  'muteAll',
  'unmuteAll',
  'print',
  'copyLink',
  'fullScreen',
  'leaveFullScreen',
  'darkTheme',
  'lightTheme',
  'systemTheme',
  'analyze',
  'processes',
  'settings',
  'history',
  'bookmarks',
  'downloads',
  'keepPage',
  'pinTab',
  'unpinTab',
  'organise',
  'quit',
] as const

/** Something that Nexus can do at a word. */
export const BrowserCommand = Type.Union([
  Type.Object({ kind: Type.Enum(plainCommands) }),
  Type.Object({ kind: Type.Literal('closeTabs'), tabIds: Type.Array(TabId, { maxItems: 10_000 }) }),
  Type.Object({ kind: Type.Literal('switchTab'), tabId: TabId }),
  Type.Object({
    kind: Type.Literal('clearData'),
    history: Type.Boolean(),
    cookies: Type.Boolean(),
    cache: Type.Boolean(),
  }),
])
export type BrowserCommand = Static<typeof BrowserCommand>
export type PlainCommand = (typeof plainCommands)[number]

/** A command as a row of the omnibox. */
export const CommandOffer = Type.Union([
  Type.Object({
    kind: Type.Literal('ready'),
    /** May name a tab. */
    title: Type.String({ maxLength: 2_000, sensitive: true }),
    command: BrowserCommand,
    /** Enter does it; otherwise the person has to choose the row: it is not sure, or it cannot be undone. */
    runsAtEnter: Type.Boolean(),
  }),
  /** Understood, but Nexus has no such thing yet. */
  Type.Object({ kind: Type.Literal('notYet'), title: Type.String({ maxLength: 2_000, sensitive: true }) }),
])
export type CommandOffer = Static<typeof CommandOffer>

/** What words in the omnibox may mean besides a search. */
export const OmniboxReading = Type.Object({
  offer: Type.Union([CommandOffer, Type.Null()]),
  /** A question, which the page in view may answer. */
  isQuestion: Type.Boolean(),
})
export type OmniboxReading = Static<typeof OmniboxReading>
