import { describe, expect, it } from 'vitest'
import { Authority } from './authority.ts'
import { identity } from './identity.ts'

const ai = identity('ai', 'ai')
const tab = identity('tab:1', 'tab')
const reason = 'For the test.'

describe('the table of authority', () => {
  it('lets only pairs with a row meet, in the direction of the row', () => {
    const authority = new Authority([{ from: 'ai', to: 'tab', reason }])
    authority.check(ai, tab)
    expect(() => authority.check(tab, ai)).toThrow(expect.objectContaining({ code: 'PERMISSION_DENIED' }))
    expect(() => authority.check(tab, tab)).toThrow(expect.objectContaining({ code: 'PERMISSION_DENIED' }))
  })

  it('shows nobody to anybody unless a row says so', () => {
    const authority = new Authority([{ from: 'ai', to: 'tab', reason }])
    expect([authority.viewersOf('tab'), authority.seenBy('ai')]).toEqual([[], []])
  })

  it('lets a role be seen and not met', () => {
    const authority = new Authority([
      { from: 'ai', to: 'tab', reason, meets: false, sees: 'site' },
      { from: 'storage', to: 'tab', reason, sees: 'name' },
    ])
    expect(() => authority.check(ai, tab)).toThrow(expect.objectContaining({ code: 'PERMISSION_DENIED' }))
    expect(authority.viewersOf('tab')).toEqual([
      { role: 'ai', showsSite: true },
      { role: 'storage', showsSite: false },
    ])
    expect(authority.seenBy('ai')).toEqual([{ role: 'tab', showsSite: true }])
    expect(authority.seenBy('tab')).toEqual([])
  })

  it('has one row a pair, so that no row hides another', () => {
    const row = { from: 'ai', to: 'tab', reason }
    expect(() => new Authority([row, { ...row, sees: 'site' }])).toThrow('Two rows')
  })
})
