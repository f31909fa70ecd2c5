import { expect, it } from 'vitest'
import type { ClosedTab } from '../controller/browser-model.ts'
import type { TabId } from '../controller/tab-model.ts'
import { PastEraser } from './past-eraser.ts'

const hourMs = 3_600_000
const now = 1_000 * hourMs
const closedTab = (id: string, url: string, hoursAgo: number): ClosedTab => ({
  id: id as TabId,
  url,
  title: '',
  position: 0,
  isPinned: false,
  scroll: { x: 0, y: 0 },
  closedAt: now - hoursAgo * hourMs,
})

function start() {
  const done: unknown[] = []
  const eraser = new PastEraser({
    care: {
      clearTime: async args => {
        done.push(['time', args])
        return { rows: 3 }
      },
      clearSite: async args => {
        done.push(['site', args])
        return { rows: 2 }
      },
    },
    closedTabs: () => [
      closedTab('old', 'https://a.example/', 30),
      closedTab('new', 'https://www.b.example/', 0.5),
    ],
    forgetClosedTabs: ids => done.push(['closed', ids]),
    leaveOpenPagesAlone: () => done.push('left alone'),
    now: () => now,
  })
  return { done, eraser }
}
const kinds = ['history', 'readings', 'looks', 'closedTabs', 'crashes']

it.each([
  ['hour', now - hourMs, ['new']],
  ['week', now - 7 * 24 * hourMs, ['old', 'new']],
  ['all', 0, ['old', 'new']],
] as const)('takes back the last %s', async (past, from, closed) => {
  const { done, eraser } = start()
  expect(await eraser.forgetTime(past)).toEqual({ rows: 3 })
  expect(done).toEqual(['left alone', ['closed', closed], ['time', { from, to: now + 1, kinds }]])
})

it('takes back a site, with "www." or without', async () => {
  const { done, eraser } = start()
  expect(await eraser.forgetSite('b.example')).toEqual({ rows: 2 })
  expect(done).toEqual(['left alone', ['closed', ['new']], ['site', { site: 'b.example', since: 0, kinds }]])
})

it('takes back with a host what crashed at its site, of which no host is known', async () => {
  const { done, eraser } = start()
  expect(await eraser.forgetSite('www.shop.b.example')).toEqual({ rows: 4 })
  expect(done.slice(2)).toEqual([
    ['site', { site: 'www.shop.b.example', since: 0, kinds }],
    ['site', { site: 'b.example', since: 0, kinds: ['crashes'] }],
  ])
})
