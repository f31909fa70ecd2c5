import { hashOf, wordsOf } from './tokenizer.ts'

/** What is kept of a page to know its copies by: the smallest hash of each of 64 families over its word triples. */
export type Sketch = Int32Array

const sketchLength = 64
const wordsOfShingle = 3
/** Words of a page that are looked at; a copy of a page has the same. */
const mostWords = 5_000
/** Fewer words are a menu or an error: such pages look alike without being copies. */
export const fewestWordsOfPage = 20
/**
 * Estimated share of common word triples from which two pages show nearly the same text. Two editions of one
 * article with a changed paragraph share about .9, two articles on one event under .2.
 */
export const leastOverlap = 0.7

/**
 * The sketch of a page's paragraphs (MinHash: Broder 1997, "On the resemblance and containment of documents"); null
 * for a page with hardly any text.
 */
export function sketchOf(paragraphs: readonly string[]): Sketch | null {
  const words: string[] = []
  for (const paragraph of paragraphs) {
    if (words.length >= mostWords) break
    words.push(...wordsOf(paragraph))
  }
  if (words.length < fewestWordsOfPage) return null
  const hashes = words.slice(0, mostWords).map(word => hashOf(word))
  const sketch = new Int32Array(sketchLength).fill(0x7fffffff)
  for (let index = 0; index + wordsOfShingle <= hashes.length; index++) {
    let shingle = 0
    for (let place = 0; place < wordsOfShingle; place++) {
      shingle = Math.imul(shingle ^ (hashes[index + place] ?? 0), 0x01000193)
    }
    for (let family = 0; family < sketchLength; family++) {
      const mixed = Math.imul(shingle ^ (shingle >>> 15) ^ Math.imul(family + 1, 0x9e3779b1), 0x85ebca6b)
      const value = (mixed ^ (mixed >>> 13)) & 0x7fffffff
      if (value < (sketch[family] ?? 0)) sketch[family] = value
    }
  }
  return sketch
}

/** Estimated share of word triples that two pages have in common, 0 to 1, give or take .06. */
export function overlapOf(a: Sketch, b: Sketch): number {
  let same = 0
  for (let family = 0; family < sketchLength; family++) if (a[family] === b[family]) same++
  return same / sketchLength
}

/**
 * Groups of pages that show nearly the same text, by their places in `pages`: two or more a group, in order. A page
 * joins the group of the first page that it repeats, so that a chain of small changes does not join strangers.
 */
export function nearDuplicates(pages: readonly (Sketch | null)[]): number[][] {
  const groups: { readonly first: Sketch; readonly members: number[] }[] = []
  pages.forEach((page, index) => {
    if (page === null) return
    const group = groups.find(({ first }) => overlapOf(first, page) >= leastOverlap)
    if (group === undefined) groups.push({ first: page, members: [index] })
    else group.members.push(index)
  })
  return groups.map(({ members }) => members).filter(members => members.length > 1)
}
