import type { Container, PageBlocks } from '../page-blocks.ts'
import { type BlockText, describeText } from './block-text.ts'
import { hintNames } from './hints.ts'
import { wordsOf } from './letters.ts'
import { phraseKinds } from './phrases.ts'
import {
  belowNumbers,
  describeSurroundings,
  namedNumbers,
  type Surroundings,
  tagGroupCount,
  tagGroupOf,
} from './surroundings.ts'

/** One row of numbers a block. */
export interface BlockFeatures {
  readonly values: Float32Array
  readonly width: number
  readonly texts: readonly BlockText[]
}

const titleBit = 1 << hintNames.indexOf('title')

const neighbourReach = 3
const wideReach = 8
const levels = 3
const textNumbers = 13
const placeNumbers = 7

const phrasesAt = textNumbers
const groupsAt = phrasesAt + phraseKinds
const placeAt = groupsAt + tagGroupCount
const neighboursAt = placeAt + placeNumbers
const sumsAt = neighboursAt + neighbourReach * 2 * 4
const aroundAt = sumsAt + 2
const containerAt = aroundAt + levels * belowNumbers
const pageAt = containerAt + 7
const namedAt = pageAt + 4
export const featureWidth = namedAt + namedNumbers

/** The clock is asked once for so many blocks. */
const blocksBetweenLooks = 128

/**
 * Numbers about every block of a page: of itself, its neighbours, and what is around it. `title` is the document's.
 * Null when `isLate` says so before the texts have been looked at, which takes most of the time.
 */
export function blockFeatures(page: PageBlocks, title: string, isLate: () => boolean): BlockFeatures | null {
  const { blocks } = page
  const texts: BlockText[] = []
  for (let index = 0; index < blocks.length; index++) {
    if (index % blocksBetweenLooks === 0 && isLate()) return null
    const block = blocks[index]
    if (block !== undefined) texts.push(describeText(block.text, block.linkCharacters))
  }
  const around = describeSurroundings(page, texts)
  const values = new Float32Array(blocks.length * featureWidth)
  writeTexts(values, texts)
  writePlaces(values, page, texts, around.allWeight, wordsOf(title))
  writeNeighbours(values, page, texts)
  writeSurroundings(values, page, around)
  return { values, width: featureWidth, texts }
}

function writeTexts(values: Float32Array, texts: readonly BlockText[]): void {
  for (let index = 0; index < texts.length; index++) {
    const text = texts[index]
    if (text === undefined) continue
    const { weight, linkShare, sentenceEnds, phrases } = text
    const at = index * featureWidth
    const perHundred = 100 / Math.max(20, weight)
    values[at] = Math.log1p(weight) / 5
    values[at + 1] = Math.log1p(text.words) / 4
    values[at + 2] = linkShare
    values[at + 3] = Math.min(3, sentenceEnds * perHundred)
    values[at + 4] = Math.min(4, text.commas * perHundred)
    values[at + 5] = sentenceEnds > 1 ? 1 : 0
    values[at + 6] = text.endsSentence ? 1 : 0
    values[at + 7] = Math.min(1, text.digitShare * 3)
    values[at + 8] = Math.min(1, text.upperShare * 3)
    values[at + 9] = Math.min(1, text.separators / 3)
    values[at + 10] = text.isProse ? 1 : 0
    values[at + 11] = weight < 25 ? 1 : 0
    values[at + 12] = linkShare > 0.9 ? 1 : 0
    for (let rest = phrases, kind = 0; rest !== 0; rest >>= 1, kind++)
      values[at + phrasesAt + kind] = rest & 1
  }
}

/** What the block stands in itself, and where: in the page, after the title, after a heading. */
function writePlaces(
  values: Float32Array,
  { blocks, containers }: PageBlocks,
  texts: readonly BlockText[],
  allWeight: number,
  titleWords: ReadonlySet<string>,
): void {
  const last = Math.max(1, blocks.length - 1)
  const likeTitle = likenessToTitle(blocks, containers, titleWords)
  const titleAt = likeTitle.findIndex(
    (likeness, index) => likeness > 0.6 && isHeading(containers[blocks[index]?.container ?? 0]?.tag ?? ''),
  )
  let before = 0
  let sinceHeading = -1
  for (let index = 0; index < blocks.length; index++) {
    const tag = containers[blocks[index]?.container ?? 0]?.tag ?? ''
    const row = index * featureWidth
    const group = tagGroupOf.get(tag)
    if (group !== undefined) values[row + groupsAt + group] = 1
    if (isHeading(tag)) sinceHeading = index
    const at = row + placeAt
    values[at] = before / allWeight
    values[at + 1] = index / last
    values[at + 2] = Math.log1p(before) / 8
    if (titleAt >= 0) {
      values[at + 3] = index < titleAt ? -1 : 1
      if (index > titleAt) values[at + 4] = 1 / (1 + (index - titleAt) / 10)
    }
    values[at + 5] = likeTitle[index] ?? 0
    values[at + 6] = sinceHeading < 0 ? 0 : 1 / (1 + index - sinceHeading)
    before += texts[index]?.weight ?? 0
  }
}

/** Of headings and of what is named as a title: the share of words that the document's title has too. */
function likenessToTitle(
  blocks: PageBlocks['blocks'],
  containers: readonly Container[],
  titleWords: ReadonlySet<string>,
): Float64Array {
  const likeness = new Float64Array(blocks.length)
  for (let index = 0; index < blocks.length; index++) {
    const block = blocks[index]
    const container = block === undefined ? undefined : containers[block.container]
    if (block === undefined || container === undefined) continue
    if ((container.hints & titleBit) === 0 && !isHeading(container.tag)) continue
    likeness[index] = overlap(block.text, titleWords)
  }
  return likeness
}

function writeNeighbours(
  values: Float32Array,
  { blocks, containers }: PageBlocks,
  texts: readonly BlockText[],
): void {
  const count = blocks.length
  /** Running text before each block. */
  const proseBefore = new Float64Array(count + 1)
  for (let index = 0; index < count; index++) {
    const text = texts[index]
    proseBefore[index + 1] = (proseBefore[index] ?? 0) + (text?.isProse === true ? text.weight : 0)
  }
  const proseAround = (index: number, reach: number): number => {
    const last = Math.min(count, index + reach + 1)
    const all = (proseBefore[last] ?? 0) - (proseBefore[Math.max(0, index - reach)] ?? 0)
    return all - (proseBefore[index + 1] ?? 0) + (proseBefore[index] ?? 0)
  }
  for (let index = 0; index < count; index++) {
    const row = index * featureWidth
    const parent = containers[blocks[index]?.container ?? 0]?.parent ?? 0
    // Neighbours that are not there leave zeros.
    const first = Math.max(0, index - neighbourReach)
    const last = Math.min(count - 1, index + neighbourReach)
    for (let other = first; other <= last; other++) {
      if (other === index) continue
      const place = other - index + neighbourReach - (other > index ? 1 : 0)
      const at = row + neighboursAt + place * 4
      const from = other * featureWidth
      values[at] = values[from] ?? 0
      values[at + 1] = values[from + 2] ?? 0
      values[at + 2] = values[from + 10] ?? 0
      if ((containers[blocks[other]?.container ?? 0]?.parent ?? 0) === parent) values[at + 3] = 1
    }
    values[row + sumsAt] = Math.log1p(proseAround(index, neighbourReach)) / 7
    values[row + sumsAt + 1] = Math.log1p(proseAround(index, wideReach)) / 8
  }
}

function writeSurroundings(
  values: Float32Array,
  { blocks, containers }: PageBlocks,
  around: Surroundings,
): void {
  const { below, named, ownProse, mostProse, allWeight } = around
  const ofPage = [
    Math.log1p(allWeight) / 10,
    around.proseWeight / allWeight,
    mostProse / around.allProse,
    around.linkWeight / allWeight,
  ]
  for (let index = 0; index < blocks.length; index++) {
    const own = blocks[index]?.container ?? 0
    const row = index * featureWidth
    let one = own
    for (let level = 0; level < levels; level++) {
      one = Math.max(0, containers[one]?.parent ?? 0)
      const from = one * belowNumbers
      const to = row + aroundAt + level * belowNumbers
      for (let number = 0; number < belowNumbers; number++) values[to + number] = below[from + number] ?? 0
    }
    const parent = Math.max(0, containers[own]?.parent ?? 0)
    const up = around.up[own] ?? 0
    const at = row + containerAt
    values[at] = (ownProse[parent] ?? 0) / mostProse
    values[at + 1] = (ownProse[own] ?? 0) / mostProse
    values[at + 2] = Math.min(3, around.repeated[own] ?? 0)
    values[at + 3] = up === 0 ? 1 : 0
    values[at + 4] = Math.min(1, up / 6)
    values[at + 5] = Math.min(1, (around.down[own] ?? 0) / 8)
    values[at + 6] = Math.min(1, (containers[own]?.depth ?? 0) / 30)
    values.set(ofPage, row + pageAt)
    values.set(named.subarray(own * namedNumbers, (own + 1) * namedNumbers), row + namedAt)
  }
}

/** H1 to H6. */
function isHeading(tag: string): boolean {
  if (tag.length !== 2 || tag.charCodeAt(0) !== 0x48) return false
  const digit = tag.charCodeAt(1)
  return digit >= 0x31 && digit <= 0x36
}

/** Share of a text's words that are among others. */
function overlap(text: string, others: ReadonlySet<string>): number {
  if (text.length > 400) return 0
  const words = wordsOf(text)
  let shared = 0
  for (const word of words) if (others.has(word)) shared++
  return words.size === 0 ? 0 : shared / words.size
}
