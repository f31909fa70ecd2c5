import { expect, it } from 'vitest'
import { groupAfterMove, groupTabs } from './tab-groups.ts'

const tabs = ['a', 'b', 'c', 'd', 'e'].map(id => ({ id, group: null as string | null }))
const shown = (list: readonly { id: string; group: string | null }[]) =>
  list.map(({ id, group }) => (group === null ? id : `${id}:${group}`)).join(' ')

it('puts the members of a group behind its first, and leaves all others in their order', () => {
  const grouped = groupTabs(tabs, [
    { name: 'Sea', tabs: ['d', 'b'] },
    { name: 'Bread', tabs: ['a', 'e'] },
  ])
  expect(shown(grouped)).toBe('a:Bread e:Bread b:Sea d:Sea c')
})

it('replaces earlier groups, and takes them away when there are none', () => {
  const first = groupTabs(tabs, [{ name: 'Sea', tabs: ['a', 'b'] }])
  expect(shown(groupTabs(first, [{ name: 'Bread', tabs: ['b', 'c'] }]))).toBe('a b:Bread c:Bread d e')
  expect(shown(groupTabs(first, []))).toBe('a b c d e')
})

it('takes no group of one, of tabs that are gone, or of tabs that are named already', () => {
  const asked = [
    { name: 'Gone', tabs: ['x', 'a'] },
    { name: 'Sea', tabs: ['a', 'b', 'a'] },
    { name: 'Late', tabs: ['b', 'c'] },
    { name: 'Sea', tabs: ['d', 'e'] },
  ]
  expect(shown(groupTabs(tabs, asked))).toBe('a:Sea b:Sea c d:Sea 2 e:Sea 2')
})

it('gives a tab that is moved the group that it comes to lie in, and no other', () => {
  const others = groupTabs(tabs, [{ name: 'Sea', tabs: ['a', 'b', 'c'] }])
  const [alone, member] = [
    { id: 'x', group: null },
    { id: 'y', group: 'Sea' },
  ]
  expect([0, 1, 3, 5].map(position => groupAfterMove(alone, others, position))).toEqual([
    null,
    'Sea',
    null,
    null,
  ])
  expect([0, 1, 3, 5].map(position => groupAfterMove(member, others, position))).toEqual([
    'Sea',
    'Sea',
    'Sea',
    null,
  ])
})
