import { describe, expect, it } from 'vitest'
import { buildProcessTree, type TreeFacts } from './process-tree.ts'

const none = { messagesIn: 0, messagesOut: 0 }
const engine = (pid: number, type: string, name = '') => ({
  pid,
  type,
  name,
  cpuPercent: 1.5,
  memoryBytes: pid * 1_000,
  startedAt: 1_000,
})

const facts: TreeFacts = {
  sampledAt: 5_000,
  controller: { pid: 1, startedAt: 0, messages: { messagesIn: 4, messagesOut: 5 } },
  chrome: { pid: 2, messages: none },
  services: [
    {
      name: 'ai',
      kind: 'ai',
      title: 'Reader model',
      detail: 'Local AI',
      state: 'created',
      pid: null,
      startedAt: null,
      restarts: 0,
      memoryLimitBytes: 1,
      messages: none,
    },
  ],
  tabs: [
    {
      tabId: 'a',
      isPrivate: false,
      title: 'A',
      site: 'a.test',
      state: 'active',
      pid: 10,
      frames: [{ pid: 11, site: 'ads.test' }],
      messages: none,
    },
    {
      tabId: 'b',
      isPrivate: false,
      title: 'B',
      site: 'a.test',
      state: 'idle',
      pid: 10,
      frames: [{ pid: 12, site: 'c.test' }],
      messages: none,
    },
    {
      tabId: 'c',
      isPrivate: false,
      title: 'C',
      site: 'c.test',
      state: 'idle',
      pid: 12,
      frames: [],
      messages: none,
    },
    {
      tabId: 'd',
      isPrivate: false,
      title: '',
      site: null,
      state: 'created',
      pid: null,
      frames: [],
      messages: none,
    },
  ],
  engine: [
    engine(1, 'Browser'),
    engine(2, 'Tab'),
    engine(10, 'Tab'),
    engine(11, 'Tab'),
    engine(12, 'Tab'),
    engine(20, 'GPU'),
    engine(21, 'Utility', 'Network Service'),
  ],
  machine: { cores: 2, memoryBytes: 8, freeMemoryBytes: 4, description: '' },
}

describe('the process tree', () => {
  const { rows } = buildProcessTree(facts)

  it('has one row a process, parents before their children', () => {
    expect(rows.map(row => `${row.id} < ${row.parentId}`)).toEqual([
      'controller < null',
      'chrome < controller',
      'service:ai < controller',
      'renderer:10 < controller',
      'frame:11:renderer:10 < renderer:10',
      'renderer:12 < controller',
      'tab:d < controller',
      'engine:20 < controller',
      'engine:21 < controller',
    ])
    const seen = new Set<string | null>([null])
    for (const row of rows) {
      expect(seen).toContain(row.parentId)
      seen.add(row.id)
    }
  })

  it('tells nothing of private tabs but that they are there', () => {
    const secret = facts.tabs.map(tab => ({ ...tab, isPrivate: tab.pid === 10 }))
    const tree = buildProcessTree({ ...facts, tabs: secret })
    const shown = tree.rows.filter(row => row.tabIds.includes('a'))
    expect(shown.map(({ name, detail, site }) => [name, detail, site])).toEqual([
      ['Private tab', 'Kept nowhere', null],
      ['Private frame', 'Frame', null],
    ])
  })

  it('joins the tabs of one process and keeps what was measured', () => {
    expect(rows.find(row => row.id === 'renderer:10')).toMatchObject({
      name: 'a.test',
      detail: 'A, B',
      tabIds: ['a', 'b'],
      cpuPercent: 1.5,
      memoryBytes: 10_000,
      uptimeMs: 4_000,
      canEnd: true,
    })
  })

  it('keeps the row of a service that does not run', () => {
    expect(rows.find(row => row.id === 'service:ai')).toMatchObject({
      state: 'created',
      pid: null,
      cpuPercent: null,
      memoryBytes: null,
      uptimeMs: null,
      canEnd: false,
    })
  })

  it('lets nobody end the core or the window', () => {
    expect(rows.filter(row => row.canEnd).map(row => row.id)).toEqual([
      'renderer:10',
      'frame:11:renderer:10',
      'renderer:12',
      'engine:20',
    ])
  })
})
