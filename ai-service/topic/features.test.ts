import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { bucketCount, hashPage, mostTextWords, type TopicPage, topicFeatures } from './features.ts'
import { topicWords, urlWords } from './words.ts'

const page: TopicPage = {
  title: "Five-year-old's rescue: the dog that can't swim",
  description: 'A story in 3 parts, from 1999',
  url: 'https://www.city-news.co.uk/sports/2024/11/big-match.html?id=3',
  text: 'The dog swims. The dogs swam, and the swimmers clapped.',
}

describe('words that tell the topic', () => {
  it('are the same however a publisher wrote them', () => {
    expect(topicWords("It is n't the dog 's ball , ca n't you see ?", 20)).toEqual(
      topicWords('It isn’t the Dog’s ball, can’t you SEE?', 20),
    )
    expect(topicWords('5 - year - old in 1999', 20)).toEqual(['#1', 'year', 'old', 'in', '#year'])
  })

  it('are taken out of addresses without what every address holds', () => {
    expect(urlWords(page.url)).toEqual(['city', 'news', 'sports', 'big', 'match'])
    expect(urlWords('not an address')).toEqual([])
  })
})

describe('features of the topic model', () => {
  it('stay what the shipped model was trained on', () => {
    const { buckets, weights } = topicFeatures(hashPage(page))
    const fingerprint = createHash('sha256').update(buckets).update(weights).digest('hex').slice(0, 16)
    expect({ first: [...buckets.slice(0, 6)], count: buckets.length, fingerprint }).toMatchInlineSnapshot(`
      {
        "count": 32,
        "fingerprint": "b8bcfd654692e15f",
        "first": [
          27394,
          19906,
          109315,
          12541,
          88639,
          84472,
        ],
      }
    `)
  })

  it('are distinct, inside the table and of unit length', () => {
    const { buckets, weights } = topicFeatures(hashPage(page))
    expect(new Set(buckets).size).toBe(buckets.length)
    expect(buckets.every(bucket => bucket >= 0 && bucket < bucketCount)).toBe(true)
    expect(Math.hypot(...weights)).toBeCloseTo(1, 5)
  })

  it('read no more of a page than they say', () => {
    const text = 'word and other words '.repeat(mostTextWords)
    const start = text.split(' ').slice(0, mostTextWords).join(' ')
    expect(hashPage({ ...page, text })).toEqual(hashPage({ ...page, text: start }))
  })
})
