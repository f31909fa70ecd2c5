/** What a key combination asks for while the UI itself has the focus. */
export type Command =
  | { readonly kind: 'newTab' }
  | { readonly kind: 'newPrivateTab' }
  | { readonly kind: 'closeTab' }
  | { readonly kind: 'reopenTab' }
  | { readonly kind: 'focusOmnibox' }
  | { readonly kind: 'reload' }
  | { readonly kind: 'back' }
  | { readonly kind: 'forward' }
  | { readonly kind: 'nextTab' }
  | { readonly kind: 'previousTab' }
  /** Counted from 0; 'last' is Ctrl+9. */
  | { readonly kind: 'showTab'; readonly position: number | 'last' }
  | { readonly kind: 'toggleProcesses' }
  | { readonly kind: 'analyze' }
  | { readonly kind: 'history' }
  | { readonly kind: 'downloads' }
  | { readonly kind: 'bookmarks' }
  /** Keeps the page in view as a bookmark. */
  | { readonly kind: 'keepPage' }
  | { readonly kind: 'network' }
  | { readonly kind: 'overview' }
  | { readonly kind: 'map' }
  /** The article of the page in view, in our own type. */
  | { readonly kind: 'reader' }
  | { readonly kind: 'settings' }
  | { readonly kind: 'zoom'; readonly to: 'in' | 'out' | 'reset' }
  | { readonly kind: 'organise' }
  | { readonly kind: 'nextPane' }
  | { readonly kind: 'closePanel' }

export interface KeyPress {
  readonly key: string
  readonly ctrlKey: boolean
  readonly shiftKey: boolean
  readonly altKey: boolean
  readonly metaKey: boolean
}

/** The command of a key press, or null. On macOS the Command key stands for Ctrl, except where Ctrl+Tab is meant. */
export function commandOf(press: KeyPress, isMac: boolean): Command | null {
  const main = isMac ? press.metaKey : press.ctrlKey
  const key = press.key.length === 1 ? press.key.toLowerCase() : press.key
  if (press.ctrlKey && key === 'Tab') return { kind: press.shiftKey ? 'previousTab' : 'nextTab' }
  if (main && press.altKey && key === 'r') return { kind: 'reader' }
  if (main && press.shiftKey && !press.altKey) {
    switch (key) {
      case 't':
        return { kind: 'reopenTab' }
      case 'n':
        return { kind: 'newPrivateTab' }
      case 'a':
        return { kind: 'analyze' }
      case 'o':
        return { kind: 'bookmarks' }
      case '+':
      case '=':
        return { kind: 'zoom', to: 'in' }
      case 'e':
        return { kind: 'network' }
      case ' ':
        return { kind: 'overview' }
      case 'm':
        return { kind: 'map' }
      default:
        return null
    }
  }
  if (main && !press.altKey) return commandWithMain(key)
  if (press.altKey && !press.ctrlKey && !press.metaKey && !press.shiftKey) {
    if (key === 'ArrowLeft') return { kind: 'back' }
    if (key === 'ArrowRight') return { kind: 'forward' }
    if (key === 'd') return { kind: 'focusOmnibox' }
    return null
  }
  if (press.altKey || press.ctrlKey || press.metaKey) return null
  if (key === 'Escape') return { kind: press.shiftKey ? 'toggleProcesses' : 'closePanel' }
  if (press.shiftKey) return null
  if (key === 'F5') return { kind: 'reload' }
  if (key === 'F6') return { kind: 'nextPane' }
  return null
}

function commandWithMain(key: string): Command | null {
  if (/^[1-8]$/.test(key)) return { kind: 'showTab', position: Number(key) - 1 }
  switch (key) {
    case '9':
      return { kind: 'showTab', position: 'last' }
    case 't':
      return { kind: 'newTab' }
    case 'w':
    case 'F4':
      return { kind: 'closeTab' }
    case 'l':
    case 'k':
      return { kind: 'focusOmnibox' }
    case 'r':
      return { kind: 'reload' }
    case 'd':
      return { kind: 'keepPage' }
    case 'h':
      return { kind: 'history' }
    case 'j':
      return { kind: 'downloads' }
    case ',':
      return { kind: 'settings' }
    // "+" is Shift and "=" on many keyboards, and a key of its own on others
    case '=':
    case '+':
      return { kind: 'zoom', to: 'in' }
    case '-':
      return { kind: 'zoom', to: 'out' }
    case '0':
      return { kind: 'zoom', to: 'reset' }
    case 'PageDown':
      return { kind: 'nextTab' }
    case 'PageUp':
      return { kind: 'previousTab' }
    default:
      return null
  }
}

/** The tab to show for a command, or null when it names none. */
export function tabForCommand(
  command: Command,
  tabIds: readonly string[],
  activeTabId: string | null,
): string | null {
  const count = tabIds.length
  if (count === 0) return null
  const current = activeTabId === null ? -1 : tabIds.indexOf(activeTabId)
  switch (command.kind) {
    case 'nextTab':
      return tabIds[(current + 1) % count] ?? null
    case 'previousTab':
      return tabIds[(current - 1 + count) % count] ?? null
    case 'showTab':
      return tabIds[command.position === 'last' ? count - 1 : command.position] ?? null
    case 'newTab':
    case 'newPrivateTab':
    case 'closeTab':
    case 'reopenTab':
    case 'focusOmnibox':
    case 'reload':
    case 'back':
    case 'forward':
    case 'toggleProcesses':
    case 'analyze':
    case 'history':
    case 'downloads':
    case 'bookmarks':
    case 'keepPage':
    case 'network':
    case 'overview':
    case 'map':
    case 'reader':
    case 'settings':
    case 'zoom':
    case 'organise':
    case 'nextPane':
    case 'closePanel':
      return null
  }
}
