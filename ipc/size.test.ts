import { expect, it } from 'vitest'
import { approximateBytes, maxMessageBytes } from './size.ts'

it.each([
  ['text by its length', 'a'.repeat(100), 100],
  ['bytes by their length', [new Uint8Array(1_000)], 1_016],
  ['what maps hold', new Map([['key', 'x'.repeat(500)]]), 511],
  ['what sets hold', new Set(['x'.repeat(500)]), 508],
])('counts %s', (_what, value, expected) => {
  expect(approximateBytes(value)).toBe(expected)
})

it('takes what has too many parts to count for too large', () => {
  expect(approximateBytes(Array.from({ length: 200_001 }, () => 0))).toBeGreaterThan(maxMessageBytes)
  expect(approximateBytes(Array.from({ length: 100_000 }, () => 0))).toBeLessThan(maxMessageBytes)
})
