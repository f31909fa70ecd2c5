import { describe, expect, it } from 'vitest'
import { hashOf, Vocabulary, wordsOf } from './tokenizer.ts'

describe('words for the embedding model', () => {
  it.each([
    ['Don’t worry, it’s the U.S. team.', ['do', 'not', 'worry', 'it', 'the', 'u.s.', 'team']],
    ["We can't and won't; John's dogs'", ['we', 'can', 'not', 'and', 'will', 'not', 'john', 'dogs']],
    ['1,500 well-known CAFÉS in 3.14 s', ['1500', 'well', 'known', 'cafés', 'in', '3.14', 's']],
    ['ﬁne Ⅳ ｆｕｌｌ', ['fine', 'iv', 'full']],
    ['昨日の夜', ['昨日', '日の', 'の夜']],
    ['Straße наука', ['straße', 'наука']],
    ['', []],
    ['… — !', []],
  ])('cuts %j', (text, words) => {
    expect(wordsOf(text)).toEqual(words)
  })

  it('takes any text: lone surrogates, NUL, text in both directions, and no more than 400 words', () => {
    expect(wordsOf('\ud800a\u0000b \u202eabc\u202c')).toEqual(['a', 'b', 'abc'])
    expect(wordsOf('a b '.repeat(100_000))).toHaveLength(400)
    expect(wordsOf('漢'.repeat(100_000))).toHaveLength(400)
    expect(wordsOf("a'".repeat(100_000)).length).toBeLessThanOrEqual(400)
    expect(wordsOf('\ufdfa'.repeat(100_000)).length).toBeLessThanOrEqual(400)
  })
})

describe('rows of the embedding table', () => {
  const words = ['river', 'bank', 'the']
  const vocabulary = new Vocabulary(
    Int32Array.from(words, word => hashOf(word)),
    1_000,
  )

  it('hashes words as the trained model expects', () => {
    expect(words.map(word => hashOf(word))).toEqual([1376895181, 1851854253, -989378056])
  })

  it('gives known words their rows, and repeated ones the square root of their number', () => {
    const { rows, weights } = vocabulary.featuresOf('The bank, the river bank, the bank. The end')
    expect([...rows.slice(0, 3)]).toEqual([3, 2, 1])
    expect(weights[0]).toBe(2)
    expect(weights[1]).toBeCloseTo(Math.sqrt(3), 6)
    expect(weights[2]).toBe(1)
  })

  it('gives an unknown word the rows of its pieces, which together count as one word', () => {
    const { rows, weights } = vocabulary.featuresOf('zug')
    expect([...rows]).toEqual([748, 226, 242, 134, 164, 812])
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 5)
  })

  it('gives related unknown words common pieces', () => {
    const first = new Set(vocabulary.piecesOf('eisenbahnen'))
    const shared = vocabulary.piecesOf('eisenbahn').filter(piece => first.has(piece))
    expect(shared.length).toBeGreaterThan(15)
  })

  it('bounds the pieces of endless words', () => {
    expect(vocabulary.piecesOf('x'.repeat(100_000)).length).toBeLessThan(130)
  })
})
