import { parentOf } from './dom-access.ts'
import { findPassages, type Place } from './find-passages.ts'

/**
 * The marks of the person's own browser on a page. They are CSS custom highlights
 * (https://drafts.csswg.org/css-highlight-api-1/): ranges that are painted, so that not one element of the page is
 * touched. A page can see that its text is marked, as it can see a selection.
 */
export class PageMarks {
  readonly #document: Document
  #sheet: CSSStyleSheet | null = null

  constructor(document: Document) {
    this.#document = document
  }

  /** Marks these passages instead of those before; says which were found. */
  mark(passages: readonly string[], current: number | null): boolean[] {
    const places = findPassages(this.#document, passages)
    const ranges = places.map(place => (place === null ? null : rangeOf(place)))
    const all = ranges.filter(range => range !== null)
    const inView = current === null ? null : (ranges[current] ?? null)
    paint(names.passage, all)
    paint(names.current, inView === null ? [] : [inView])
    this.#setStyle(all.length > 0)
    if (inView !== null) bringIntoView(inView)
    return ranges.map(range => range !== null)
  }

  #setStyle(isMarked: boolean): void {
    const others = styleSheetsOf(this.#document).filter(sheet => sheet !== this.#sheet)
    if (isMarked && this.#sheet === null) {
      this.#sheet = new CSSStyleSheet()
      this.#sheet.replaceSync(style)
    }
    const sheets = isMarked && this.#sheet !== null ? [...others, this.#sheet] : others
    // Through the prototype, as in dom-access.ts: an element may be named like this property.
    Reflect.set(Document.prototype, 'adoptedStyleSheets', sheets, this.#document)
  }
}

const names = { passage: 'nexus-passage', current: 'nexus-current' }
const style =
  `::highlight(${names.passage}) { background-color: #d9eee6; color: #14211d }` +
  `::highlight(${names.current}) { background-color: #a9dcc8; color: #14211d }`

function styleSheetsOf(document: Document): readonly CSSStyleSheet[] {
  return Reflect.get(Document.prototype, 'adoptedStyleSheets', document)
}

function rangeOf({ start, end }: Place): Range {
  const range = new Range()
  range.setStart(start.node, start.offset)
  range.setEnd(end.node, end.offset)
  return range
}

function paint(name: string, ranges: readonly Range[]): void {
  if (ranges.length === 0) CSS.highlights.delete(name)
  else CSS.highlights.set(name, new Highlight(...ranges))
}

function bringIntoView(range: Range): void {
  const element = parentOf(range.startContainer)
  if (element instanceof Element) Element.prototype.scrollIntoView.call(element, { block: 'center' })
}
