import type { Static } from 'typebox'
import * as Type from 'typebox'

/** What a person can ask the browser to do in their own words. */
export const commandActions = [
  'adblock',
  'ask_page',
  'bookmark_page',
  'clear_data',
  'close_duplicates',
  'close_other_tabs',
  'close_tab',
  'close_tabs_by',
  'copy_link',
  'dark_mode',
  'devtools',
  'extensions',
  'fill',
  'find_in_page',
  'go_back',
  'group_tabs',
  'mail_page',
  'mute',
  'new_tab',
  'new_window',
  'open_bookmarks',
  'open_downloads',
  'open_history',
  'pin_tab',
  'play',
  'print',
  'private_window',
  'reader_mode',
  'reload',
  'reopen_tab',
  'screenshot',
  'settings',
  'sleep_tabs',
  'split_view',
  'summarize_page',
  'switch_tab',
  'translate_page',
  'workspace',
  'zoom',
] as const

export const CommandAction = Type.Enum(commandActions)
export type CommandAction = Static<typeof CommandAction>

/** A command that is less likely than this is not even offered: so many rows would be noise. */
export const offeredFrom = 0.35

const Confidence = Type.Number({ minimum: 0, maximum: 1 })

/** What a person most likely means by text that is no address. Confidences are calibrated probabilities. */
export const Intent = Type.Union([
  Type.Object({ kind: Type.Literal('search'), confidence: Confidence }),
  Type.Object({ kind: Type.Literal('question'), confidence: Confidence }),
  Type.Object({
    kind: Type.Literal('command'),
    action: CommandAction,
    /** Sure enough to be done at a press of Enter; otherwise it is only offered. */
    isCertain: Type.Boolean(),
    confidence: Confidence,
  }),
])
export type Intent = Static<typeof Intent>
