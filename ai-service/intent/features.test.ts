import { expect, it } from 'vitest'
import { intentFeatures, intentWords } from './features.ts'

it('reads words as they are meant: case, apostrophes and figures do not matter', () => {
  expect(intentWords("What’s the 2nd TAB's name?")).toEqual(['whats', 'the', '#', 'nd', 'tabs', 'name', '?'])
})

it('gives exactly the features that the model was trained on', () => {
  const { buckets, weights } = intentFeatures('Mute tab 2')
  expect([...buckets]).toMatchInlineSnapshot(`
    [
      17642,
      10572,
      2602,
      16485,
      6049,
      24906,
      17693,
      26168,
      7842,
      7274,
      19585,
      4909,
      260,
      16547,
      5911,
      25921,
      7623,
      31842,
      9265,
      12806,
      28722,
      32219,
      29528,
      23248,
      24563,
      8459,
      11668,
    ]
  `)
  expect([...weights].map(weight => weight.toFixed(4)).join(' ')).toMatchInlineSnapshot(
    `"0.5774 0.5774 0.5774 0.3536 0.3536 0.3536 0.3536 0.3536 0.3536 0.3536 0.3536 0.2500 0.2500 0.2500 0.2500 0.2500 0.2500 0.2500 0.2500 0.2500 0.2500 0.2500 0.2500 0.2500 0.2500 0.2500 0.2500"`,
  )
})

it('has nothing to say about text without a word', () => {
  expect(intentFeatures(' \u0000🙂\ud800 ').buckets).toHaveLength(0)
})

it('looks at the beginning of a long text only', () => {
  const long = `${'close '.repeat(40)}${'open '.repeat(100_000)}`
  expect([...intentFeatures(long).buckets]).toEqual([...intentFeatures('close '.repeat(40)).buckets])
})
