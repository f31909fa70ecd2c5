import { describe, expect, it } from 'vitest'
import { documentOf } from '../testing/texts.ts'
import { readingDifficulty } from './difficulty.ts'

const easy = 'The dog ran to the door. It saw a cat. The cat sat on the wall. The dog did not like it.'
const hard =
  'Notwithstanding considerable methodological heterogeneity across the investigated populations, contemporary ' +
  'epidemiological evidence consistently demonstrates statistically significant associations between prolonged ' +
  'occupational exposure and degenerative neurological deterioration, particularly where precautionary regulation ' +
  'remained unenforced.'
const repeated = (text: string): string[] => Array.from({ length: 6 }, () => text)

describe('reading difficulty', () => {
  it.each([
    [easy, 'easy'],
    [hard, 'hard'],
  ])('%s', async (text, level) => {
    expect(readingDifficulty(await documentOf(repeated(text), 'en'))).toMatchObject({ kind: 'known', level })
  })

  it('takes long words for usual where they are', async () => {
    const text = 'Koululaiset kirjoittivat opettajalle kirjeen. Opettaja luki kirjeen ääneen kaikille.'
    const asFinnish = readingDifficulty(await documentOf(repeated(text).concat(repeated(text)), 'fi'))
    const asEnglish = readingDifficulty(await documentOf(repeated(text).concat(repeated(text)), 'en'))
    if (asFinnish.kind !== 'known' || asEnglish.kind !== 'known') throw new Error('not measured')
    expect(asFinnish.score).toBeLessThan(asEnglish.score)
  })

  it('is not claimed for short texts and for languages without a measure', async () => {
    expect(readingDifficulty(await documentOf([easy], 'en'))).toEqual({ kind: 'unknown' })
    expect(readingDifficulty(await documentOf(repeated(easy), 'hi'))).toEqual({ kind: 'unknown' })
  })
})
