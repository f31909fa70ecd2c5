import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  type SessionChange,
  type SessionPart,
  storageSessionsContract,
} from '../../contracts/storage-sessions.ts'
import { migrate } from '../migrations.ts'
import { openSqlite } from '../sqlite-driver.ts'
import { sessionTab } from '../testing/session-tab.ts'
import { StorageWorld, storageIdentity } from '../testing/storage-world.ts'
import { SessionJournal } from './session-journal.ts'
import { SessionState } from './session-state.ts'

const window = (id: string): SessionChange => ({
  kind: 'window',
  window: { id, bounds: null, isMaximized: false, isFullScreen: false },
})

describe('the open session', () => {
  let world: StorageWorld

  beforeEach(() => {
    world = new StorageWorld()
  })

  afterEach(() => world[Symbol.dispose]())

  const sessions = () => world.calling.client(storageSessionsContract, storageIdentity.id)
  async function load(): Promise<SessionPart[]> {
    const parts: SessionPart[] = []
    for await (const part of sessions().load({})) parts.push(part)
    return parts
  }

  it('comes back with windows, groups, order, places on the page, and closed tabs', async () => {
    await sessions().append({
      changes: [
        window('main'),
        { kind: 'group', group: { id: 'g', name: 'Sea', color: 'blue', isCollapsed: false } },
        { kind: 'tab', tab: sessionTab('b', { position: 1, groupId: 'g', isPinned: true }) },
        { kind: 'tab', tab: sessionTab('a') },
        { kind: 'tab', tab: sessionTab('c', { position: 2 }) },
        { kind: 'scroll', id: 'b', x: 0, y: 1_200.5 },
        { kind: 'scroll', id: 'nobody', x: 0, y: 5 },
      ],
    })
    await sessions().append({ changes: [{ kind: 'tabClosed', id: 'c', at: 9 }] })
    const b = sessionTab('b', { position: 1, groupId: 'g', isPinned: true, scroll: { x: 0, y: 1_200.5 } })
    expect((await load()).slice(2)).toEqual([
      { kind: 'tab', tab: sessionTab('a') },
      { kind: 'tab', tab: b },
      { kind: 'closed', closed: { tab: sessionTab('c', { position: 2 }), closedAt: 9 } },
    ])
    await sessions().append({
      changes: [
        { kind: 'groupGone', id: 'g' },
        { kind: 'closedGone', id: 'c' },
      ],
    })
    expect((await load()).slice(1)).toEqual([
      { kind: 'tab', tab: sessionTab('a') },
      { kind: 'tab', tab: { ...b, groupId: null } },
    ])
    await sessions().append({ changes: [{ kind: 'windowGone', id: 'main' }] })
    expect(await load()).toEqual([])
  })

  it('is kept under a name, and that of a run by itself, of which ten stay', async () => {
    await sessions().append({ changes: [window('main'), { kind: 'tab', tab: sessionTab('a') }] })
    for (let run = 0; run < 12; run += 1) await sessions().keep({ id: `run${run}`, name: null, at: run })
    expect(await sessions().keep({ id: 'mine', name: 'Work', at: 1 })).toEqual({
      id: 'mine',
      name: 'Work',
      at: 1,
      windows: 1,
      tabs: 1,
    })
    await sessions().append({ changes: [{ kind: 'tabGone', id: 'a' }] })
    await sessions().renameKept({ id: 'mine', name: 'Play' })
    const kept = await sessions().kept({ limit: 100 })
    expect([kept.length, kept[0]?.id, kept.find(one => one.id === 'mine')?.name]).toEqual([
      11,
      'run11',
      'Play',
    ])
    const stream = sessions().loadKept({ id: 'mine' })
    const parts: SessionPart[] = []
    for await (const part of stream) parts.push(part)
    expect([parts.length, (await stream.result).isThere]).toEqual([2, true])
    await sessions().forgetKept({ id: 'mine' })
    expect((await sessions().kept({ limit: 100 })).length).toBe(10)
  })
})

const ids = fc.constantFrom('a', 'b', 'c', 'd')
const anyChange: fc.Arbitrary<SessionChange> = fc.oneof(
  fc.record({
    kind: fc.constant('tab' as const),
    tab: fc.record({ id: ids, position: fc.nat(5) }).map(({ id, position }) => sessionTab(id, { position })),
  }),
  fc.record({ kind: fc.constant('scroll' as const), id: ids, x: fc.constant(0), y: fc.nat(100) }),
  fc.record({ kind: fc.constant('tabGone' as const), id: ids }),
  fc.record({ kind: fc.constant('tabClosed' as const), id: ids, at: fc.nat(100) }),
  fc.record({ kind: fc.constant('closedGone' as const), id: ids }),
)

it('reads from snapshot and journal what the changes made, wherever it was folded or read again', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(anyChange, fc.constantFrom('fold', 'reload', 'go on')), { maxLength: 40 }),
      steps => {
        using database = openSqlite(':memory:')
        migrate(database)
        const journal = new SessionJournal(database, () => {})
        const expected = new SessionState()
        for (const [change, then] of steps) {
          journal.append([change])
          expected.apply(change)
          if (then === 'fold') journal.fold()
          if (then === 'reload') journal.reload()
        }
        journal.reload()
        expect(journal.state.parts()).toEqual(expected.parts())
      },
    ),
    { numRuns: 60 },
  )
})

it('folds its journal from time to time, and reads around a row that is damaged', () => {
  using database = openSqlite(':memory:')
  migrate(database)
  const told: string[] = []
  const journal = new SessionJournal(database, message => told.push(message))
  const count = () => Number(database.prepare('SELECT count(*) AS count FROM session_journal').get()?.count)
  for (let index = 0; index < 501; index += 1) {
    journal.append([{ kind: 'tab', tab: sessionTab(`t${index % 3}`, { position: index }) }])
  }
  expect(count()).toBe(1)
  database.execute(`UPDATE session_parts SET part_json = '{"kind":"tab"}' WHERE id = 't0'`)
  database.execute("INSERT INTO session_journal (change_json) VALUES ('no json')")
  journal.reload()
  expect([journal.state.tabs, told]).toEqual([2, ['2 parts of the open session could not be read']])
})
