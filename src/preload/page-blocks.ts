import { type HintsCache, hintsOf } from './content/hints.ts'
import { attributeOf, isRendered, walking } from './dom-access.ts'

export interface BlockLimits {
  readonly characters: number
  readonly blocks: number
  /** Nodes looked at; a page of a million empty elements ends here. */
  readonly nodes: number
  /** Asked now and then; the walk ends when it says yes. */
  readonly isLate?: () => boolean
}

/** A run of text that stands on lines of its own. */
export interface Block {
  /** Whitespace folded, not empty. */
  readonly text: string
  /** Characters of it inside of links, about. */
  readonly linkCharacters: number
  /** Index into `containers`: the innermost one that its first character is in. */
  readonly container: number
}

/** An element that lays out others, or a paragraph. Its parent always stands before it in the list. */
export interface Container {
  /** Index of the next one around it; -1 for the root. */
  readonly parent: number
  readonly tag: string
  /** Bits of what its names say it is: see `hints.ts`. */
  readonly hints: number
  readonly depth: number
  /** Tag and class: what repeats itself in a list of comments has the same one. */
  readonly signature: string
}

export interface PageBlocks {
  /** In reading order. */
  readonly blocks: readonly Block[]
  readonly containers: readonly Container[]
  readonly characters: number
  /** Characters that style hides; 0 unless only what is rendered was asked for. */
  readonly hiddenCharacters: number
  /** Most elements inside one another. */
  readonly depth: number
  /** Nodes looked at. */
  readonly nodes: number
  /** True when a limit ended it. */
  readonly isCut: boolean
}

const ofBlock = 1
const ofContainer = 2
const silent = 4
const preformatted = 8
const link = 16
const lineBreak = 32
const text = 64
const document = 128
/** Known of an element by then. */
const shown = 256
const hidden = 512

/** What a node is, by its name. */
const kinds = new Map<string, number>([
  // Elements that stand on lines of their own, as the HTML standard's style sheet lays them out.
  ...named(
    ofBlock | ofContainer,
    'ADDRESS ARTICLE ASIDE BLOCKQUOTE BODY CENTER DD DETAILS DIALOG DIR DIV DL DT FIELDSET FIGCAPTION FIGURE FOOTER FORM H1 H2 H3 ' +
      'H4 H5 H6 HEADER HGROUP HR LEGEND LI MAIN MENU NAV OL OPTGROUP OPTION P SEARCH SECTION SUMMARY TABLE CAPTION TBODY TD TFOOT ' +
      'TH THEAD TR UL',
  ),
  ...named(ofBlock | ofContainer | preformatted, 'PRE'),
  // Elements whose text is not for reading.
  ...named(
    silent,
    'SCRIPT STYLE NOSCRIPT TEMPLATE HEAD TITLE IFRAME OBJECT EMBED AUDIO VIDEO CANVAS SVG MATH SELECT DATALIST TEXTAREA INPUT BUTTON',
  ),
  // Frequent ones that are none of these.
  ...named(0, 'SPAN B I EM STRONG IMG #comment #cdata-section'),
  ...named(link, 'A'),
  ...named(lineBreak, 'BR'),
  ...named(text, '#text'),
  ...named(document, '#document #document-fragment'),
])

function named(kind: number, names: string): [string, number][] {
  return names.split(' ').map(name => [name, kind])
}

/** Custom elements lay out pages too, though their text may stand in a line. */
function kindOf(name: string): number {
  return kinds.get(name) ?? kinds.get(name.toUpperCase()) ?? (name.includes('-') ? ofContainer : 0)
}

const notBlank = /\S/

function isBlank(data: string): boolean {
  return !(data.charCodeAt(0) > 0x20 && data.charCodeAt(0) < 0x80) && !notBlank.test(data)
}

/** The clock is asked once for so many nodes. */
const nodesBetweenLooks = 256

/**
 * The text under `root` in blocks, and the containers around them. `onlyRendered` leaves out what style hides; it
 * needs a document that is shown. Walks without recursion, however deep the tree, and stops at the limits.
 */
export function collectBlocks(root: Node, limits: BlockLimits, onlyRendered: boolean): PageBlocks {
  const blocks: Block[] = []
  const containers: Container[] = [{ parent: -1, tag: 'BODY', hints: 0, depth: 0, signature: '' }]
  const hintsCache: HintsCache = new Map()
  let characters = 0
  let hiddenCharacters = 0
  let isCut = false

  let open: string[] = []
  let openUnits = 0
  let openLinkUnits = 0
  let openContainer = 0
  let lineBreaks = 0
  const endBlock = (): void => {
    lineBreaks = 0
    if (open.length === 0) return
    const folded = (open.length === 1 ? (open[0] ?? '') : open.join('')).replace(/\s+/g, ' ').trim()
    const linkCharacters = Math.min(openLinkUnits, folded.length)
    open = []
    openUnits = 0
    openLinkUnits = 0
    if (folded === '') return
    const rest = limits.characters - characters
    const fits = folded.length <= rest && blocks.length < limits.blocks
    if (!fits) isCut = true
    const kept = fits ? folded : folded.slice(0, rest)
    if (kept === '' || blocks.length >= limits.blocks) return
    blocks.push({ text: kept, linkCharacters, container: openContainer })
    characters += kept.length
  }

  let container = 0
  let linkDepth = 0
  let preformattedDepth = 0
  const addPiece = (piece: string): void => {
    if (openUnits === 0) openContainer = container
    open.push(piece)
    openUnits += piece.length
    if (linkDepth > 0) openLinkUnits += piece.trim().length
  }
  const addText = (data: string): void => {
    lineBreaks = 0
    const allowed = limits.characters * 2 - openUnits
    const part = data.length > allowed ? data.slice(0, allowed) : data
    const pieces = preformattedDepth > 0 ? part.split(emptyLine) : [part]
    for (let index = 0; index < pieces.length; index++) {
      if (index > 0) endBlock()
      if (isCut) return
      addPiece(pieces[index] ?? '')
    }
  }

  /** The nodes around the one that is looked at, what they are, and whether style lets them be seen. */
  const around: Node[] = []
  const kindsAround: number[] = []
  const isShown = (): boolean => {
    const top = around.length - 1
    const parent = around[top]
    const kind = kindsAround[top] ?? 0
    if ((kind & (shown | hidden)) !== 0) return (kind & shown) !== 0
    const isSeen = !(parent instanceof Element) || isRendered(parent)
    kindsAround[top] = kind | (isSeen ? shown : hidden)
    return isSeen
  }
  const { name: nameOf, firstChild: firstChildOf, nextSibling: nextSiblingOf, data: dataOf } = walking
  let visited = 0
  let deepest = 0
  let node: Node | null = root
  while (node !== null && !isCut) {
    visited++
    if (visited > limits.nodes || (visited % nodesBetweenLooks === 0 && limits.isLate?.() === true)) {
      isCut = true
      break
    }
    const name = nameOf.call(node)
    const kind = kindOf(name)
    if (kind === text) {
      const data = dataOf.call(node as CharacterData)
      if (isBlank(data)) {
        if (open.length > 0) open.push(' ')
      } else if (!onlyRendered || isShown()) addText(data)
      else hiddenCharacters += data.trim().length
    } else if ((kind & silent) === 0) {
      if ((kind & ofBlock) !== 0) endBlock()
      else if (kind === lineBreak) {
        lineBreaks++
        if (lineBreaks > 1) endBlock()
        else open.push('\n')
      }
      // What has children and is no document is an element.
      const child: Node | null = firstChildOf.call(node)
      if (
        child !== null &&
        (onlyRendered || kind === document || attributeOf(node as Element, 'hidden') === null)
      ) {
        if ((kind & preformatted) !== 0) preformattedDepth++
        if (kind === link) linkDepth++
        if ((kind & ofContainer) !== 0) {
          const tag = name.toUpperCase()
          const { hints, className } = hintsOf(node as Element, tag, hintsCache)
          const signature = `${tag} ${className}`
          containers.push({ parent: container, tag, hints, depth: around.length + 1, signature })
          container = containers.length - 1
        }
        around.push(node)
        kindsAround.push(kind)
        if (around.length > deepest) deepest = around.length
        node = child
        continue
      }
    }
    // Up to the next node in reading order; every block that is left ends.
    let next: Node | null = node === root ? null : nextSiblingOf.call(node)
    while (next === null && around.length > 0) {
      const left = around.pop()
      const kindLeft = kindsAround.pop() ?? 0
      if ((kindLeft & ofBlock) !== 0) endBlock()
      if ((kindLeft & preformatted) !== 0) preformattedDepth--
      if ((kindLeft & link) !== 0) linkDepth--
      if ((kindLeft & ofContainer) !== 0) container = containers[container]?.parent ?? 0
      if (left !== undefined && left !== root) next = nextSiblingOf.call(left)
    }
    node = next
  }
  const wasCut = isCut
  endBlock()
  return {
    blocks,
    containers,
    characters,
    hiddenCharacters,
    depth: deepest,
    nodes: visited,
    isCut: wasCut || isCut,
  }
}

const emptyLine = /\n[^\S\n]*\n/
