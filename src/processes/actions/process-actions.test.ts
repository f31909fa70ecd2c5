import { describe, expect, it } from 'vitest'
import type { ProcessAction } from '../../../contracts/processes.ts'
import type { EndCause, KnownProcess } from '../book/known-process.ts'
import { FakeBook, knownProcess } from '../testing/fake-book.ts'
import { PageHands } from './page-hands.ts'
import { ProcessActions } from './process-actions.ts'

function start(platform: NodeJS.Platform = 'linux') {
  const book = new FakeBook()
  const done: string[] = []
  const causes: EndCause[] = []
  const note =
    (action: string) =>
    ({ id }: KnownProcess): void =>
      void done.push(`${action} ${id}`)
  const actions = new ProcessActions({
    book: { find: id => book.find(id), noteEnd: (_pid, cause) => void causes.push(cause) },
    handsOf: () => ({
      end: note('end'),
      suspend: note('suspend'),
      resume: note('resume'),
      restart: note('restart'),
    }),
    priorities: () => ({
      possible: () => ({ raise: false, lower: true }),
      raise: id => void done.push(`raise ${id}`),
      lower: id => void done.push(`lower ${id}`),
    }),
    kill: pid => void done.push(`kill ${pid}`),
    platform,
  })
  const possible = (id: string): readonly ProcessAction[] => {
    const process = book.find(id)
    if (process === null) throw new Error('no such process')
    return actions.possible(process)
  }
  return { book, done, causes, actions, possible }
}

describe('what may be done with a process', () => {
  it('is nothing with the core, and all with a service that nobody waits for', () => {
    const { book, possible } = start()
    book.put(knownProcess('controller', 'controller', 2), knownProcess('service:ai', 'ai', 3))
    expect(possible('controller')).toEqual([])
    expect(possible('service:ai')).toEqual(['end', 'forceEnd', 'suspend', 'restart', 'lowerPriority'])
    book.put(knownProcess('service:ai', 'ai', 3, { state: 'suspended' }))
    expect(possible('service:ai')).toEqual(['end', 'forceEnd', 'resume', 'restart', 'lowerPriority'])
  })

  it('is to start what does not run', () => {
    const { book, possible } = start()
    book.put(knownProcess('service:network', 'network', null, { state: 'failed' }))
    expect(possible('service:network')).toEqual(['restart', 'lowerPriority'])
  })

  it('never lets storage or the network stand still, nor the tab in view, nor anything on Windows', () => {
    const linux = start()
    linux.book.put(
      knownProcess('service:storage', 'storage', 3),
      knownProcess('renderer:4', 'tab', 4, { tabIds: ['a'], isInView: true }),
      knownProcess('renderer:5', 'tab', 5, { tabIds: ['b'] }),
    )
    expect(linux.possible('service:storage')).not.toContain('suspend')
    expect(linux.possible('renderer:4')).not.toContain('suspend')
    expect(linux.possible('renderer:5')).toContain('suspend')
    const windows = start('win32')
    windows.book.put(knownProcess('service:ai', 'ai', 3))
    expect(windows.possible('service:ai')).not.toContain('suspend')
  })
})

describe('doing it', () => {
  it('says first who wanted it, then asks, or does not ask', () => {
    const { book, actions, done, causes } = start()
    book.put(knownProcess('service:ai', 'ai', 3))
    actions.act('service:ai', 'end')
    actions.act('service:ai', 'forceEnd')
    actions.act('service:ai', 'suspend')
    actions.act('service:ai', 'lowerPriority')
    expect(done).toEqual(['end service:ai', 'kill 3', 'suspend service:ai', 'lower service:ai'])
    expect(causes).toEqual([{ kind: 'person' }, { kind: 'person' }])
  })

  it('is refused for a process that is gone, and with the reason for what cannot be done', () => {
    const { book, actions, done } = start()
    expect(() => actions.act('renderer:9', 'end')).toThrow(
      expect.objectContaining({ code: 'UNKNOWN_PROCESS' }),
    )
    book.put(knownProcess('service:storage', 'storage', 3))
    expect(() => actions.act('service:storage', 'suspend')).toThrow(
      expect.objectContaining({ code: 'ACTION_NOT_POSSIBLE', message: expect.stringContaining('kept') }),
    )
    expect(done).toEqual([])
  })
})

describe('the processes of pages', () => {
  function pages() {
    const done: string[] = []
    let listener: Parameters<ConstructorParameters<typeof PageHands>[0]['book']['onEntry']>[0] = () => {}
    const hands = new PageHands({
      book: {
        onEntry: heard => {
          listener = heard
          return { [Symbol.dispose]: () => {} }
        },
      },
      tell: (tabId, { type }) => void done.push(`${type} ${tabId}`),
      endPage: tabId => {
        done.push(`endPage ${tabId}`)
        return true
      },
      kill: pid => void done.push(`kill ${pid}`),
    })
    const crash = (process: KnownProcess): void =>
      listener(
        {
          at: 1,
          processId: process.id,
          kind: 'tab',
          name: '',
          pid: process.pid,
          state: 'crashed',
          cause: null,
        },
        process,
      )
    return { hands, done, crash }
  }
  const process = knownProcess('renderer:4', 'tab', 4, { tabIds: ['a', 'b'] })

  it('are ended, frozen and brought back through all tabs that they serve', async () => {
    const { hands, done, crash } = pages()
    hands.suspend(process)
    hands.resume(process)
    hands.restart(process)
    crash(process)
    await new Promise(resolve => setImmediate(resolve))
    expect(done).toEqual([
      'freeze a',
      'freeze b',
      'unfreeze a',
      'unfreeze b',
      'endPage a',
      'endPage b',
      'reload a',
      'reload b',
    ])
  })

  it('that crashed are only loaded again, and one that was merely ended stays so', async () => {
    const { hands, done, crash } = pages()
    hands.restart({ ...process, state: 'crashed' })
    await new Promise(resolve => setImmediate(resolve))
    expect(done.splice(0)).toEqual(['reload a', 'reload b'])
    hands.end(process)
    crash(process)
    await new Promise(resolve => setImmediate(resolve))
    expect(done).toEqual(['endPage a', 'endPage b'])
  })

  it('that wait for a tab are ended by force', () => {
    const { hands, done } = pages()
    hands.end(knownProcess('renderer:8', 'tab', 8))
    expect(done).toEqual(['kill 8'])
  })
})
