import { expect, it } from 'vitest'
import { closeness, foldLetters, glanceOf, mixesAlphabets } from './confusables.ts'

it('reads letters of other alphabets as a hurried reader does', () => {
  expect(foldLetters('pаypаl')).toBe('paypal')
  expect(foldLetters('ápplé')).toBe('apple')
  expect(glanceOf('arnaz0n')).toBe(glanceOf('amazon'))
  expect(glanceOf('paypa1')).toBe(glanceOf('paypal'))
  expect(glanceOf('wikipedia')).not.toBe(glanceOf('paypal'))
})

it('knows names that mix alphabets, and leaves honest names of one alphabet alone', () => {
  expect(mixesAlphabets('pаypal.com')).toBe(true)
  expect(mixesAlphabets('münchen.de')).toBe(false)
  expect(mixesAlphabets('пример')).toBe(false)
})

it.each([
  ['netflix', 'netflix', 0],
  ['netflx', 'netflix', 1],
  ['netfllix', 'netflix', 1],
  ['netflux', 'netflix', 1],
  ['netlfix', 'netflix', 1],
  ['netfilxx', 'netflix', 2],
  ['', 'netflix', 2],
])('is %s that far from %s: %i', (left, right, expected) => {
  expect(closeness(left, right)).toBe(expected)
})
