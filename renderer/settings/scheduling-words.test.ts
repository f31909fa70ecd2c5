import { expect, it } from 'vitest'
import type { SchedulingFacts } from '../../contracts/scheduling-for-chrome.ts'
import { affinityEffect, coresOf, prioritiesEffect } from './scheduling-words.ts'

const facts = (affinity: SchedulingFacts['affinity'], raisesAgain = true): SchedulingFacts => ({
  raisesAgain,
  affinity,
})

it('names cores as one says them', () => {
  expect([[3], [0, 1, 2], [0, 2, 5], [4, 5]].map(coresOf)).toEqual([
    'core 3',
    'cores 0 to 2',
    'cores 0, 2 and 5',
    'cores 4 to 5',
  ])
})

it('says what cores do, or why they cannot be had', () => {
  expect(affinityEffect(facts({ kind: 'available', fast: [0, 1], batch: [2] }))).toMatch(
    /cores 0 to 1, the reader model on core 2/,
  )
  expect(affinityEffect(facts({ kind: 'tooFewCores', count: 2 }))).toMatch(/^With 2 cores it makes little/)
  expect(affinityEffect(facts({ kind: 'tooFewCores', count: 1 }))).toMatch(/^With one core/)
  expect(affinityEffect(facts({ kind: 'noProgram' }))).toMatch(/taskset/)
  expect(affinityEffect(facts({ kind: 'notOnThisSystem' }))).toMatch(/no way/)
  expect(affinityEffect(null)).not.toBe('')
})

it('does not promise tabs what the system does not allow', () => {
  expect(prioritiesEffect(facts({ kind: 'noProgram' }, true))).toMatch(/tab that you look at/)
  expect(prioritiesEffect(facts({ kind: 'noProgram' }, false))).toMatch(/tabs are left as they are/)
})
