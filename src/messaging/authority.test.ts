import { expect, it } from 'vitest'
import { Authority } from '../../ipc/authority.ts'
import { authority } from './authority.ts'

it('lets no tab meet or see anybody, and nobody see the site of a tab', () => {
  expect(authority.filter(row => row.from === 'tab')).toEqual([])
  expect(authority.filter(row => row.sees === 'site')).toEqual([])
  const table = new Authority(authority)
  expect([table.seenBy('tab'), table.viewersOf('tab')]).toEqual([[], []])
})

it('gives a reason for every pair', () => {
  for (const row of authority) expect(row.reason.length).toBeGreaterThan(40)
})
