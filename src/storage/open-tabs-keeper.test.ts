import { beforeEach, expect, it } from 'vitest'
import type { SessionChange, SessionPart, SessionTab } from '../../contracts/storage-sessions.ts'
import type { OpenTab } from '../controller/browser-model.ts'
import type { TabContext, TabId } from '../controller/tab-model.ts'
import { OpenTabsKeeper } from './open-tabs-keeper.ts'

let stored: SessionPart[]
let written: SessionChange[][]
let kept: unknown[]
let keeper: OpenTabsKeeper

beforeEach(() => {
  stored = []
  written = []
  kept = []
  keeper = new OpenTabsKeeper({
    sessions: {
      append: async ({ changes }) => {
        written.push(changes)
        return {}
      },
      keep: async session => {
        kept.push(session)
        return { ...session, windows: 1, tabs: 1 }
      },
      load: () => {
        async function* parts() {
          yield* stored
        }
        return Object.assign(parts(), { result: Promise.resolve({}) })
      },
    },
    write: write => void write(),
    now: () => 77,
  })
})

const settle = () => new Promise(resolve => setImmediate(resolve))
const id = (text: string) => text as TabId

function tab(name: string, rest: Partial<SessionTab> = {}): SessionTab {
  return {
    id: name,
    windowId: 'main',
    groupId: null,
    url: `https://${name}.example/`,
    title: name,
    position: 0,
    isActive: false,
    isPinned: false,
    isMuted: false,
    scroll: { x: 0, y: 40 },
    visited: [],
    visitedIndex: 0,
    activeAt: 5,
    ...rest,
  }
}

const contextOf = (name: string, url = `https://${name}.example/`, y = 40): TabContext =>
  ({ id: id(name), url, title: name, scroll: { x: 0, y } }) as TabContext
const openOf = (name: string, group: string | null = null): OpenTab =>
  ({ id: id(name), group, isPinned: false }) as OpenTab

it('brings back tabs with their groups, and those that were closed, and keeps the run that is over', async () => {
  stored = [
    { kind: 'window', window: { id: 'main', bounds: null, isMaximized: false, isFullScreen: false } },
    { kind: 'group', group: { id: 'g', name: 'Sea', color: null, isCollapsed: false } },
    { kind: 'tab', tab: tab('a', { groupId: 'g', isPinned: true }) },
    { kind: 'closed', closed: { tab: tab('c', { position: 3 }), closedAt: 9 } },
  ]
  expect(await keeper.load()).toEqual({
    saved: [
      {
        id: 'a',
        url: 'https://a.example/',
        title: 'a',
        position: 0,
        isActive: false,
        isPinned: true,
        scroll: { x: 0, y: 40 },
        group: 'Sea',
      },
    ],
    closed: [
      {
        id: 'c',
        url: 'https://c.example/',
        title: 'c',
        position: 3,
        isPinned: false,
        scroll: { x: 0, y: 40 },
        closedAt: 9,
      },
    ],
  })
  expect(kept).toMatchObject([{ name: null, at: 77 }])
})

it('writes what changed in one turn at once, and nothing of what did not', async () => {
  stored = [{ kind: 'tab', tab: tab('a', { isActive: true }) }]
  await keeper.load()
  const open = [openOf('a'), openOf('b', 'Sea')]
  keeper.remember([contextOf('a'), contextOf('b')], open, id('a'))
  await settle()
  expect(written.map(changes => changes.map(change => change.kind))).toEqual([['window', 'group', 'tab']])
  keeper.remember([contextOf('a'), contextOf('b')], open, id('a'))
  await settle()
  expect(written).toHaveLength(1)
})

it('keeps where a page is scrolled to, and when the tab was last in front', async () => {
  stored = [{ kind: 'tab', tab: tab('a') }]
  await keeper.load()
  keeper.remember([contextOf('a')], [openOf('a')], id('a'))
  keeper.remember([contextOf('a', 'https://other.example/', 0)], [openOf('a')], id('a'))
  await settle()
  const tabs = written.flat().flatMap(change => (change.kind === 'tab' ? [change.tab] : []))
  expect(tabs.map(({ scroll, activeAt }) => [scroll.y, activeAt])).toEqual([
    [40, 77],
    [0, 77],
  ])
})

it('says that a tab is gone, closed, or not to be known any more, and that a group has no tab left', async () => {
  stored = [
    { kind: 'group', group: { id: 'Sea', name: 'Sea', color: null, isCollapsed: false } },
    { kind: 'tab', tab: tab('a', { groupId: 'Sea' }) },
    { kind: 'tab', tab: tab('b') },
  ]
  await keeper.load()
  keeper.close({
    id: id('a'),
    url: 'x',
    title: '',
    position: 0,
    isPinned: false,
    scroll: { x: 0, y: 0 },
    closedAt: 5,
  })
  keeper.forget(id('b'))
  keeper.forget(id('never'))
  keeper.forgetClosed(id('a'))
  keeper.remember([], [], null)
  await settle()
  expect(written.flat().filter(change => change.kind !== 'window')).toEqual([
    { kind: 'tabClosed', id: 'a', at: 5 },
    { kind: 'tabGone', id: 'b' },
    { kind: 'closedGone', id: 'a' },
    { kind: 'groupGone', id: 'Sea' },
  ])
})
