import { expect, it } from 'vitest'
import type { TabState } from '../../contracts/browser.ts'
import type { MediaTab } from '../../contracts/media-for-chrome.ts'
import type { ProcessRow } from '../../contracts/processes.ts'
import { overviewTabs } from './overview-tabs.ts'

const page: TabState = {
  id: 'tab:1',
  group: null,
  title: 'Tide tables',
  url: 'https://tide.example/',
  site: 'tide.example',
  connection: 'secure',
  iconDataUrl: null,
  isLoading: false,
  progress: 1,
  canGoBack: false,
  canGoForward: false,
  content: { kind: 'page' },
  analysis: { kind: 'none' },
  judgement: null,
  isFrozen: false,
  isAsleep: false,
  isKeptAwake: false,
  pid: 42,
  isPrivate: false,
  isPinned: false,
}
const row: ProcessRow = {
  id: 'renderer:42',
  parentId: 'controller',
  kind: 'tab',
  name: 'tide.example',
  detail: '',
  site: 'tide.example',
  state: 'active',
  pid: 42,
  cpuPercent: 3,
  memoryBytes: 1_000,
  memoryLimitBytes: 2_000,
  uptimeMs: 1,
  messagesIn: 0,
  messagesOut: 0,
  restarts: 0,
  networkBytesPerSecond: null,
  priority: null,
  actions: ['end'],
  tabIds: ['tab:1'],
}
const song: MediaTab = {
  tabId: 'tab:1',
  title: '',
  artist: '',
  album: '',
  artworkDataUrl: null,
  site: 'tide.example',
  isPlaying: true,
  isAudible: true,
  isTabMuted: false,
  isSiteMuted: false,
  autoplay: null,
  durationSeconds: null,
  positionSeconds: null,
  canSeek: false,
  hasNext: false,
  hasPrevious: false,
  gainDecibels: null,
}
const sceneOf = (tabs: readonly TabState[], media: readonly MediaTab[] = []) =>
  overviewTabs({
    state: { tabs: [...tabs], activeTabId: 'tab:1' },
    media,
    processes: [row, { ...row, id: 'frame:9', pid: 9, memoryBytes: 7 }],
    usedAt: new Map([['tab:1', 5]]),
  })

it('tells of a tab what it costs, by its own process and not by one of its frames', () => {
  expect(sceneOf([page]).tabs[0]).toMatchObject({
    state: 'open',
    cpuPercent: 3,
    memoryBytes: 1_000,
    memoryLimitBytes: 2_000,
    lastUsedAt: 5,
  })
})

it.each([
  [{ isLoading: true }, 'loading'],
  [{ pid: null }, 'sleeping'],
  [{ content: { kind: 'newTab' } }, 'unloaded'],
  [{ content: { kind: 'gone', reason: 'crashed', exitCode: 1, isRepeated: false, end: null } }, 'stopped'],
] as const)('%j is %s', (change, state) =>
  expect(sceneOf([{ ...page, ...change }]).tabs[0]?.state).toBe(state),
)

it.each([
  [song, 'playing'],
  [{ ...song, isSiteMuted: true }, 'muted'],
  [{ ...song, isPlaying: false }, 'none'],
])('sounds as it is heard %#', (media, sound) => expect(sceneOf([page], [media]).tabs[0]?.sound).toBe(sound))

it('names each group once, and nothing costs what is not measured', () => {
  const scene = sceneOf([
    { ...page, id: 'tab:2', group: 'Sea' },
    { ...page, id: 'tab:3', group: 'Sea' },
  ])
  expect(scene.groups.map(({ name }) => name)).toEqual(['Sea'])
  expect(scene.tabs.map(tab => [tab.memoryBytes, tab.lastUsedAt])).toEqual([
    [null, 0],
    [null, 0],
  ])
})
