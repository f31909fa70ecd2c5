import { readTypedText } from '../../contracts/address.ts'
import type { OmniboxReading, PlainCommand } from '../../contracts/command.ts'
import { type Intent, offeredFrom } from '../../contracts/intent.ts'
import { type CommandReading, isDestructive, type OpenTabs, plain, readCommand } from './read-command.ts'

export interface OmniboxReaderOptions {
  /** Asks the AI process; rejects when it is not there. */
  readonly interpret: (text: string, signal: AbortSignal) => Promise<Intent>
  readonly tabs: () => OpenTabs
}

/** Shorter text means nothing yet; longer text is none that anybody says to a browser. */
const leastLetters = 3
const mostLetters = 400

const none: OmniboxReading = { offer: null, isQuestion: false }

/** Words that say one thing only, and need no model. */
const phrases = new Map<string, PlainCommand>([
  ...entries(
    'fullScreen',
    'full screen',
    'fullscreen',
    'go full screen',
    'enter full screen',
    'full screen mode',
  ),
  ...entries(
    'leaveFullScreen',
    'exit full screen',
    'leave full screen',
    'exit fullscreen',
    'end full screen',
  ),
  ...entries(
    'quit',
    'quit',
    'quit nexus',
    'exit nexus',
    'close nexus',
    'close the browser',
    'quit the browser',
  ),
  ...entries('stop', 'stop', 'stop loading', 'stop loading this page', 'cancel loading'),
  ...entries('keepPage', 'bookmark this page', 'bookmark this', 'add bookmark', 'keep this page'),
  ...entries('bookmarks', 'bookmarks', 'show bookmarks', 'open bookmarks', 'show my bookmarks'),
  ...entries('downloads', 'downloads', 'show downloads', 'open downloads', 'show my downloads'),
  ...entries('privateTab', 'private tab', 'new private tab', 'open a private tab', 'incognito'),
  ...entries('pinTab', 'pin this tab', 'pin tab'),
  ...entries('unpinTab', 'unpin this tab', 'unpin tab'),
  ...entries('processes', 'processes', 'show processes', 'open processes', 'task manager', 'process manager'),
])

function entries(command: PlainCommand, ...words: readonly string[]): (readonly [string, PlainCommand])[] {
  return words.map(word => [word, command] as const)
}

/**
 * What words in the omnibox mean besides a search. Addresses never reach a model, and when the AI process is not there
 * nothing is offered: whatever is typed can always be searched for.
 */
export class OmniboxReader {
  readonly #options: OmniboxReaderOptions

  constructor(options: OmniboxReaderOptions) {
    this.#options = options
  }

  /** Never rejects but when taken back. */
  async read(input: string, signal: AbortSignal): Promise<OmniboxReading> {
    const text = input.trim()
    if (text.length > mostLetters || readTypedText(text).kind !== 'words') return none
    const phrase = phrases.get(text.toLowerCase().replace(/[.!]+$/, ''))
    if (phrase !== undefined) return { offer: offerOf(plain(phrase), true), isQuestion: false }
    if (text.length < leastLetters) return none
    const intent = await this.#options.interpret(text, signal).catch(() => null)
    signal.throwIfAborted()
    switch (intent?.kind) {
      case undefined:
      case 'search':
        return none
      case 'question':
        return { offer: null, isQuestion: true }
      case 'command': {
        if (intent.confidence < offeredFrom) return none
        const reading = readCommand(intent.action, text, this.#options.tabs())
        return { offer: offerOf(reading, intent.isCertain), isQuestion: intent.action === 'ask_page' }
      }
    }
  }
}

/** What cannot be done is said only to who surely asked for it. */
function offerOf(reading: CommandReading, isCertain: boolean): OmniboxReading['offer'] {
  switch (reading.kind) {
    case 'nothing':
      return null
    case 'notYet':
      return isCertain ? reading : null
    case 'ready':
      return { ...reading, runsAtEnter: isCertain && !isDestructive(reading.command) }
  }
}
