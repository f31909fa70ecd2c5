import { describe, expect, it } from 'vitest'
import { porterStem } from './porter-stemmer.ts'
import { rouge } from './rouge.ts'

describe('ROUGE', () => {
  it('counts shared words, pairs of words and sequences', () => {
    // 3 of 4 words on both sides; 2 of 3 pairs; "the cat … mat" in order.
    expect(rouge(['the cat sat mat'], ['the cat lay mat'])).toEqual({
      rouge1: 0.75,
      rouge2: 1 / 3,
      rougeLsum: 0.75,
    })
  })

  it('counts no word more often than the reference has it', () => {
    expect(rouge(['cat dog'], ['cat cat cat cat']).rouge1).toBeCloseTo(1 / 3)
  })

  it('takes forms of a word as one where stems are asked for', () => {
    expect(rouge(['lighthouses repaired'], ['lighthouse repairing']).rouge1).toBe(1)
    expect(rouge(['lighthouses repaired'], ['lighthouse repairing'], false).rouge1).toBe(0)
  })

  it('joins the sequences of several sentences', () => {
    expect(rouge(['a b c', 'd e f'], ['a c', 'd x f']).rougeLsum).toBeCloseTo((2 * 4) / (5 + 6))
  })

  it('is zero for nothing', () => {
    expect(rouge(['words'], [])).toEqual({ rouge1: 0, rouge2: 0, rougeLsum: 0 })
  })
})

describe('the Porter stemmer', () => {
  it.each([
    ['caresses', 'caress'],
    ['ponies', 'poni'],
    ['agreed', 'agre'],
    ['hopping', 'hop'],
    ['filing', 'file'],
    ['relational', 'relat'],
    ['generalizations', 'gener'],
    ['probate', 'probat'],
    ['controlling', 'control'],
    ['dying', 'die'],
    ['flies', 'fli'],
    ['skies', 'sky'],
    ['ties', 'tie'],
  ])('%s: %s', (word, stem) => {
    expect(porterStem(word)).toBe(stem)
  })
})
