import type { FindInPageOptions, FoundInPageResult } from 'electron'
import type { DevToolsSession } from '../chromium/devtools.ts'
import { evaluateApart } from './own-world.ts'

interface Found {
  readonly matches: number
  readonly ordinal: number
  readonly area: { x: number; y: number; width: number; height: number }
}

/** Runs in the page, in our world: marks all places of a text and moves to one of them. */
function findInDocument(text: string, isCaseSensitive: boolean, step: number): Found {
  // biome-ignore lint/suspicious/noExplicitAny: the DOM is not among the types of this program
  const scope = globalThis as any
  const { document } = scope
  const fold = (value: string): string => (isCaseSensitive ? value : value.toLowerCase())
  scope.standinFind ??= { text: '', index: -1 }
  const state = scope.standinFind
  const ranges: unknown[] = []
  const wanted = fold(text)
  const walker = document.createTreeWalker(document.body ?? document.documentElement, 4)
  for (let node = walker.nextNode(); node && wanted !== ''; node = walker.nextNode()) {
    const parent = node.parentElement
    if (!parent || /^(SCRIPT|STYLE|NOSCRIPT|TEMPLATE)$/.test(parent.tagName)) continue
    const content = fold(node.data)
    let at = content.indexOf(wanted)
    if (at === -1 || !parent.checkVisibility()) continue
    for (; at !== -1; at = content.indexOf(wanted, at + wanted.length)) {
      const range = document.createRange()
      range.setStart(node, at)
      range.setEnd(node, at + wanted.length)
      ranges.push(range)
    }
  }
  const isNew = state.text !== wanted || step === 0
  state.text = wanted
  if (ranges.length === 0) state.index = -1
  else if (isNew) state.index = 0
  else state.index = (state.index + step + ranges.length) % ranges.length
  scope.standinFindStyle ??= new scope.CSSStyleSheet()
  const style = scope.standinFindStyle
  style.replaceSync(
    '::highlight(standin-find){background:#ffff00;color:#000}::highlight(standin-found){background:#ff9632;color:#000}',
  )
  if (!document.adoptedStyleSheets.includes(style)) document.adoptedStyleSheets.push(style)
  scope.CSS.highlights.set('standin-find', new scope.Highlight(...ranges))
  const active = ranges[state.index] as
    | {
        getBoundingClientRect(): { x: number; y: number; width: number; height: number }
        startContainer: { parentElement: { scrollIntoView(options: object): void } }
      }
    | undefined
  if (!active) {
    scope.CSS.highlights.delete('standin-found')
    return { matches: 0, ordinal: 0, area: { x: 0, y: 0, width: 0, height: 0 } }
  }
  scope.CSS.highlights.set('standin-found', new scope.Highlight(active))
  active.startContainer.parentElement.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  const { x, y, width, height } = active.getBoundingClientRect()
  return { matches: ranges.length, ordinal: state.index + 1, area: { x, y, width, height } }
}

/** Runs in the page, in our world: takes the marks away; gives back the text that was active. */
function stopFinding(keepsSelection: boolean): void {
  // biome-ignore lint/suspicious/noExplicitAny: the DOM is not among the types of this program
  const scope = globalThis as any
  const [active] = [...(scope.CSS.highlights.get('standin-found') ?? [])]
  scope.CSS.highlights.delete('standin-find')
  scope.CSS.highlights.delete('standin-found')
  scope.standinFind = undefined
  if (!keepsSelection || !active) return
  const range = scope.document.createRange()
  range.setStart(active.startContainer, active.startOffset)
  range.setEnd(active.endContainer, active.endOffset)
  scope.getSelection().removeAllRanges()
  scope.getSelection().addRange(range)
}

export interface FindHost {
  command<T>(send: (session: DevToolsSession) => Promise<T>): Promise<T>
  emit(event: string, ...args: unknown[]): boolean
}

/** `findInPage` and `stopFindInPage`, over the text of the main frame. */
export class PageFinder {
  readonly #host: FindHost
  #lastRequestId = 0

  constructor(host: FindHost) {
    this.#host = host
  }

  find(text: string, options: FindInPageOptions = {}): number {
    if (text === '') throw new Error('Must provide a non-empty search content')
    const requestId = ++this.#lastRequestId
    const step = options.findNext === true ? 0 : options.forward === false ? -1 : 1
    this.#host
      .command(session => evaluateApart(session, findInDocument, [text, options.matchCase === true, step]))
      .then(value => this.#found(requestId, value as Found))
      .catch(() => {})
    return requestId
  }

  stop(action: 'clearSelection' | 'keepSelection' | 'activateSelection'): void {
    this.#host
      .command(session => evaluateApart(session, stopFinding, [action !== 'clearSelection']))
      .catch(() => {})
  }

  #found(requestId: number, found: Found): void {
    const result: FoundInPageResult = {
      requestId,
      activeMatchOrdinal: found.ordinal,
      matches: found.matches,
      selectionArea: {
        x: Math.round(found.area.x),
        y: Math.round(found.area.y),
        width: Math.round(found.area.width),
        height: Math.round(found.area.height),
      },
      finalUpdate: true,
    }
    this.#host.emit('found-in-page', { preventDefault: () => {}, defaultPrevented: false }, result)
  }
}
