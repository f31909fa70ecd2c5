import Value from 'typebox/value'
import { describe, expect, it } from 'vitest'
import { MemoryLimits } from '../../contracts/storage.ts'
import { limitProblem } from './limit-problem.ts'

describe('a memory limit as it is typed', () => {
  it.each(['64', '512', ' 1024 ', '65536'])('takes %j', text => {
    expect(limitProblem(text)).toBeNull()
  })

  it.each(['', '63', '65537', '-512', '1.5', '1e3', '512 MB', '0x200', '９９９'])(
    'says what is wrong with %j',
    text => {
      expect(limitProblem(text)).toMatch(/MB|megabytes/)
    },
  )

  it.each([64, 65_536])('takes %d, which can be stored, and not what lies beyond', bound => {
    const isStored = (tab: number) =>
      Value.Check(MemoryLimits, { tab, gpu: 512, ai: 512, controller: 512, other: 512 })
    for (const megabytes of [bound - 1, bound, bound + 1])
      expect(limitProblem(String(megabytes)) === null).toBe(isStored(megabytes))
  })
})
