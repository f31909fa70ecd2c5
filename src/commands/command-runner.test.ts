import { beforeEach, describe, expect, it } from 'vitest'
import type { TabId } from '../controller/tab-model.ts'
import { type CommandHands, CommandRunner, type PageHands } from './command-runner.ts'

const tabIds = ['a', 'b', 'c'].map(id => id as TabId)
let done: unknown[] = []
let level = 0

const page = (id: TabId): PageHands => ({
  zoomLevel: () => level,
  setZoomLevel: next => {
    level = next
  },
  setMuted: isMuted => done.push(['muted', id, isMuted]),
  reloadFresh: () => done.push(['fresh', id]),
  print: async () => 'There is no printer.',
})

const hands: CommandHands = {
  send: event => done.push(event),
  tabs: () => ({
    tabs: tabIds.map(id => ({ id, url: id === 'c' ? '' : `https://${id}.example/` })),
    activeTabId: 'b' as TabId,
  }),
  page: id => (id === 'c' ? null : page(id)),
  show: part => done.push(['show', part]),
  saveTheme: async theme => void done.push(['theme', theme]),
  copyText: text => done.push(['copy', text]),
  clearHistory: async () => void done.push('history'),
  clearCookies: async () => void done.push('cookies'),
  clearCache: async () => void done.push('cache'),
  setFullScreen: isFullScreen => done.push(['fullScreen', isFullScreen]),
  notify: ({ message }) => done.push(message),
  quit: () => done.push('quit'),
}
const runner = new CommandRunner(hands)

beforeEach(() => {
  done = []
  level = 0
})

describe('doing what was asked for', () => {
  it('closes the tabs that were meant and are still there', async () => {
    await runner.run({ kind: 'closeTabs', tabIds: ['a', 'gone', 'c'] })
    expect(done).toEqual([
      { type: 'tab.close', tabId: 'a' },
      { type: 'tab.close', tabId: 'c' },
    ])
  })

  it('pins the tab in view, opens a private one, and shows what is kept', async () => {
    for (const kind of ['pinTab', 'unpinTab', 'privateTab', 'keepPage', 'downloads'] as const) {
      await runner.run({ kind })
    }
    expect(done).toEqual([
      { type: 'tab.pin', tabId: 'b', isPinned: true },
      { type: 'tab.pin', tabId: 'b', isPinned: false },
      { type: 'tab.open', url: null, isInBackground: false, afterTabId: null, isPrivate: true },
      ['show', 'keepPage'],
      ['show', 'downloads'],
    ])
  })

  it('goes round the tabs both ways', async () => {
    await runner.run({ kind: 'nextTab' })
    await runner.run({ kind: 'previousTab' })
    await runner.run({ kind: 'switchTab', tabId: 'gone' })
    expect(done).toEqual([
      { type: 'tab.activate', tabId: 'c' },
      { type: 'tab.activate', tabId: 'a' },
    ])
  })

  it('acts on the tab in view', async () => {
    await runner.run({ kind: 'reload' })
    await runner.run({ kind: 'closeTab' })
    await runner.run({ kind: 'mute' })
    await runner.run({ kind: 'copyLink' })
    expect(done).toEqual([
      { type: 'tab.tell', tabId: 'b', event: { type: 'reload' } },
      { type: 'tab.close', tabId: 'b' },
      ['muted', 'b', true],
      ['copy', 'https://b.example/'],
      'The address of this page was copied.',
    ])
  })

  it('mutes every page that there is', async () => {
    await runner.run({ kind: 'muteAll' })
    expect(done).toEqual([
      ['muted', 'a', true],
      ['muted', 'b', true],
    ])
  })

  it('zooms within what the engine can show', async () => {
    for (let times = 0; times < 30; times++) await runner.run({ kind: 'zoomIn' })
    expect(level).toBe(9)
    for (let times = 0; times < 30; times++) await runner.run({ kind: 'zoomOut' })
    expect(level).toBe(-8)
    await runner.run({ kind: 'zoomReset' })
    expect(level).toBe(0)
  })

  it('clears what was named and says so', async () => {
    await runner.run({ kind: 'clearData', history: true, cookies: false, cache: true })
    expect(done).toEqual(['history', 'cache', 'It was deleted from this computer.'])
  })

  it('says why a page was not printed', async () => {
    await runner.run({ kind: 'print' })
    expect(done).toEqual(['This page was not printed. There is no printer.'])
  })

  it('shows parts of the UI, changes the theme and the window', async () => {
    for (const kind of [
      'analyze',
      'processes',
      'organise',
      'lightTheme',
      'leaveFullScreen',
      'quit',
    ] as const) {
      await runner.run({ kind })
    }
    expect(done).toEqual([
      ['show', 'analyze'],
      ['show', 'toggleProcesses'],
      ['show', 'organise'],
      ['theme', 'light'],
      ['fullScreen', false],
      'quit',
    ])
  })
})
