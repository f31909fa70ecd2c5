import { describe, expect, it } from 'vitest'
import { longestPieceUnits, piecesOf, sentenceSplitter } from './sentences.ts'

describe('splitting sentences', () => {
  it.each([
    ['en', 'It rained. It poured! Did it stop?', ['It rained.', 'It poured!', 'Did it stop?']],
    ['en', 'Dr. Holm met Mr. J. Smith at 3.15 p.m. on Main St. near home. They talked.', null],
    ['en', 'We use vectors, e.g. Floats, and so does Prof. Lee.', null],
    [
      'de',
      'Am 3. Oktober kam Dr. Weber, z.B. Mit dem Zug. Er blieb.',
      ['Am 3. Oktober kam Dr. Weber, z.B. Mit dem Zug.', 'Er blieb.'],
    ],
    ['en', 'I gave it to him and I. Then he left.', ['I gave it to him and I.', 'Then he left.']],
    ['en', 'There were only 3. Nobody came.', ['There were only 3.', 'Nobody came.']],
    ['zh', '他来了。你走吗?好!', ['他来了。', '你走吗?', '好!']],
    ['ja', '雨が降った。「もう帰ろう。」と彼は言った。', null],
    ['hi', 'वह आया। फिर चला गया।', ['वह आया।', 'फिर चला गया।']],
    ['ar', 'هل جاء؟ نعم. ثم ذهب.', ['هل جاء؟', 'نعم.', 'ثم ذهب.']],
    ['not a locale!', 'One. Two.', ['One.', 'Two.']],
  ])('%s: %s', (tag, text, expected) => {
    const sentences = sentenceSplitter(tag)(text)
    if (expected !== null) expect(sentences).toEqual(expected)
    expect(sentences.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''))
  })

  it('does not break after titles, initials and abbreviations', () => {
    const split = sentenceSplitter('en')
    expect(split('Dr. Holm met J. R. Smith and Prof. Lee, cf. Fig. Two, on Jan. Fourth.')).toHaveLength(1)
  })

  it('has no sentences in blank text', () => {
    expect(sentenceSplitter('en')('  \n ')).toEqual([])
  })
})

describe('cutting long paragraphs', () => {
  it.each([
    ['with sentences', 'One more short sentence here. '.repeat(1_000)],
    ['without points', 'word '.repeat(5_000)],
    ['without spaces', '🎉'.repeat(10_001)],
  ])('%s loses nothing and keeps pieces short', (_, text) => {
    const pieces = piecesOf(text)
    expect(pieces.join('')).toBe(text)
    expect(Math.max(...pieces.map(piece => piece.length))).toBeLessThanOrEqual(longestPieceUnits)
    expect(pieces.every(piece => piece.isWellFormed())).toBe(true)
  })

  it('cuts between sentences where it can', () => {
    const pieces = piecesOf('One more short sentence here. '.repeat(1_000))
    expect(pieces.slice(0, -1).every(piece => piece.trimEnd().endsWith('.'))).toBe(true)
  })
})
