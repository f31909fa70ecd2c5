import type { DevToolsSession } from '../chromium/devtools.ts'
import { safeCursor } from './cursor.ts'
import { pageScript } from './page-script.ts'
import type { Box, PopupItem } from './wire.ts'

const worldName = 'standin-window'
const bindingName = '__windowedTell'
const longestList = 2000
const longestText = 1000

export interface SelectRequest {
  /** Where the select element is, in the document's own coordinates. */
  readonly box: Box
  /** Where in the document the press was that opened it; null when a key did. */
  readonly pointer: { readonly x: number; readonly y: number } | null
  readonly fontSizePx: number
  readonly items: readonly PopupItem[]
  /** Answers with the place in `items` that was chosen, or null. To be called once. */
  choose(position: number | null): void
}

export interface ViewHelperListener {
  hover(cursor: string, tooltip: string): void
  select(request: SelectRequest): void
}

/**
 * Our half in the documents of a view. What it tells comes out of a renderer that a hostile page may have
 * taken over: everything is checked, and nothing is done with it but to show it.
 */
export class ViewHelper implements Disposable {
  readonly #session: DevToolsSession
  readonly #listener: ViewHelperListener
  readonly #calls: Disposable
  #scriptId: string | null = null

  constructor(session: DevToolsSession, listener: ViewHelperListener) {
    this.#session = session
    this.#listener = listener
    this.#calls = session.on('Runtime.bindingCalled', event => {
      if (event.name === bindingName) this.#heard(event.payload, event.executionContextId)
    })
    session.send('Runtime.addBinding', { name: bindingName, executionContextName: worldName }).catch(() => {})
    session
      .send('Page.addScriptToEvaluateOnNewDocument', {
        source: pageScript('view-helper'),
        worldName,
        runImmediately: true,
      })
      .then(
        ({ identifier }) => {
          this.#scriptId = identifier
        },
        () => {},
      )
  }

  [Symbol.dispose](): void {
    this.#calls[Symbol.dispose]()
    const identifier = this.#scriptId
    if (identifier !== null)
      this.#session.send('Page.removeScriptToEvaluateOnNewDocument', { identifier }).catch(() => {})
  }

  #heard(payload: string, contextId: number): void {
    const message = parse(payload)
    if (message?.kind === 'hover') {
      const { cursor, tooltip } = message
      if (typeof cursor === 'string' && typeof tooltip === 'string')
        this.#listener.hover(safeCursor(cursor), tooltip.slice(0, longestText))
    } else if (message?.kind === 'select') this.#select(message, contextId)
  }

  #select(message: Readonly<Record<string, unknown>>, contextId: number): void {
    const box = boxOf(message.box)
    const { requestId, fontSizePx, items } = message
    if (!box || typeof requestId !== 'number' || typeof fontSizePx !== 'number' || !Array.isArray(items))
      return
    const options = items.slice(0, longestList).flatMap(optionOf)
    this.#listener.select({
      box,
      pointer: pointOf(message.pointer),
      fontSizePx: Math.min(40, Math.max(8, fontSizePx)),
      items: options.map(option => option.item),
      choose: position => {
        const index = position === null ? null : (options[position]?.index ?? null)
        const expression = `__windowedChoose(${requestId}, ${index})`
        this.#session.send('Runtime.evaluate', { expression, contextId }).catch(() => {})
      },
    })
  }
}

function parse(payload: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(payload)
    return isRecord(value) ? value : null
  } catch {
    return null
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

function pointOf(value: unknown): { x: number; y: number } | null {
  if (!isRecord(value)) return null
  const { x, y } = value
  return typeof x === 'number' && typeof y === 'number' ? { x, y } : null
}

function boxOf(value: unknown): Box | null {
  const point = pointOf(value)
  if (!point || !isRecord(value)) return null
  const { width, height } = value
  return typeof width === 'number' && typeof height === 'number' ? { ...point, width, height } : null
}

function optionOf(value: unknown): { index: number; item: PopupItem }[] {
  if (!isRecord(value)) return []
  const { index, kind, label, isEnabled, isChosen } = value
  if (typeof index !== 'number' || typeof label !== 'string') return []
  if (kind !== 'choice' && kind !== 'heading' && kind !== 'separator') return []
  return [
    {
      index,
      item: {
        kind,
        label: label.slice(0, longestText),
        isEnabled: isEnabled === true,
        isChosen: isChosen === true,
      },
    },
  ]
}
