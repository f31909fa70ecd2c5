import { describe, expect, it } from 'vitest'
import { maxFeatureUnits } from './features.ts'
import { samplePage } from './page-sample.ts'

describe('the sample of a page', () => {
  it('is all of a short page', () => {
    expect(samplePage(['One.', 'Two.'])).toBe('One.\nTwo.')
  })

  it('is bounded, and takes from beginning, middle and end of a long page', () => {
    const paragraphs = Array.from({ length: 900 }, (_, index) => `paragraph number ${index} with some words`)
    const sample = samplePage(paragraphs)
    expect(sample.length).toBeLessThanOrEqual(maxFeatureUnits)
    const numbers = [...sample.matchAll(/number (\d+)/g)].map(match => Number(match[1]))
    expect(Math.min(...numbers)).toBe(0)
    expect(numbers.some(number => number > 300 && number < 600)).toBe(true)
    expect(numbers.some(number => number > 700)).toBe(true)
  })

  it('is bounded for one endless paragraph, and reaches into it', () => {
    const sample = samplePage([`${'a'.repeat(1_000_000)}${'b'.repeat(1_000_000)}`])
    expect(sample.length).toBeLessThanOrEqual(maxFeatureUnits)
    expect(sample).toMatch(/a/)
    expect(sample).toMatch(/b/)
  })
})
