import { describe, expect, it } from 'vitest'
import { buildProcessTree, type TabFacts, type TreeFacts } from './process-tree.ts'
import { knownProcess } from './testing/fake-book.ts'

const none = { messagesIn: 0, messagesOut: 0 }
const used = (pid: number) => ({
  pid,
  type: '',
  name: '',
  cpuPercent: 1.5,
  memoryBytes: pid * 1_000,
  startedAt: 1_000,
})
const tab = (tabId: string, rest: Partial<TabFacts> = {}): TabFacts => ({
  tabId,
  isPrivate: false,
  title: tabId.toUpperCase(),
  site: `${tabId}.test`,
  isLost: false,
  messages: { messagesIn: 1, messagesOut: 2 },
  networkBytesPerSecond: null,
  ...rest,
})

const facts: TreeFacts = {
  sampledAt: 5_000,
  processes: [
    knownProcess('controller', 'controller', 1, { name: 'Nexus core' }),
    knownProcess('service:ai', 'ai', null, { state: 'created', startedAt: null }),
    knownProcess('engine:20', 'gpu', 20, { name: 'Graphics' }),
    knownProcess('service:compositor', 'compositor', 3),
    knownProcess('chrome', 'chrome', 2, { restarts: 2 }),
    knownProcess('renderer:30', 'tab', 30, { name: 'Spare page', state: 'ready' }),
    knownProcess('renderer:12', 'tab', 12, { name: 'c.test', site: 'c.test', tabIds: ['c'] }),
    knownProcess('renderer:10', 'tab', 10, { name: 'a.test', site: 'a.test', tabIds: ['a', 'b'] }),
    knownProcess('frame:11:renderer:10', 'tab', 11, { name: 'ads.test', tabIds: ['a'] }),
    knownProcess('engine:21', 'engine', 21, { name: 'Network Service' }),
  ],
  tabs: [
    tab('a', { networkBytesPerSecond: 100 }),
    tab('b', { networkBytesPerSecond: 50 }),
    tab('c'),
    tab('d', { title: '', site: null }),
  ],
  measured: [1, 2, 3, 10, 11, 12, 20, 21, 30].map(used),
  messages: new Map([['controller', { messagesIn: 4, messagesOut: 5 }]]),
  details: new Map([['service:ai', 'Local AI']]),
  machine: { cores: 2, memoryBytes: 8, freeMemoryBytes: 4, description: '' },
  limitOf: ({ kind }) => (kind === 'engine' ? null : 512),
  actionsOf: ({ kind, pid }) => (kind === 'controller' || pid === null ? [] : ['end']),
}

describe('the process tree', () => {
  const { rows } = buildProcessTree(facts)
  const row = (id: string) => rows.find(one => one.id === id)

  it('has one row a process, parents before their children, tabs in the order of the strip', () => {
    expect(rows.map(({ id, parentId }) => `${id} < ${parentId}`)).toEqual([
      'controller < null',
      'chrome < controller',
      'service:ai < controller',
      'service:compositor < controller',
      'renderer:10 < controller',
      'frame:11:renderer:10 < renderer:10',
      'renderer:12 < controller',
      'tab:d < controller',
      'renderer:30 < controller',
      'engine:20 < controller',
      'engine:21 < controller',
    ])
    const seen = new Set<string | null>([null])
    for (const { id, parentId } of rows) {
      expect(seen).toContain(parentId)
      seen.add(id)
    }
  })

  it('tells what the book knows and what was measured', () => {
    expect(row('chrome')).toMatchObject({
      restarts: 2,
      memoryBytes: 2_000,
      uptimeMs: 4_000,
      actions: expect.arrayContaining(['end']),
    })
    expect(row('controller')).toMatchObject({ messagesIn: 4, messagesOut: 5, actions: [] })
    expect(row('engine:21')).toMatchObject({
      name: 'Network Service',
      detail: 'Engine',
      memoryLimitBytes: null,
    })
  })

  it('joins the tabs of one process, and counts what they exchanged once, not again for a frame', () => {
    expect(row('renderer:10')).toMatchObject({
      detail: 'A, B',
      tabIds: ['a', 'b'],
      messagesIn: 2,
      messagesOut: 4,
      networkBytesPerSecond: 150,
      memoryLimitBytes: 512,
    })
    expect(row('frame:11:renderer:10')).toMatchObject({
      detail: 'Frame',
      ...none,
      networkBytesPerSecond: null,
    })
  })

  it('keeps the row of a service that does not run, and of a tab without a process', () => {
    expect(row('service:ai')).toMatchObject({
      detail: 'Local AI',
      state: 'created',
      pid: null,
      cpuPercent: null,
      memoryBytes: null,
      uptimeMs: null,
    })
    expect(row('tab:d')).toMatchObject({ name: 'Blank page', state: 'created', tabIds: ['d'] })
    const held = buildProcessTree({ ...facts, tabs: [...facts.tabs, tab('e', { isLost: true })] })
    expect(held.rows.find(({ id }) => id === 'tab:e')?.state).toBe('crashed')
  })

  it('tells nothing of private tabs but that they are there', () => {
    const processes = [
      knownProcess('renderer:10', 'tab', 10, { name: 'Private tab', tabIds: ['a'], isPrivate: true }),
    ]
    const secret = [tab('a', { isPrivate: true }), tab('b', { isPrivate: true })]
    const tree = buildProcessTree({ ...facts, processes, tabs: secret })
    expect(tree.rows.map(({ name, detail, site }) => [name, detail, site])).toEqual([
      ['Private tab', 'Kept nowhere', null],
      ['Private tab', 'Kept nowhere', null],
    ])
  })

  it('shows pages that wait for a tab as such', () => {
    expect(row('renderer:30')).toMatchObject({ state: 'ready', detail: 'Waits for the next tab', tabIds: [] })
  })
})
