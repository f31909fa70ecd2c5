import { describe, expect, it } from 'vitest'
import { lighthouseArticle } from '../testing/texts.ts'
import { nearDuplicates, overlapOf, sketchOf } from './near-duplicates.ts'

const other = [
  'The town council of Brackwater decided on Tuesday to build a second bridge over the canal, after traffic had doubled within ten years.',
  'Construction is to begin in autumn, and the old bridge will stay open for cyclists and pedestrians while the new one is being built.',
]

describe('near-duplicate pages', () => {
  it('are found through another order of parts, a new paragraph, and another spelling of letters', () => {
    const edited = [
      ...lighthouseArticle.slice(1).map(text => text.toUpperCase()),
      'Share this article with friends.',
    ]
    const pages = [lighthouseArticle, other, edited, ['Sign in'], lighthouseArticle].map(sketchOf)
    expect(nearDuplicates(pages)).toEqual([[0, 2, 4]])
  })

  it('are not pages with different texts', () => {
    const [first, second] = [sketchOf(lighthouseArticle), sketchOf(other)]
    if (first === null || second === null) throw new Error('Both have enough text')
    expect(overlapOf(first, second)).toBeLessThan(0.1)
    expect(overlapOf(first, first)).toBe(1)
  })

  it('are not pages with hardly any text', () => {
    expect(sketchOf(['Page not found', 'Go back'])).toBeNull()
    expect(nearDuplicates([null, null])).toEqual([])
  })
})
