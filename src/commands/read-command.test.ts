import { describe, expect, it } from 'vitest'
import { type CommandAction, commandActions } from '../../contracts/intent.ts'
import { isDestructive, type NamedTab, type OpenTabs, readCommand } from './read-command.ts'

const tab = (id: string, title: string, url = `https://${id}.example/`): NamedTab => ({ id, title, url })
const open: OpenTabs = {
  tabs: [
    tab('a', 'Inbox - Mail'),
    tab('b', 'Potato salad recipes'),
    tab('c', 'Tides'),
    tab('d', 'Potato soup'),
    tab('e', 'Tides', 'https://c.example/'),
  ],
  activeTabId: 'e',
}
const read = (action: CommandAction, text: string, tabs = open) => {
  const reading = readCommand(action, text, tabs)
  if (reading.kind !== 'ready') return reading.kind
  const { kind, ...details } = reading.command
  return Object.keys(details).length === 0 ? kind : [kind, ...Object.values(details)]
}

describe('the details of a request', () => {
  it.each<[CommandAction, string, unknown]>([
    ['zoom', 'zoom in plz', 'zoomIn'],
    ['zoom', 'Zoom OUT', 'zoomOut'],
    ['zoom', 'the letters are too small', 'zoomIn'],
    ['zoom', 'this is too big', 'zoomOut'],
    ['zoom', 'set it back to normal size', 'zoomReset'],
    ['mute', 'mute', 'mute'],
    ['mute', 'unmute it', 'unmute'],
    ['mute', 'turn the sound back on', 'unmute'],
    ['mute', 'silence all tabs', 'muteAll'],
    ['dark_mode', 'go dark', 'darkTheme'],
    ['dark_mode', 'this is too bright', 'darkTheme'],
    ['dark_mode', 'lights off', 'darkTheme'],
    ['dark_mode', 'turn off dark mode', 'lightTheme'],
    ['dark_mode', 'switch to the light theme', 'lightTheme'],
    ['reload', 'refresh', 'reload'],
    ['reload', 'reload without cache', 'reloadFresh'],
    ['reload', 'refresh all tabs', 'reloadAll'],
    ['go_back', 'take me back', 'goBack'],
    ['go_back', 'one page forward', 'goForward'],
    ['clear_data', 'get rid of my cookies', ['clearData', false, true, false]],
    ['clear_data', 'erase everything', ['clearData', true, true, true]],
    ['switch_tab', 'next tab', 'nextTab'],
    ['switch_tab', 'go to the third tab', ['switchTab', 'c']],
    ['switch_tab', 'take me to my mail tab', ['switchTab', 'a']],
    ['switch_tab', 'where is the tab with volcanoes', 'nothing'],
    ['close_other_tabs', 'close others', ['closeTabs', ['a', 'b', 'c', 'd']]],
    ['close_tabs_by', 'close all potato tabs', ['closeTabs', ['b', 'd']]],
    ['close_tabs_by', 'close all the tabs', 'nothing'],
    ['close_duplicates', 'kill dupes', ['closeTabs', ['c']]],
    ['bookmark_page', 'save this page for later', 'keepPage'],
    ['open_bookmarks', 'where are my favourites', 'bookmarks'],
    ['open_downloads', 'show my files', 'downloads'],
    ['private_window', 'go incognito', 'privateTab'],
    ['pin_tab', 'pin this', 'pinTab'],
    ['pin_tab', 'unpin this tab', 'unpinTab'],
    ['pin_tab', 'take the pin off', 'unpinTab'],
    ['translate_page', 'translate this', 'notYet'],
  ])('%s: "%s" is %j', (action, text, expected) => expect(read(action, text)).toEqual(expected))

  it('offers nothing that has nothing to be done to', () => {
    const alone: OpenTabs = { tabs: [tab('a', 'Alone')], activeTabId: 'a' }
    expect(read('close_other_tabs', 'close other tabs', alone)).toBe('nothing')
    expect(read('close_duplicates', 'close duplicates', alone)).toBe('nothing')
    expect(read('switch_tab', 'next tab', alone)).toBe('nothing')
  })

  it('has an answer to every action, and calls destructive what takes much away', () => {
    for (const action of commandActions) {
      const reading = readCommand(action, '\u0000 \ud800 (((', open)
      if (reading.kind !== 'nothing') expect(reading.title).not.toBe('')
      if (reading.kind === 'ready') {
        expect(isDestructive(reading.command)).toBe(/^close_(?!tab$)|clear_data/.test(action))
      }
    }
  })
})
