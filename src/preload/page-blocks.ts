import { type HintsCache, hintsOf } from './content/hints.ts'
import {
  attributeOf,
  firstChildOf,
  isRendered,
  nextSiblingOf,
  nodeTypeOf,
  parentOf,
  tagOf,
  textDataOf,
} from './dom-access.ts'

export interface BlockLimits {
  readonly characters: number
  readonly blocks: number
  /** Nodes looked at; a page of a million empty elements ends here. */
  readonly nodes: number
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

/** Elements that stand on lines of their own, as the HTML standard's style sheet lays them out. */
const blockTags = new Set(
  (
    'ADDRESS ARTICLE ASIDE BLOCKQUOTE BODY CENTER DD DETAILS DIALOG DIR DIV DL DT FIELDSET FIGCAPTION FIGURE FOOTER FORM H1 H2 H3 H4 H5 ' +
    'H6 HEADER HGROUP HR LEGEND LI MAIN MENU NAV OL OPTGROUP OPTION P PRE SEARCH SECTION SUMMARY TABLE CAPTION TBODY TD TFOOT TH THEAD TR UL'
  ).split(' '),
)

/** Elements whose text is not for reading. */
const silentTags = new Set(
  'SCRIPT STYLE NOSCRIPT TEMPLATE HEAD TITLE IFRAME OBJECT EMBED AUDIO VIDEO CANVAS SVG MATH SELECT DATALIST TEXTAREA INPUT BUTTON'.split(
    ' ',
  ),
)

const elementNode = 1
const textNode = 3
const notBlank = /\S/

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
    const text = open.join('').replace(/\s+/g, ' ').trim()
    const linkCharacters = Math.min(openLinkUnits, text.length)
    open = []
    openUnits = 0
    openLinkUnits = 0
    if (text === '') return
    const rest = limits.characters - characters
    const fits = text.length <= rest && blocks.length < limits.blocks
    if (!fits) isCut = true
    const kept = fits ? text : text.slice(0, rest)
    if (kept === '' || blocks.length >= limits.blocks) return
    blocks.push({ text: kept, linkCharacters, container: openContainer })
    characters += kept.length
  }

  let container = 0
  let linkDepth = 0
  let preformattedDepth = 0
  const addText = (text: string): void => {
    if (!notBlank.test(text)) {
      if (open.length > 0) open.push(' ')
      return
    }
    lineBreaks = 0
    const allowed = limits.characters * 2 - openUnits
    const part = text.length > allowed ? text.slice(0, allowed) : text
    for (const [index, piece] of (preformattedDepth > 0 ? part.split(emptyLine) : [part]).entries()) {
      if (index > 0) endBlock()
      if (isCut) return
      if (openUnits === 0) openContainer = container
      open.push(piece)
      openUnits += piece.length
      if (linkDepth > 0) openLinkUnits += piece.trim().length
    }
  }

  let visited = 0
  let depth = 0
  let deepest = 0
  let node: Node | null = root
  let shownParent: Node | null = null
  let isParentShown = true
  const isShown = (text: Node): boolean => {
    const parent = parentOf(text)
    if (parent !== shownParent) {
      shownParent = parent
      isParentShown = !(parent instanceof Element) || isRendered(parent)
    }
    return isParentShown
  }
  const leave = (element: Node): void => {
    if (!(element instanceof Element)) return
    const tag = tagOf(element)
    if (blockTags.has(tag)) endBlock()
    if (tag === 'PRE') preformattedDepth--
    if (tag === 'A') linkDepth--
    if (isContainer(tag)) container = containers[container]?.parent ?? 0
  }

  while (node !== null && !isCut) {
    visited++
    if (visited > limits.nodes) {
      isCut = true
      break
    }
    let child: Node | null = null
    const type = nodeTypeOf(node)
    if (type === textNode) {
      const text = textDataOf(node as CharacterData)
      if (!onlyRendered || !notBlank.test(text) || isShown(node)) addText(text)
      else hiddenCharacters += text.trim().length
    } else if (node instanceof Element) {
      const tag = tagOf(node)
      if (tag === 'BR') {
        lineBreaks++
        if (lineBreaks > 1) endBlock()
        else open.push('\n')
      }
      if (blockTags.has(tag)) endBlock()
      if (!silentTags.has(tag) && (onlyRendered || attributeOf(node, 'hidden') === null)) {
        child = firstChildOf(node)
        if (child !== null) {
          if (tag === 'PRE') preformattedDepth++
          if (tag === 'A') linkDepth++
          if (isContainer(tag)) {
            const { hints, className } = hintsOf(node, tag, hintsCache)
            const signature = `${tag} ${className}`
            containers.push({ parent: container, tag, hints, depth: depth + 1, signature })
            container = containers.length - 1
          }
        }
      }
    } else if (type !== elementNode) {
      child = firstChildOf(node)
    }
    if (child !== null) {
      node = child
      depth++
      deepest = Math.max(deepest, depth)
      continue
    }
    // Up to the next node in reading order; every block that is left ends.
    let leaving: Node | null = node
    while (leaving !== null && leaving !== root && nextSiblingOf(leaving) === null) {
      leaving = parentOf(leaving)
      depth--
      if (leaving !== null) leave(leaving)
    }
    if (leaving === node && leaving instanceof Element && leaving !== root && blockTags.has(tagOf(leaving))) {
      endBlock()
    }
    node = leaving === null || leaving === root ? null : nextSiblingOf(leaving)
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

/** Custom elements lay out pages too, though their text may stand in a line. */
function isContainer(tag: string): boolean {
  return blockTags.has(tag) || tag.includes('-')
}
