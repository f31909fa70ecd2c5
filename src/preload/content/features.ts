import type { PageBlocks } from '../page-blocks.ts'
import { type BlockText, describeText, phrases } from './block-text.ts'
import { type HintName, hintNames } from './hints.ts'

/** One row of numbers a block. */
export interface BlockFeatures {
  readonly values: Float32Array
  readonly width: number
  readonly texts: readonly BlockText[]
  /** Weight of text below each container. */
  readonly weightBelow: Float64Array
}

const tagGroups: readonly (readonly string[])[] = [
  ['P'],
  ['H1'],
  ['H2'],
  ['H3', 'H4', 'H5', 'H6'],
  ['LI', 'DD', 'DT'],
  ['PRE'],
  ['BLOCKQUOTE'],
  ['TD', 'TH', 'TR', 'TABLE', 'TBODY'],
  ['FIGCAPTION', 'CAPTION', 'FIGURE'],
]
const tagGroupOf = new Map(tagGroups.flatMap((tags, group) => tags.map(tag => [tag, group] as const)))

const hintCount = hintNames.length
/** Hints of what holds the content: of them also how much of the page they hold. */
const positiveHintNames: readonly HintName[] = ['article', 'content', 'main', 'text']
const positiveHints = positiveHintNames.map(name => hintNames.indexOf(name))
const isPositive = hintNames.map((_, index) => positiveHints.includes(index))
const titleHint = 4

const neighbourReach = 3
const ownNumbers = 13 + phrases.length + tagGroups.length
const placeNumbers = 7
const neighbourNumbers = neighbourReach * 2 * 4 + 2
const containerNumbers = 3 * 5 + 2 + 1 + 4
const pageNumbers = 4
export const featureWidth =
  ownNumbers +
  placeNumbers +
  neighbourNumbers +
  containerNumbers +
  pageNumbers +
  hintCount +
  positiveHints.length

/** A hint weighs less the further out the element is that gave it. */
const hintDecay = 0.88

/** Numbers about every block of a page: of itself, its neighbours, and what is around it. `title` is the document's. */
export function blockFeatures(page: PageBlocks, title: string): BlockFeatures {
  const { blocks, containers } = page
  const texts = blocks.map(block => describeText(block.text, block.linkCharacters))
  const size = containers.length
  const weightBelow = new Float64Array(size)
  const linkBelow = new Float64Array(size)
  const proseBelow = new Float64Array(size)
  const blocksBelow = new Float64Array(size)
  const ownProse = new Float64Array(size)
  const parentOf = (index: number): number => containers[index]?.parent ?? -1
  for (const [index, block] of blocks.entries()) {
    const text = texts[index]
    if (text === undefined) continue
    const at = block.container
    add(weightBelow, at, text.weight)
    add(linkBelow, at, text.weight * text.linkShare)
    add(blocksBelow, at, 1)
    if (!text.isProse) continue
    add(proseBelow, at, text.weight)
    const parent = parentOf(at)
    const tag = containers[at]?.tag ?? ''
    if (parent >= 0 && tagGroupOf.has(tag)) add(ownProse, parent, text.weight)
    else add(ownProse, at, text.weight)
  }
  for (let index = size - 1; index > 0; index--) {
    const parent = parentOf(index)
    for (const sums of [weightBelow, linkBelow, proseBelow, blocksBelow]) add(sums, parent, sums[index] ?? 0)
  }
  const allWeight = Math.max(1, weightBelow[0] ?? 0)
  const allProse = Math.max(1, proseBelow[0] ?? 0)
  const repeats = repetitions(page)
  const best = bestContainer(page, ownProse)
  const mostProse = Math.max(1, ownProse[best] ?? 0)
  const distances = distancesFrom(page, best)

  const hints = new Float32Array(size * hintCount)
  const shares = new Float32Array(size * positiveHints.length)
  const repeated = new Float32Array(size)
  const hasProse = (proseBelow[0] ?? 0) > 200
  for (let index = 1; index < size; index++) {
    const container = containers[index]
    if (container === undefined) continue
    const share = hasProse ? (proseBelow[index] ?? 0) / allProse : (weightBelow[index] ?? 0) / allWeight
    const { parent } = container
    for (let hint = 0; hint < hintCount; hint++) {
      const inherited = (hints[parent * hintCount + hint] ?? 0) * hintDecay
      const own = (container.hints & (1 << hint)) === 0 ? 0 : isPositive[hint] === true ? 1 : 1 - share * 0.9
      hints[index * hintCount + hint] = Math.max(inherited, own)
    }
    for (const [place, hint] of positiveHints.entries()) {
      const own = (container.hints & (1 << hint)) === 0 ? 0 : share
      const at = parent * positiveHints.length + place
      shares[index * positiveHints.length + place] = Math.max(shares[at] ?? 0, own)
    }
    const own = tagGroupOf.has(container.tag) ? 0 : Math.log(repeats[index] ?? 1) * (1 - share)
    repeated[index] = Math.max((repeated[parent] ?? 0) * 0.92, own)
  }

  const titleWords = wordsOf(title)
  const values = new Float32Array(blocks.length * featureWidth)
  let before = 0
  let sinceHeading = -1
  let titleAt = -1
  for (const [index, block] of blocks.entries()) {
    if (
      titleAt < 0 &&
      isHeading(containers[block.container]?.tag ?? '') &&
      overlap(block.text, titleWords) > 0.6
    )
      titleAt = index
  }
  for (const [index, block] of blocks.entries()) {
    const text = texts[index]
    const container = containers[block.container]
    if (text === undefined || container === undefined) continue
    let at = index * featureWidth
    const put = (value: number): void => {
      values[at++] = value
    }
    const perHundred = 100 / Math.max(20, text.weight)
    put(Math.log1p(text.weight) / 5)
    put(Math.log1p(text.words) / 4)
    put(text.linkShare)
    put(Math.min(3, text.sentenceEnds * perHundred))
    put(Math.min(4, text.commas * perHundred))
    put(text.sentenceEnds > 1 ? 1 : 0)
    put(text.endsSentence ? 1 : 0)
    put(Math.min(1, text.digitShare * 3))
    put(Math.min(1, text.upperShare * 3))
    put(Math.min(1, text.separators / 3))
    put(text.isProse ? 1 : 0)
    put(text.weight < 25 ? 1 : 0)
    put(text.linkShare > 0.9 ? 1 : 0)
    for (let phrase = 0; phrase < phrases.length; phrase++) put((text.phrases & (1 << phrase)) === 0 ? 0 : 1)
    const group = tagGroupOf.get(container.tag) ?? -1
    for (let one = 0; one < tagGroups.length; one++) put(one === group ? 1 : 0)

    if (isHeading(container.tag)) sinceHeading = index
    put(before / allWeight)
    put(index / Math.max(1, blocks.length - 1))
    put(Math.log1p(before) / 8)
    put(titleAt >= 0 ? (index < titleAt ? -1 : 1) : 0)
    put(titleAt >= 0 && index > titleAt ? 1 / (1 + (index - titleAt) / 10) : 0)
    put(
      isHeading(container.tag) || (container.hints & (1 << titleHint)) !== 0
        ? overlap(block.text, titleWords)
        : 0,
    )
    put(sinceHeading < 0 ? 0 : 1 / (1 + index - sinceHeading))
    before += text.weight

    let near = 0
    let wide = 0
    for (let step = -8; step <= 8; step++) {
      const other = texts[index + step]
      if (step === 0 || other === undefined) continue
      const prose = other.isProse ? other.weight : 0
      if (Math.abs(step) <= 3) near += prose
      wide += prose
      if (Math.abs(step) > neighbourReach) continue
      // Neighbours that are not there leave zeros.
      const place = step < 0 ? step + neighbourReach : step + neighbourReach - 1
      at = index * featureWidth + ownNumbers + placeNumbers + place * 4
      put(Math.log1p(other.weight) / 5)
      put(other.linkShare)
      put(other.isProse ? 1 : 0)
      put(containerOfBlock(page, index + step) === container.parent ? 1 : 0)
    }
    at = index * featureWidth + ownNumbers + placeNumbers + neighbourReach * 8
    put(Math.log1p(near) / 7)
    put(Math.log1p(wide) / 8)

    let around = block.container
    for (let level = 0; level < 3; level++) {
      around = Math.max(0, parentOf(around))
      const weight = weightBelow[around] ?? 0
      put(weight === 0 ? 0 : (linkBelow[around] ?? 0) / weight)
      put(Math.log1p(proseBelow[around] ?? 0) / 8)
      put((proseBelow[around] ?? 0) / allProse)
      put(Math.log1p(weight / Math.max(1, blocksBelow[around] ?? 1)) / 6)
      put(tagGroupOf.has(containers[around]?.tag ?? '') ? 1 : 0)
    }
    const parent = Math.max(0, container.parent)
    put((ownProse[parent] ?? 0) / mostProse)
    put((ownProse[block.container] ?? 0) / mostProse)
    put(Math.min(3, repeated[block.container] ?? 0))
    const { up, down } = distances(block.container)
    put(up === 0 ? 1 : 0)
    put(Math.min(1, up / 6))
    put(Math.min(1, down / 8))
    put(Math.min(1, container.depth / 30))

    put(Math.log1p(allWeight) / 10)
    put((proseBelow[0] ?? 0) / allWeight)
    put(mostProse / allProse)
    put((linkBelow[0] ?? 0) / allWeight)

    for (let hint = 0; hint < hintCount; hint++) put(hints[block.container * hintCount + hint] ?? 0)
    for (let place = 0; place < positiveHints.length; place++) {
      put(shares[block.container * positiveHints.length + place] ?? 0)
    }
  }
  return { values, width: featureWidth, texts, weightBelow }
}

function add(sums: Float64Array, index: number, value: number): void {
  sums[index] = (sums[index] ?? 0) + value
}

/** How many containers with the same tag and class stand beside each one, itself among them. */
function repetitions({ containers }: PageBlocks): Float64Array {
  const counts = new Map<string, number>()
  const keys = containers.map(({ parent, signature }) => `${parent} ${signature}`)
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1)
  return Float64Array.from(keys, key => counts.get(key) ?? 1)
}

/** The container with most running text directly in it, where what is further in counts less. */
function bestContainer({ containers }: PageBlocks, ownProse: Float64Array): number {
  const scores = Float64Array.from(ownProse)
  for (const [index, { parent }] of containers.entries()) {
    const own = ownProse[index] ?? 0
    if (own === 0 || parent < 0) continue
    add(scores, parent, own * 0.6)
    const around = containers[parent]?.parent ?? -1
    if (around >= 0) add(scores, around, own * 0.35)
  }
  let best = 0
  for (const [index, score] of scores.entries()) if (score > (scores[best] ?? 0)) best = index
  return best
}

/** Levels from the best container up to the one that is also around another, and from there down to that one. */
function distancesFrom(
  { containers }: PageBlocks,
  best: number,
): (index: number) => { up: number; down: number } {
  const levels = new Map<number, number>()
  for (let index = best, level = 0; index >= 0; index = containers[index]?.parent ?? -1)
    levels.set(index, level++)
  return from => {
    let down = 0
    for (let index = from; index >= 0 && down < 40; index = containers[index]?.parent ?? -1) {
      const up = levels.get(index)
      if (up !== undefined) return { up, down }
      down++
    }
    return { up: levels.size, down }
  }
}

function containerOfBlock({ blocks, containers }: PageBlocks, index: number): number {
  const block = blocks[index]
  return block === undefined ? -1 : (containers[block.container]?.parent ?? -1)
}

function isHeading(tag: string): boolean {
  return /^H[1-6]$/.test(tag)
}

function wordsOf(text: string): Set<string> {
  return new Set(
    text
      .slice(0, 500)
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [],
  )
}

/** Share of a text's words that are among others. */
function overlap(text: string, others: ReadonlySet<string>): number {
  if (text.length > 400) return 0
  const words = wordsOf(text)
  let shared = 0
  for (const word of words) if (others.has(word)) shared++
  return words.size === 0 ? 0 : shared / words.size
}
