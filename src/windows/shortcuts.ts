import type { BrowserEvent } from '../controller/browser-model.ts'

/** A key as the engine reports it before a page sees it. */
export interface PressedKey {
  readonly key: string
  readonly control: boolean
  readonly shift: boolean
  readonly alt: boolean
}

/** What a shortcut means while a page has the focus. */
export type ShortcutMeaning =
  | {
      readonly kind: 'ui'
      readonly name:
        | 'focusOmnibox'
        | 'toggleProcesses'
        | 'analyze'
        | 'history'
        | 'downloads'
        | 'bookmarks'
        | 'keepPage'
        | 'network'
        | 'settings'
        | 'overview'
        | 'map'
        | 'reader'
    }
  | { readonly kind: 'activeTab'; readonly intent: 'reload' | 'goBack' | 'goForward' | 'close' }
  | { readonly kind: 'browser'; readonly event: BrowserEvent }
  | { readonly kind: 'step'; readonly by: 1 | -1 }
  | { readonly kind: 'position'; readonly position: number }
  | { readonly kind: 'zoom'; readonly to: 'in' | 'out' | 'reset' }

const newTab = { type: 'tab.open', url: null, isInBackground: false, afterTabId: null } as const

/**
 * The shortcuts that hold wherever the focus is. A page cannot take them: they are read before it sees the key. The
 * chrome UI has the same ones in its own document.
 */
export function readShortcut(input: PressedKey): ShortcutMeaning | null {
  const key = input.key.toLowerCase()
  if (input.alt && !input.control) {
    if (key === 'arrowleft') return { kind: 'activeTab', intent: 'goBack' }
    if (key === 'arrowright') return { kind: 'activeTab', intent: 'goForward' }
    return null
  }
  if (!input.control) {
    if (key === 'escape' && input.shift) return { kind: 'ui', name: 'toggleProcesses' }
    if (key === 'f5') return { kind: 'activeTab', intent: 'reload' }
    return null
  }
  if (input.alt) return key === 'r' ? { kind: 'ui', name: 'reader' } : null
  if (key === 'tab') return { kind: 'step', by: input.shift ? -1 : 1 }
  // "+" is Shift and "=" on many keyboards, and a key of its own on others.
  if (key === '+' || key === '=') return { kind: 'zoom', to: 'in' }
  if (input.shift) {
    if (key === 't') return { kind: 'browser', event: { type: 'tab.reopen' } }
    if (key === 'n') return { kind: 'browser', event: { ...newTab, isPrivate: true } }
    if (key === 'a') return { kind: 'ui', name: 'analyze' }
    if (key === 'o') return { kind: 'ui', name: 'bookmarks' }
    if (key === 'e') return { kind: 'ui', name: 'network' }
    if (key === ' ') return { kind: 'ui', name: 'overview' }
    if (key === 'm') return { kind: 'ui', name: 'map' }
    return null
  }
  if (/^[1-9]$/.test(key)) return { kind: 'position', position: Number(key) - 1 }
  switch (key) {
    case '-':
      return { kind: 'zoom', to: 'out' }
    case '0':
      return { kind: 'zoom', to: 'reset' }
    case 'l':
      return { kind: 'ui', name: 'focusOmnibox' }
    case 'd':
      return { kind: 'ui', name: 'keepPage' }
    case 'h':
      return { kind: 'ui', name: 'history' }
    case 'j':
      return { kind: 'ui', name: 'downloads' }
    case ',':
      return { kind: 'ui', name: 'settings' }
    case 'r':
      return { kind: 'activeTab', intent: 'reload' }
    case 'w':
      return { kind: 'activeTab', intent: 'close' }
    case 't':
      return { kind: 'browser', event: newTab }
    default:
      return null
  }
}
