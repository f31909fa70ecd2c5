import { describe, expect, it } from 'vitest'
import { meaningLength, meaningOf, meaningTexts } from './meaning.ts'

describe('texts that the topic is told by the meaning of', () => {
  it('stay what the shipped model was trained on', () => {
    const page = {
      title: "Five-year-old's rescue: the dog that can't swim",
      description: 'A story in 3 parts, from 1999',
      url: 'https://example.com/',
      text: 'The Dog’s ball',
    }
    expect(meaningTexts(page)).toEqual([
      'five year old rescue the dog that can not swim',
      'a story in parts from the dog ball',
    ])
  })

  it('are no longer than 120 words, however long the page is', () => {
    const [, text] = meaningTexts({
      title: '',
      description: 'one two',
      url: '',
      text: 'word '.repeat(10_000),
    })
    expect(text.split(' ')).toHaveLength(120)
  })

  it('give their vectors in a row, of the length 1', () => {
    const [title, text] = [new Int8Array(128).fill(127, 0, 1), new Int8Array(128).fill(-127, 127)]
    const meaning = meaningOf([title, text])
    expect(meaning).toHaveLength(meaningLength)
    expect([meaning[0], meaning[1], meaning[254], meaning[255]]).toEqual([1, 0, 0, -1])
  })
})
