import {
  attributeOf,
  firstChildOf,
  isRendered,
  nextSiblingOf,
  nodeTypeOf,
  parentOf,
  tagOf,
} from './dom-access.ts'

export interface TextLimits {
  readonly characters: number
  readonly paragraphs: number
  /** Nodes looked at; a page of a million empty elements ends here. */
  readonly nodes: number
}

export interface CollectedText {
  /** In reading order, whitespace folded, none empty. */
  readonly paragraphs: string[]
  readonly characters: number
  /** Most elements inside one another. */
  readonly depth: number
  /** True when a limit ended it. */
  readonly isCut: boolean
}

/** Elements that stand on lines of their own, as the HTML standard's style sheet lays them out. */
const blocks = new Set(
  (
    'ADDRESS ARTICLE ASIDE BLOCKQUOTE BODY CENTER DD DETAILS DIALOG DIR DIV DL DT FIELDSET FIGCAPTION FIGURE FOOTER FORM H1 H2 H3 H4 H5 ' +
    'H6 HEADER HGROUP HR LEGEND LI MAIN MENU NAV OL OPTGROUP OPTION P PRE SEARCH SECTION SUMMARY TABLE CAPTION TBODY TD TFOOT TH THEAD TR UL'
  ).split(' '),
)

/** Elements whose text is not for reading. */
const silent = new Set(
  'SCRIPT STYLE NOSCRIPT TEMPLATE HEAD TITLE IFRAME OBJECT EMBED AUDIO VIDEO CANVAS SVG MATH SELECT DATALIST TEXTAREA INPUT BUTTON'.split(
    ' ',
  ),
)

const elementNode = 1
const textNode = 3

/**
 * The text under `root` as paragraphs. `onlyRendered` leaves out what style hides; it needs a document that is shown.
 * Walks without recursion, however deep the tree, and stops at the limits.
 */
export function collectText(root: Node, limits: TextLimits, onlyRendered: boolean): CollectedText {
  const paragraphs: string[] = []
  let characters = 0
  let isCut = false
  let open: string[] = []
  let openUnits = 0

  const endParagraph = (): void => {
    if (open.length === 0) return
    const text = open.join('').replace(/\s+/gu, ' ').trim()
    open = []
    openUnits = 0
    if (text === '') return
    const rest = limits.characters - characters
    if (text.length > rest || paragraphs.length >= limits.paragraphs) {
      isCut = true
      if (rest > 0 && paragraphs.length < limits.paragraphs) {
        paragraphs.push(text.slice(0, rest))
        characters += rest
      }
      return
    }
    paragraphs.push(text)
    characters += text.length
  }

  const addText = (text: string, isPreformatted: boolean): void => {
    const allowed = limits.characters * 2 - openUnits
    const part = text.length > allowed ? text.slice(0, allowed) : text
    if (!isPreformatted) {
      open.push(part)
      openUnits += part.length
      return
    }
    for (const [index, block] of part.split(/\n[^\S\n]*\n/).entries()) {
      if (index > 0) endParagraph()
      open.push(block)
      openUnits += block.length
      if (isCut) return
    }
  }

  let visited = 0
  let preformattedDepth = 0
  let depth = 0
  let deepest = 0
  let node: Node | null = root
  while (node !== null && !isCut) {
    visited++
    if (visited > limits.nodes) {
      isCut = true
      break
    }
    let child: Node | null = null
    if (nodeTypeOf(node) === textNode) {
      addText((node as Text).data, preformattedDepth > 0)
    } else if (node instanceof Element) {
      const tag = tagOf(node)
      if (tag === 'BR') open.push('\n')
      if (blocks.has(tag)) endParagraph()
      if (!isSilent(node, tag, onlyRendered)) {
        child = firstChildOf(node)
        if (child !== null && tag === 'PRE') preformattedDepth++
      }
    } else if (nodeTypeOf(node) !== elementNode) {
      child = firstChildOf(node)
    }
    if (child !== null) {
      node = child
      depth++
      deepest = Math.max(deepest, depth)
      continue
    }
    // Up to the next node in reading order; every block that is left ends a paragraph.
    let leaving: Node | null = node
    while (leaving !== null && leaving !== root && nextSiblingOf(leaving) === null) {
      leaving = parentOf(leaving)
      depth--
      if (leaving instanceof Element) {
        const tag = tagOf(leaving)
        if (blocks.has(tag)) endParagraph()
        if (tag === 'PRE') preformattedDepth--
      }
    }
    if (leaving instanceof Element && leaving !== root && blocks.has(tagOf(leaving))) endParagraph()
    node = leaving === null || leaving === root ? null : nextSiblingOf(leaving)
  }
  const wasCut = isCut
  endParagraph()
  return { paragraphs, characters, depth: deepest, isCut: wasCut || isCut }
}

function isSilent(element: Element, tag: string, onlyRendered: boolean): boolean {
  if (silent.has(tag)) return true
  if (onlyRendered) return !isRendered(element)
  return attributeOf(element, 'hidden') !== null
}
