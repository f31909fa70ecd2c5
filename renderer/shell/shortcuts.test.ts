import { expect, test } from 'vitest'
import { commandOf, type KeyPress, tabForCommand } from './shortcuts.ts'

function press(combination: string): KeyPress {
  const parts = combination.split('+')
  return {
    key: parts.at(-1) ?? '',
    ctrlKey: parts.includes('Ctrl'),
    shiftKey: parts.includes('Shift'),
    altKey: parts.includes('Alt'),
    metaKey: parts.includes('Meta'),
  }
}

test.each([
  ['Ctrl+t', { kind: 'newTab' }],
  ['Ctrl+w', { kind: 'closeTab' }],
  ['Ctrl+Shift+T', { kind: 'reopenTab' }],
  ['Ctrl+l', { kind: 'focusOmnibox' }],
  ['Ctrl+r', { kind: 'reload' }],
  ['F5', { kind: 'reload' }],
  ['Alt+ArrowLeft', { kind: 'back' }],
  ['Alt+ArrowRight', { kind: 'forward' }],
  ['Ctrl+Tab', { kind: 'nextTab' }],
  ['Ctrl+Shift+Tab', { kind: 'previousTab' }],
  ['Ctrl+1', { kind: 'showTab', position: 0 }],
  ['Ctrl+=', { kind: 'zoom', to: 'in' }],
  ['Ctrl+-', { kind: 'zoom', to: 'out' }],
  ['Ctrl+0', { kind: 'zoom', to: 'reset' }],
  ['Ctrl+9', { kind: 'showTab', position: 'last' }],
  ['Shift+Escape', { kind: 'toggleProcesses' }],
  ['Escape', { kind: 'closePanel' }],
  ['Ctrl+Shift+A', { kind: 'analyze' }],
  ['Ctrl+h', { kind: 'history' }],
  ['Ctrl+d', { kind: 'keepPage' }],
  ['Ctrl+Shift+N', { kind: 'newPrivateTab' }],
  ['Ctrl+,', { kind: 'settings' }],
  ['F6', { kind: 'nextPane' }],
])('%s', (combination, command) => {
  expect(commandOf(press(combination), false)).toEqual(command)
})

test.each(['a', 'Ctrl+a', 'Ctrl+c', 'Ctrl+v', 'Shift+F5', 'Alt+Ctrl+t', 'Meta+t', 'Ctrl+Alt+ArrowLeft', '1'])(
  '%s is left to the field or the system',
  combination => {
    expect(commandOf(press(combination), false)).toBeNull()
  },
)

test('on macOS the Command key takes the place of Ctrl, but not with Tab', () => {
  expect(commandOf(press('Meta+t'), true)).toEqual({ kind: 'newTab' })
  expect(commandOf(press('Ctrl+t'), true)).toBeNull()
  expect(commandOf(press('Ctrl+Tab'), true)).toEqual({ kind: 'nextTab' })
})

test('tabs are counted around the ends', () => {
  const ids = ['a', 'b', 'c']
  expect([
    tabForCommand({ kind: 'nextTab' }, ids, 'c'),
    tabForCommand({ kind: 'previousTab' }, ids, 'a'),
    tabForCommand({ kind: 'showTab', position: 'last' }, ids, 'a'),
    tabForCommand({ kind: 'showTab', position: 7 }, ids, 'a'),
    tabForCommand({ kind: 'nextTab' }, [], null),
    tabForCommand({ kind: 'reload' }, ids, 'a'),
  ]).toEqual(['a', 'c', 'c', null, null, null])
})
