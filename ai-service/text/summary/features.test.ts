import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { lighthouseArticle, quietPace } from '../../testing/texts.ts'
import { documentOfSentences } from '../document.ts'
import { keywordCandidates } from '../keywords/candidates.ts'
import { keywordFeatures } from '../keywords/features.ts'
import { indexTerms } from '../term-index.ts'
import { sentenceFeatures } from './features.ts'
import { termFeatures } from './term-features.ts'

it('gives the facts that the shipped models were trained on', async () => {
  const pace = quietPace()
  const document = documentOfSentences(lighthouseArticle, 'en')
  const index = await indexTerms(document, pace)
  const { values } = await sentenceFeatures(document, document.sentences, index, pace)
  const candidates = await keywordCandidates(document, index, [], pace)
  expect({
    sentences: digest(values),
    terms: digest(termFeatures(document.sentences, index)),
    keywords: digest(keywordFeatures(candidates, index)),
  }).toMatchInlineSnapshot(`
    {
      "keywords": "3630 ca5b7038c79bf6a6",
      "sentences": "228 efb9b2c7961e728b",
      "terms": "1458 8bb4142c9c84b1ed",
    }
  `)
})

/** Rounded, so that the last bit of a logarithm does not matter. */
function digest(values: Float32Array): string {
  const text = Array.from(values, value => value.toFixed(3)).join(' ')
  return `${values.length} ${createHash('sha256').update(text).digest('hex').slice(0, 16)}`
}
