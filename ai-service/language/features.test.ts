import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { bucketCount, languageFeatures, maxFeatureUnits } from './features.ts'

function fingerprint(text: string, script: Parameters<typeof languageFeatures>[1]): string {
  const { buckets, weights } = languageFeatures(text, script)
  return createHash('sha256').update(buckets).update(weights).digest('hex').slice(0, 16)
}

describe('features of the language model', () => {
  it('stay what the shipped model was trained on', () => {
    expect({
      latin: fingerprint("L'été, on n'a pas vu Ærøskøbing à 20:15 – dommage !", 'Latin'),
      cyrillic: fingerprint('Съешь же ещё этих мягких французских булок', 'Cyrillic'),
      arabic: fingerprint('نص عربي قصير مع English بداخله', 'Arabic'),
      devanagari: fingerprint('हिन्दी में एक छोटा वाक्य', 'Devanagari'),
    }).toMatchInlineSnapshot(`
      {
        "arabic": "7e2bc1b8be0ba585",
        "cyrillic": "0946c4c83ff90418",
        "devanagari": "f53490eac82a36c0",
        "latin": "1d89e76c61f8916f",
      }
    `)
  })

  it('do not depend on case, composition or the kind of apostrophe', () => {
    const plain = languageFeatures("L'été à Ærø", 'Latin')
    expect(languageFeatures('L’ÉTÉ À ÆRØ'.normalize('NFD'), 'Latin')).toEqual(plain)
  })

  it('see only words of the script that is asked for', () => {
    expect(languageFeatures('слово word слово', 'Latin')).toEqual(languageFeatures('word', 'Latin'))
    expect(languageFeatures('123 … слово', 'Latin').buckets).toHaveLength(0)
  })

  it('count a bucket once, inside the table, with weights that grow with repetition', () => {
    const { buckets, weights } = languageFeatures('na na na', 'Latin')
    expect(new Set(buckets).size).toBe(buckets.length)
    expect(buckets.every(bucket => bucket >= 0 && bucket < bucketCount)).toBe(true)
    // Per word: 'n', 'a' and the grams of '_na_' from 2 to 4 units; three equal words triple each count.
    const once = languageFeatures('na', 'Latin')
    expect(buckets).toEqual(once.buckets)
    expect(weights[0] ?? 0).toBeGreaterThan(once.weights[0] ?? 0)
  })

  it('read no more of a text than they say', () => {
    const text = 'word '.repeat(maxFeatureUnits)
    expect(languageFeatures(text, 'Latin')).toEqual(languageFeatures(text.slice(0, maxFeatureUnits), 'Latin'))
    expect(languageFeatures('a'.repeat(100_000), 'Latin').buckets.length).toBeLessThan(100)
  })
})
