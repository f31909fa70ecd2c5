import { describe, expect, it } from 'vitest'
import { createActor } from 'xstate'
import { defaultSettings, type SavedTab } from '../../contracts/storage.ts'
import { browserMachine } from './browser-machine.ts'
import type { RestoredTab } from './browser-model.ts'
import { tabMachine } from './tab-machine.ts'
import type { TabId } from './tab-model.ts'

function start(saved: readonly RestoredTab[] = [], urls: readonly string[] = []) {
  const done: string[] = []
  let count = 0
  const tab = tabMachine.provide({
    actions: {
      load: ({ context }, { url, scroll }) =>
        done.push(`${context.id} loads ${url}${scroll?.y ? ` at ${scroll.y}` : ''}`),
    },
  })
  const machine = browserMachine.provide({
    actors: { tab },
    actions: {
      destroyView: (_, { tabId }) => done.push(`${tabId} destroyed`),
      forgetTab: (_, { tabId }) => done.push(`${tabId} forgotten`),
      rememberClosed: (_, { closed }) => done.push(`${closed.id} closed at ${closed.closedAt}`),
      forgetClosed: (_, { tabId }) => done.push(`${tabId} not to be reopened`),
      endPrivate: () => done.push('private ended'),
    },
  })
  const makeTabId = (): TabId => {
    count += 1
    return `t${count}` as TabId
  }
  const actor = createActor(machine, { input: { makeTabId, now: () => 7_000 } })
  actor.start()
  actor.send({ type: 'restore', saved, urls, settings: defaultSettings })
  return {
    actor,
    done,
    order: () => actor.getSnapshot().context.tabs.map(one => one.id),
    active: () => actor.getSnapshot().context.activeTabId,
    open: (
      url: string | null,
      options: { isInBackground?: boolean; afterTabId?: TabId; isPrivate?: boolean } = {},
    ) => actor.send({ type: 'tab.open', url, isInBackground: false, afterTabId: null, ...options }),
  }
}

const saved: readonly SavedTab[] = [
  { id: 's1', url: 'http://a.test/', title: 'A', position: 0, isActive: false },
  { id: 's2', url: 'http://b.test/', title: 'B', position: 1, isActive: true },
]

describe('the browser', () => {
  it('starts with one new tab when there is nothing to bring back', () => {
    const { active, order } = start()
    expect(order()).toEqual(['t1'])
    expect(active()).toBe('t1')
  })

  it('brings back the tabs of the last run and loads only the one that is shown', () => {
    const { active, done, order } = start(saved)
    expect(order()).toEqual(['s1', 's2'])
    expect(active()).toBe('s2')
    expect(done).toEqual(['s2 loads http://b.test/'])
  })

  it('brings groups back, opens what comes from a grouped tab beside it, and takes groups away', () => {
    const { actor, open } = start(saved.map(tab => ({ ...tab, group: 'Sea' })))
    const groups = () => actor.getSnapshot().context.tabs.map(({ id, group }) => `${id} ${group}`)
    expect(groups()).toEqual(['s1 Sea', 's2 Sea'])
    open('http://c.test/', { afterTabId: 's1' as TabId })
    open('http://d.test/')
    expect(groups()).toEqual(['s1 Sea', 't1 Sea', 's2 Sea', 't2 null'])
    actor.send({ type: 'tabs.group', groups: [{ name: 'Bread', tabs: ['t2', 's1'] }] })
    expect(groups()).toEqual(['s1 Bread', 't2 Bread', 't1 null', 's2 null'])
    actor.send({ type: 'tabs.group', groups: [] })
    expect(groups()).toEqual(['s1 null', 't2 null', 't1 null', 's2 null'])
  })

  it('opens the addresses of the command line after the tabs that came back', () => {
    const { active, done, order } = start(saved, ['http://c.test/'])
    expect(order()).toEqual(['s1', 's2', 't1'])
    expect(active()).toBe('t1')
    expect(done).toEqual(['t1 loads http://c.test/'])
  })

  it('opens a tab beside its opener, in the background when asked', () => {
    const { active, done, open, order } = start(saved)
    open('http://c.test/', { afterTabId: 's1' as TabId, isInBackground: true })
    expect(order()).toEqual(['s1', 't1', 's2'])
    expect(active()).toBe('s2')
    expect(done).toContain('t1 loads http://c.test/')
  })

  it('shows the neighbour of a closed tab and loads it if need be', () => {
    const { active, actor, done, order } = start(saved)
    actor.send({ type: 'tab.close', tabId: 's2' as TabId })
    expect(order()).toEqual(['s1'])
    expect(active()).toBe('s1')
    expect(done).toEqual([
      's2 loads http://b.test/',
      's2 destroyed',
      's2 closed at 7000',
      's1 loads http://a.test/',
    ])
  })

  it('replaces the last tab by a new one', () => {
    const { active, actor, order } = start()
    actor.send({ type: 'tab.close', tabId: 't1' as TabId })
    expect(order()).toEqual(['t2'])
    expect(active()).toBe('t2')
  })

  it('reopens closed tabs where they stood, the latest first', () => {
    const { actor, order, done } = start(saved)
    actor.send({ type: 'tab.close', tabId: 's1' as TabId })
    actor.send({ type: 'tab.reopen' })
    actor.send({ type: 'tab.reopen' })
    expect(order()).toHaveLength(2)
    expect(done).toContain('t1 loads http://a.test/')
  })

  it('reopens a closed tab that is named, also one of the last run, and forgets what it is told to', () => {
    const { actor, done, order } = start(saved)
    const closedTab = (id: string) => ({
      id: id as TabId,
      url: `http://${id}.test/`,
      title: id,
      position: 0,
      isPinned: true,
      scroll: { x: 0, y: 640 },
      closedAt: 1,
    })
    const closed = () => actor.getSnapshot().context.closed.map(one => one.id)
    const fresh = createActor(browserMachine, { input: actor.getSnapshot().context })
    fresh.start()
    fresh.send({
      type: 'restore',
      saved: [],
      urls: [],
      settings: defaultSettings,
      closed: [closedTab('x'), closedTab('y')],
    })
    fresh.send({ type: 'tab.reopen', closedId: 'x' as TabId })
    expect(fresh.getSnapshot().context.closed.map(one => one.id)).toEqual(['y'])
    expect(fresh.getSnapshot().context.tabs.map(one => one.isPinned)).toEqual([true, false])
    expect(fresh.getSnapshot().context.tabs[0]?.ref.getSnapshot().context.scroll.y).toBe(640)

    actor.send({ type: 'tab.close', tabId: 's1' as TabId })
    expect(closed()).toEqual(['s1'])
    actor.send({ type: 'closed.forget', closedIds: ['s1' as TabId] })
    actor.send({ type: 'tab.reopen', closedId: 's1' as TabId })
    expect(closed()).toEqual([])
    expect(order()).toEqual(['s2'])
    expect(done).toContain('s1 not to be reopened')
  })

  it('keeps nothing of private tabs, opens what comes from them privately, and says when the last is gone', () => {
    const { actor, done, open } = start(saved)
    const all = () => actor.getSnapshot().context.tabs
    open('http://secret.test/', { isPrivate: true })
    open('http://linked.test/', { afterTabId: 't1' as TabId })
    actor.send({ type: 'tab.duplicate', tabId: 't2' as TabId })
    open('http://other.test/')
    expect(all().map(({ id, isPrivate }) => `${id} ${isPrivate}`)).toEqual([
      's1 false',
      's2 false',
      't1 true',
      't2 true',
      't3 true',
      't4 false',
    ])
    done.length = 0
    for (const id of ['t1', 't2', 't3']) {
      expect(done).not.toContain('private ended')
      actor.send({ type: 'tab.close', tabId: id as TabId })
    }
    expect(done).toEqual(['t1 destroyed', 't2 destroyed', 't3 destroyed', 'private ended'])
    expect(actor.getSnapshot().context.closed).toEqual([])
  })

  it('brings pinned tabs back in front, and keeps the pin of one that is closed and reopened', () => {
    const { actor, order } = start(saved.map((tab, index) => ({ ...tab, isPinned: index === 1 })))
    expect(order()).toEqual(['s2', 's1'])
    actor.send({ type: 'tab.pin', tabId: 's1' as TabId, isPinned: true })
    actor.send({ type: 'tab.close', tabId: 's1' as TabId })
    actor.send({ type: 'tab.reopen' })
    expect(actor.getSnapshot().context.tabs.map(one => one.isPinned)).toEqual([true, true])
  })

  it('moves a tab, and clamps a position that is too far', () => {
    const { actor, order } = start(saved)
    actor.send({ type: 'tab.move', tabId: 's1' as TabId, position: 99 })
    expect(order()).toEqual(['s2', 's1'])
  })

  it('keeps a tab of the command line out of the session', () => {
    const { active, actor, done } = start(saved)
    actor.send({ type: 'tab.openEphemeral', id: 'e1' as TabId, url: 'http://e.test/' })
    expect(done).toContain('e1 loads http://e.test/')
    expect(active()).toBe('s2')
    actor.send({ type: 'tab.close', tabId: 'e1' as TabId })
    expect(done).toContain('e1 destroyed')
    expect(done).not.toContain('e1 forgotten')
  })

  it('keeps the latest five notices, one of a kind', () => {
    const { actor } = start()
    for (const id of ['1', '2', '3', '4', '5', '2', '6']) {
      actor.send({ type: 'notice.add', notice: { id, tone: 'info', message: id } })
    }
    expect(actor.getSnapshot().context.notices.map(one => one.id)).toEqual(['3', '4', '5', '2', '6'])
  })

  it('ignores events for tabs that are not there', () => {
    const { actor, order } = start(saved)
    actor.send({ type: 'tab.close', tabId: 'nobody' as TabId })
    actor.send({ type: 'tab.activate', tabId: 'nobody' as TabId })
    actor.send({ type: 'tab.tell', tabId: 'nobody' as TabId, event: { type: 'reload' } })
    expect(order()).toEqual(['s1', 's2'])
  })
})
