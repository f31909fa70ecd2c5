import { describe, expect, it } from 'vitest'
import { PageProcesses, type SeenPage } from './page-processes.ts'
import { ProcessRegister } from './process-register.ts'

function start() {
  const register = new ProcessRegister({ now: () => 5, priorityOf: () => null })
  const pages = new PageProcesses(register, () => 5)
  const states = () => register.all().map(({ id, state }) => `${id} ${state}`)
  const told = () =>
    register.entries.map(({ processId, state, cause }) => [processId, state, cause].join(' ').trim())
  return { register, pages, states, told }
}

const page = (facts: Partial<SeenPage> & Pick<SeenPage, 'tabId' | 'pid'>): SeenPage => ({
  site: 'a.test',
  isPrivate: false,
  isInView: false,
  isLoading: false,
  isFrozen: false,
  hasDocument: true,
  loss: null,
  frames: [],
  ...facts,
})

describe('the processes of pages', () => {
  it('are created, ready with the first document, active in view, idle behind, suspended when frozen', () => {
    const { pages, told } = start()
    pages.follow([page({ tabId: 'a', pid: 10, hasDocument: false, isLoading: true })])
    pages.follow([page({ tabId: 'a', pid: 10, isLoading: true })])
    pages.follow([page({ tabId: 'a', pid: 10, isInView: true })])
    pages.follow([page({ tabId: 'a', pid: 10 })])
    pages.follow([page({ tabId: 'a', pid: 10, isFrozen: true })])
    pages.follow([page({ tabId: 'a', pid: 10 })])
    pages.follow([])
    expect(told()).toEqual(
      ['created', 'ready', 'active', 'idle', 'suspended', 'active', 'idle', 'terminated'].map(
        state => `renderer:10 ${state}`,
      ),
    )
  })

  it('serve several tabs, and are active while one of them is in view', () => {
    const { register, pages } = start()
    pages.follow([page({ tabId: 'a', pid: 10 }), page({ tabId: 'b', pid: 10, isInView: true })])
    expect(register.all()).toMatchObject([
      { id: 'renderer:10', state: 'active', tabIds: ['a', 'b'], isInView: true, site: 'a.test' },
    ])
    pages.follow([page({ tabId: 'a', pid: 10, isFrozen: true }), page({ tabId: 'b', pid: 10 })])
    expect(register.find('renderer:10')?.state).toBe('idle')
  })

  it('are told of as changed when what they serve changed, and not for being looked at', async () => {
    const { register, pages } = start()
    let changes = 0
    using _listening = register.onDidChange(() => {
      changes += 1
    })
    const turn = () => new Promise(resolve => setImmediate(resolve))
    pages.follow([page({ tabId: 'a', pid: 10 })])
    await turn()
    pages.follow([page({ tabId: 'a', pid: 10 })])
    await turn()
    expect(changes).toBe(1)
    pages.follow([page({ tabId: 'a', pid: 10, site: 'b.test' })])
    await turn()
    expect(changes).toBe(2)
  })

  it('stay as crashed while the sad tab stands, and make room for the process that comes after', () => {
    const { register, pages, states, told } = start()
    pages.follow([page({ tabId: 'a', pid: 10 })])
    const loss = { reason: 'crashed', exitCode: 11 } as const
    pages.follow([page({ tabId: 'a', pid: null, loss })])
    pages.follow([page({ tabId: 'a', pid: null, loss })])
    expect(states()).toEqual(['renderer:10 crashed'])
    pages.follow([page({ tabId: 'a', pid: 12 })])
    expect(states()).toEqual(['renderer:12 idle'])
    expect(register.find('renderer:12')?.restarts).toBe(1)
    expect(told().filter(line => line.startsWith('renderer:10'))).toEqual([
      'renderer:10 created',
      'renderer:10 ready',
      'renderer:10 idle',
      'renderer:10 crashed crashed, exit code 11',
      'renderer:10 terminated',
    ])
  })

  it('of frames stand below the first page that has them, unless they serve a tab of their own', () => {
    const { register, pages, states } = start()
    const frames = [
      { pid: 11, site: 'ads.test' },
      { pid: 12, site: 'c.test' },
    ]
    const all = [
      page({ tabId: 'a', pid: 10, frames }),
      page({ tabId: 'b', pid: 13, frames }),
      page({ tabId: 'c', pid: 12 }),
    ]
    pages.follow(all)
    expect(states()).toEqual([
      'renderer:10 idle',
      'renderer:13 idle',
      'renderer:12 idle',
      'frame:11:renderer:10 idle',
    ])
    expect(register.byPid(11)).toMatchObject({ site: 'ads.test', tabIds: ['a'] })
    pages.follow([page({ tabId: 'a', pid: 10 })])
    expect(states()).toEqual(['renderer:10 idle'])
  })

  it('that were ended for hanging, or in a frame, have crashed, although their tab goes on at once in another', () => {
    const { register, pages, told } = start()
    pages.follow([page({ tabId: 'a', pid: 10, frames: [{ pid: 11, site: 'ads.test' }] })])
    register.noteEnd(10, { kind: 'hung' })
    register.noteEnd(11, { kind: 'memoryLimit', memoryBytes: 2, limitBytes: 1 })
    pages.follow([page({ tabId: 'a', pid: 12 })])
    expect(told().filter(line => line.includes('crashed'))).toEqual([
      'renderer:10 crashed did not answer',
      'frame:11:renderer:10 crashed memory limit',
    ])
    register.noteEnd(12, { kind: 'rest' })
    pages.follow([page({ tabId: 'a', pid: null })])
    expect(told().at(-1)).toBe('renderer:12 terminated not needed now')
  })

  it('of private tabs are told without site or name', () => {
    const { register, pages } = start()
    const frames = [{ pid: 11, site: 'ads.test' }]
    pages.follow([page({ tabId: 'a', pid: 10, isPrivate: true, frames })])
    expect(register.all().map(({ name, site }) => [name, site])).toEqual([
      ['Private tab', null],
      ['Private frame', null],
    ])
    expect(JSON.stringify(register.entries)).not.toMatch(/a\.test|ads/)
  })

  it('that wait for a tab are ready, and go on as the process of the tab that takes them', () => {
    const { pages, told } = start()
    pages.follow([], [20])
    pages.follow([page({ tabId: 'a', pid: 20, isInView: true })], [])
    expect(told()).toEqual(['renderer:20 created', 'renderer:20 ready', 'renderer:20 active'])
  })
})
