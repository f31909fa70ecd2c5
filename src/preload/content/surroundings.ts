import type { Container, PageBlocks } from '../page-blocks.ts'
import type { BlockText } from './block-text.ts'
import { type HintName, hintNames } from './hints.ts'

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
/** Kinds of elements that hold text themselves. */
export const tagGroupOf = new Map(tagGroups.flatMap((tags, group) => tags.map(tag => [tag, group] as const)))
export const tagGroupCount = tagGroups.length

const hintCount = hintNames.length
/** Hints of what holds the content: of them also how much of the page they hold. */
const positiveHintNames: readonly HintName[] = ['article', 'content', 'main', 'text']
const positiveHints = positiveHintNames.map(name => hintNames.indexOf(name))
const positiveCount = positiveHints.length
const positiveBits = positiveHints.reduce((bits, hint) => bits | (1 << hint), 0)

/** Numbers of a container from names, its own and those around it. */
export const namedNumbers = hintCount + positiveCount
/** Numbers of a container about the text below it. */
export const belowNumbers = 5

/** A hint weighs less the further out the element is that gave it. */
const hintDecay = 0.88

/** What is around the blocks of a page: numbers for each container, in the order of the containers. */
export interface Surroundings {
  readonly allWeight: number
  readonly allProse: number
  readonly linkWeight: number
  readonly proseWeight: number
  /** Running text that stands directly in a container. */
  readonly ownProse: Float64Array
  readonly mostProse: number
  readonly below: Float32Array
  readonly named: Float32Array
  /** How much it is one of many that are alike. */
  readonly repeated: Float32Array
  /** Levels from the container with most running text up to what is also around this one. */
  readonly up: Uint16Array
  /** And from there down to this one. */
  readonly down: Uint16Array
}

/** Walks over the containers from the inside out, then from the outside in. */
export function describeSurroundings(page: PageBlocks, texts: readonly BlockText[]): Surroundings {
  const { containers } = page
  const size = containers.length
  const sums = sumsBelow(page, texts)
  const { weightBelow, linkBelow, proseBelow, blocksBelow, ownProse } = sums
  const allWeight = Math.max(1, weightBelow[0] ?? 0)
  const allProse = Math.max(1, proseBelow[0] ?? 0)
  const best = bestContainer(containers, ownProse)
  const { up, down } = distancesFrom(containers, best)
  const repeats = repetitions(containers, blocksBelow)
  const hasProse = (proseBelow[0] ?? 0) > 200
  const below = new Float32Array(size * belowNumbers)
  const named = new Float32Array(size * namedNumbers)
  const repeated = new Float32Array(size)
  const held = new Int32Array(size)
  for (let index = 0; index < size; index++) {
    const container = containers[index]
    const blocks = blocksBelow[index] ?? 0
    // What is around no text is asked for nothing.
    if (container === undefined || blocks === 0) continue
    const weight = weightBelow[index] ?? 0
    const prose = proseBelow[index] ?? 0
    const isOfText = tagGroupOf.has(container.tag)
    const at = index * belowNumbers
    below[at] = weight === 0 ? 0 : (linkBelow[index] ?? 0) / weight
    below[at + 1] = Math.log1p(prose) / 8
    below[at + 2] = prose / allProse
    below[at + 3] = Math.log1p(weight / blocks) / 6
    below[at + 4] = isOfText ? 1 : 0
    if (index === 0) continue
    const { parent, hints } = container
    const share = hasProse ? prose / allProse : weight / allWeight
    const all = hints | (held[parent] ?? 0)
    held[index] = all
    if (all !== 0) nameContainer(named, index, parent, all, hints, share)
    const own = isOfText ? 0 : Math.log(repeats[index] ?? 1) * (1 - share)
    repeated[index] = Math.max((repeated[parent] ?? 0) * 0.92, own)
  }
  return {
    allWeight,
    allProse,
    linkWeight: linkBelow[0] ?? 0,
    proseWeight: proseBelow[0] ?? 0,
    ownProse,
    mostProse: Math.max(1, ownProse[best] ?? 0),
    below,
    named,
    repeated,
    up,
    down,
  }
}

/** The hints of `all`, of which a container has `own` itself and the others from what is around it. */
function nameContainer(
  named: Float32Array,
  index: number,
  parent: number,
  all: number,
  own: number,
  share: number,
): void {
  const from = parent * namedNumbers
  const to = index * namedNumbers
  for (let rest = all; rest !== 0; rest &= rest - 1) {
    const hint = 31 - Math.clz32(rest & -rest)
    const bit = 1 << hint
    const inherited = (named[from + hint] ?? 0) * hintDecay
    const given = (own & bit) === 0 ? 0 : (positiveBits & bit) !== 0 ? 1 : 1 - share * 0.9
    named[to + hint] = inherited > given ? inherited : given
  }
  if ((all & positiveBits) === 0) return
  for (let place = 0; place < positiveCount; place++) {
    const given = (own & (1 << (positiveHints[place] ?? 0))) === 0 ? 0 : share
    const inherited = named[from + hintCount + place] ?? 0
    named[to + hintCount + place] = inherited > given ? inherited : given
  }
}

interface Sums {
  readonly weightBelow: Float64Array
  readonly linkBelow: Float64Array
  readonly proseBelow: Float64Array
  readonly blocksBelow: Float64Array
  readonly ownProse: Float64Array
}

function sumsBelow({ blocks, containers }: PageBlocks, texts: readonly BlockText[]): Sums {
  const size = containers.length
  const weightBelow = new Float64Array(size)
  const linkBelow = new Float64Array(size)
  const proseBelow = new Float64Array(size)
  const blocksBelow = new Float64Array(size)
  const ownProse = new Float64Array(size)
  for (let index = 0; index < blocks.length; index++) {
    const at = blocks[index]?.container ?? 0
    const text = texts[index]
    if (text === undefined) continue
    add(weightBelow, at, text.weight)
    add(linkBelow, at, text.weight * text.linkShare)
    add(blocksBelow, at, 1)
    if (!text.isProse) continue
    add(proseBelow, at, text.weight)
    const container = containers[at]
    const isOfText = container !== undefined && container.parent >= 0 && tagGroupOf.has(container.tag)
    add(ownProse, isOfText ? container.parent : at, text.weight)
  }
  for (let index = size - 1; index > 0; index--) {
    const below = blocksBelow[index] ?? 0
    const parent = containers[index]?.parent ?? 0
    if (below === 0) continue
    add(blocksBelow, parent, below)
    add(weightBelow, parent, weightBelow[index] ?? 0)
    add(linkBelow, parent, linkBelow[index] ?? 0)
    add(proseBelow, parent, proseBelow[index] ?? 0)
  }
  return { weightBelow, linkBelow, proseBelow, blocksBelow, ownProse }
}

function add(sums: Float64Array, index: number, value: number): void {
  sums[index] = (sums[index] ?? 0) + value
}

/** How many containers with the same tag and class stand beside each one, itself among them. */
function repetitions(containers: readonly Container[], blocksBelow: Float64Array): Float64Array {
  const size = containers.length
  const bySignature = new Map<string, number>()
  const group = new Int32Array(size)
  for (let index = 0; index < size; index++) {
    const signature = containers[index]?.signature ?? ''
    const known = bySignature.get(signature)
    group[index] = known ?? bySignature.size
    if (known === undefined) bySignature.set(signature, bySignature.size)
  }
  const groups = bySignature.size
  const counts = new Map<number, number>()
  for (let index = 0; index < size; index++) {
    const key = ((containers[index]?.parent ?? 0) + 1) * groups + (group[index] ?? 0)
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  const repeats = new Float64Array(size)
  for (let index = 0; index < size; index++) {
    if (blocksBelow[index] === 0) continue
    repeats[index] = counts.get(((containers[index]?.parent ?? 0) + 1) * groups + (group[index] ?? 0)) ?? 1
  }
  return repeats
}

/** The container with most running text directly in it, where what is further in counts less. */
function bestContainer(containers: readonly Container[], ownProse: Float64Array): number {
  const scores = Float64Array.from(ownProse)
  for (let index = 1; index < containers.length; index++) {
    const own = ownProse[index] ?? 0
    if (own === 0) continue
    const parent = containers[index]?.parent ?? 0
    add(scores, parent, own * 0.6)
    const around = containers[parent]?.parent ?? -1
    if (around >= 0) add(scores, around, own * 0.35)
  }
  let best = 0
  for (let index = 1; index < scores.length; index++) {
    if ((scores[index] ?? 0) > (scores[best] ?? 0)) best = index
  }
  return best
}

const furthest = 40

function distancesFrom(
  containers: readonly Container[],
  best: number,
): { readonly up: Uint16Array; readonly down: Uint16Array } {
  const up = new Uint16Array(containers.length)
  const down = new Uint16Array(containers.length)
  const isAround = new Uint8Array(containers.length)
  let levels = 0
  for (let index = best; index >= 0; index = containers[index]?.parent ?? -1) {
    up[index] = Math.min(levels++, 0xffff)
    isAround[index] = 1
  }
  for (let index = 1; index < containers.length; index++) {
    if (isAround[index] === 1) continue
    const parent = containers[index]?.parent ?? 0
    const steps = (down[parent] ?? 0) + 1
    up[index] = steps < furthest ? (up[parent] ?? 0) : Math.min(levels, 0xffff)
    down[index] = Math.min(steps, furthest)
  }
  return { up, down }
}
