import { expect, it } from 'vitest'
import { judge, tellingSimilarities } from './fusion.ts'

const nothing = { coverage: 0, relevance: 0, similarity: null }

it('says nothing where neither words nor meaning do', () => {
  expect(judge(nothing, true)).toBeNull()
  expect(judge({ ...nothing, similarity: 0.15 }, true)).toBeNull()
  expect(judge({ ...nothing, coverage: 0.1, relevance: 1 }, true)).toBeNull()
})

it('takes any word where there is no meaning to go by', () => {
  expect(judge({ ...nothing, coverage: 0.1, relevance: 1 }, false)).toMatchObject({ foundBy: 'words' })
})

it('trusts two witnesses more than one, and neither wholly', () => {
  const words = judge({ ...nothing, coverage: 1, relevance: 1 }, true)
  const meaning = judge({ ...nothing, similarity: 0.6 }, true)
  const both = judge({ coverage: 1, relevance: 1, similarity: 0.6 }, true)
  expect([words, meaning, both].map(verdict => verdict?.foundBy)).toEqual(['words', 'meaning', 'both'])
  expect(both?.score).toBeGreaterThan(Math.max(words?.score ?? 1, meaning?.score ?? 1))
  expect(both?.score).toBeLessThan(1)
})

it('leaves out what comes near by chance beside something much nearer', () => {
  const nearest = [0.6, 0.4, 0.3, 0.1].map((similarity, id) => ({ id, similarity }))
  expect([...tellingSimilarities(nearest).keys()]).toEqual([0, 1])
  expect([...tellingSimilarities(nearest.slice(2)).keys()]).toEqual([2])
})
