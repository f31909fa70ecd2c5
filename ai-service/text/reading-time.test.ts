import { describe, expect, it } from 'vitest'
import { readingMinutes } from './reading-time.ts'

describe('reading time', () => {
  it.each([
    ['en', 2_380, 12_000, 10],
    ['de', 1_790, 12_000, 10],
    ['pt-BR', 181, 1_000, 1],
    ['ja', 1_900, 3_570, 10],
    ['zh', 150, 255, 1],
    ['cy', 184, 1_000, 1],
    ['und', 184, 1_000, 1],
    ['en', 1, 3, 0.1],
    ['en', 0, 0, 0],
  ])('%s, %i words of %i characters: %d minutes', (language, words, characters, minutes) => {
    expect(readingMinutes({ language, words, characters })).toBe(minutes)
  })
})
