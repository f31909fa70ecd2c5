import { describe, expect, it } from 'vitest'
import { type PressedKey, readShortcut } from './shortcuts.ts'

function press(keys: string): PressedKey {
  const parts = keys.split('+')
  return {
    key: parts.at(-1) ?? '',
    control: parts.includes('Ctrl'),
    shift: parts.includes('Shift'),
    alt: parts.includes('Alt'),
  }
}

describe('shortcuts that hold while a page has the focus', () => {
  it.each([
    ['Shift+Escape', { kind: 'ui', name: 'toggleProcesses' }],
    ['Ctrl+l', { kind: 'ui', name: 'focusOmnibox' }],
    ['Ctrl+h', { kind: 'ui', name: 'history' }],
    ['Ctrl+,', { kind: 'ui', name: 'settings' }],
    ['Ctrl+d', { kind: 'ui', name: 'keepPage' }],
    [
      'Ctrl+Shift+N',
      {
        kind: 'browser',
        event: { type: 'tab.open', url: null, isInBackground: false, afterTabId: null, isPrivate: true },
      },
    ],
    ['Ctrl+r', { kind: 'activeTab', intent: 'reload' }],
    ['F5', { kind: 'activeTab', intent: 'reload' }],
    ['Ctrl+w', { kind: 'activeTab', intent: 'close' }],
    ['Alt+ArrowLeft', { kind: 'activeTab', intent: 'goBack' }],
    ['Ctrl+Tab', { kind: 'step', by: 1 }],
    ['Ctrl+Shift+Tab', { kind: 'step', by: -1 }],
    ['Ctrl+=', { kind: 'zoom', to: 'in' }],
    ['Ctrl+-', { kind: 'zoom', to: 'out' }],
    ['Ctrl+0', { kind: 'zoom', to: 'reset' }],
    ['Ctrl+9', { kind: 'position', position: 8 }],
    ['Ctrl+Shift+T', { kind: 'browser', event: { type: 'tab.reopen' } }],
  ])('%s', (keys, meaning) => expect(readShortcut(press(keys))).toEqual(meaning))

  it.each(['Escape', 'a', 'Shift+A', 'Ctrl+c', 'Ctrl+v', 'Alt+a', 'Enter', 'Ctrl+Alt+x'])(
    '%s stays with the page',
    keys => expect(readShortcut(press(keys))).toBeNull(),
  )
})
