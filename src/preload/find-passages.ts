import { bodyOf, firstChildOf, nextSiblingOf, parentOf, tagOf, textDataOf } from './dom-access.ts'

/** Where a passage begins and ends: text nodes and the code units within them. */
export interface Place {
  readonly start: { readonly node: Text; readonly offset: number }
  readonly end: { readonly node: Text; readonly offset: number }
}

/** Pages beyond these are searched as far as they go. */
const limits = { nodes: 500_000, characters: 4_000_000 }
/** Passages whose middle differs from the page (a footnote mark, a soft hyphen) are found by their ends. */
const endCharacters = 30
const notForReading = new Set('SCRIPT STYLE NOSCRIPT TEMPLATE TEXTAREA SELECT'.split(' '))

/**
 * Finds passages on a page by their words, whatever elements they run through and however they are spaced. Null for each
 * one that is not there. The document is untrusted and is not changed.
 */
export function findPassages(document: Document, passages: readonly string[]): (Place | null)[] {
  const text = foldText(document)
  return passages.map(passage => {
    const sought = passage.replace(whitespace, '')
    if (sought === '') return null
    const at = text.folded.indexOf(sought)
    if (at >= 0) return placeOf(text, at, at + sought.length)
    if (sought.length < endCharacters * 2) return null
    const start = text.folded.indexOf(sought.slice(0, endCharacters))
    if (start < 0) return null
    const tail = text.folded.indexOf(sought.slice(-endCharacters), start)
    const isNear = tail >= 0 && tail - start < sought.length * 1.5
    return isNear ? placeOf(text, start, tail + endCharacters) : null
  })
}

const whitespace = /\s+/gu

interface FoldedText {
  /** All text in reading order, without any white space. */
  readonly folded: string
  readonly nodes: readonly Text[]
  /** Where the text of each node begins in `folded`. */
  readonly starts: readonly number[]
}

function foldText(document: Document): FoldedText {
  const nodes: Text[] = []
  const starts: number[] = []
  const parts: string[] = []
  let length = 0
  const root = bodyOf(document)
  let node: Node | null = root
  for (let visited = 0; node !== null && visited < limits.nodes && length < limits.characters; visited += 1) {
    if (node instanceof Text) {
      const part = textDataOf(node).replace(whitespace, '')
      if (part !== '') {
        nodes.push(node)
        starts.push(length)
        parts.push(part)
        length += part.length
      }
    }
    const isSkipped: boolean = node instanceof Element && notForReading.has(tagOf(node))
    node = (isSkipped ? null : firstChildOf(node)) ?? following(node, root)
  }
  return { folded: parts.join(''), nodes, starts }
}

function following(node: Node, root: Node | null): Node | null {
  let leaving: Node | null = node
  while (leaving !== null && leaving !== root) {
    const next = nextSiblingOf(leaving)
    if (next !== null) return next
    leaving = parentOf(leaving)
  }
  return null
}

function placeOf(text: FoldedText, from: number, to: number): Place | null {
  const start = pointOf(text, from)
  const last = pointOf(text, to - 1)
  if (start === null || last === null) return null
  return { start, end: { node: last.node, offset: last.offset + 1 } }
}

/** The node and the offset in its own text of a character that counts `at` without white space. */
function pointOf(text: FoldedText, at: number): Place['start'] | null {
  let low = 0
  let high = text.starts.length - 1
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((text.starts[middle] ?? 0) <= at) low = middle
    else high = middle - 1
  }
  const node = text.nodes[low]
  if (node === undefined) return null
  let left = at - (text.starts[low] ?? 0)
  const data = textDataOf(node)
  for (let offset = 0; offset < data.length; offset += 1) {
    if (/\s/u.test(data.charAt(offset))) continue
    if (left === 0) return { node, offset }
    left -= 1
  }
  return null
}
