import { describe, expect, it } from 'vitest'
import { pageVector, quantise, similarity, vectorLength } from './vectors.ts'

const axis = (place: number, value = 1): Int8Array => {
  const values = new Float32Array(vectorLength)
  values[place] = value
  return quantise(values)
}

describe('vectors', () => {
  it('are stored with unit length times 127', () => {
    expect([...quantise([3, 4])]).toEqual([76, 102])
    expect(axis(5, 0.001)[5]).toBe(127)
  })

  it('without direction or with broken numbers are zeros, alike to nothing', () => {
    for (const values of [new Float32Array(4), [Number.NaN, 1], [Number.POSITIVE_INFINITY, 1]]) {
      expect([...quantise(values)].every(value => value === 0)).toBe(true)
    }
    expect(similarity(new Int8Array(vectorLength), axis(1))).toBe(0)
  })

  it('are alike from -1 to 1', () => {
    expect(similarity(axis(1), axis(1))).toBe(1)
    expect(similarity(axis(1), axis(1, -1))).toBe(-1)
    expect(similarity(axis(1), axis(2))).toBe(0)
  })

  it('of a page lie between those of its passages, empty ones left out', () => {
    const page = pageVector([axis(1), axis(2), new Int8Array(vectorLength)])
    expect(similarity(page, axis(1))).toBeCloseTo(Math.SQRT1_2, 2)
    expect(similarity(page, axis(2))).toBeCloseTo(Math.SQRT1_2, 2)
    expect(pageVector([]).every(value => value === 0)).toBe(true)
  })
})
