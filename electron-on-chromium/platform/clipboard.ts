import { ClipboardItem, type ClipboardPayload } from './clipboard-item.ts'
import { platformHost } from './host.ts'
import { readSelection, type SelectionName, writeSelection } from './x-selection.ts'

type Contents = ReadonlyMap<string, ClipboardPayload>

/**
 * One of the two clipboards. On a screen its text (or, without text, its first other format) goes to the X selection
 * by xclip, and what another application put there wins over what was written here. Without a screen it lives in this
 * process.
 */
export class Clipboard {
  readonly #name: SelectionName
  #contents: Contents = new Map()
  /** What we gave to the X selection last; null when we did not. */
  #offered: string | null = null

  /** @internal */
  constructor(name: SelectionName) {
    this.#name = name
  }

  clear(): void {
    this.#contents = new Map()
    if (platformHost().isWindowed()) void this.#offer()
  }

  async has(mimeType: string): Promise<boolean> {
    await this.#takeOver()
    return this.#contents.has(mimeType)
  }

  async read(): Promise<ClipboardItem[]> {
    await this.#takeOver()
    return this.#contents.size === 0 ? [] : [new ClipboardItem(Object.fromEntries(this.#contents))]
  }

  async readText(): Promise<string> {
    await this.#takeOver()
    const text = this.#contents.get('text/plain')
    return text instanceof Blob ? text.text() : typeof text === 'string' ? text : ''
  }

  async write(items: readonly ClipboardItem[]): Promise<void> {
    if (!Array.isArray(items) || items.some(item => !(item instanceof ClipboardItem)))
      throw new TypeError('clipboard.write expects an array of ClipboardItem')
    const contents = new Map<string, ClipboardPayload>()
    for (const item of items as readonly ClipboardItem[])
      for (const type of item.types) contents.set(type, await item.getType(type))
    this.#contents = contents
    await this.#offer()
  }

  async writeText(text: string): Promise<void> {
    if (typeof text !== 'string') throw new TypeError('clipboard.writeText expects a string')
    this.#contents = new Map([['text/plain', text]])
    await this.#offer()
  }

  async #offer(): Promise<void> {
    if (!platformHost().isWindowed()) return
    const text = this.#contents.get('text/plain')
    const asText = text instanceof Blob ? await text.text() : typeof text === 'string' ? text : null
    const other = [...this.#contents].find(([, payload]) => payload instanceof Blob)
    this.#offered = asText ?? ''
    if (asText === null && other?.[1] instanceof Blob)
      await writeSelection(this.#name, other[0], Buffer.from(await other[1].arrayBuffer()))
    else await writeSelection(this.#name, 'UTF8_STRING', Buffer.from(asText ?? '', 'utf8'))
  }

  /** Looks whether another application has put something into the X selection meanwhile. */
  async #takeOver(): Promise<void> {
    if (!platformHost().isWindowed()) return
    const text = await readSelection(this.#name)
    if (text === null || text === (this.#offered ?? '')) return
    this.#offered = text
    this.#contents = new Map([['text/plain', text]])
  }
}

const selection = new Clipboard('primary')

/** The `clipboard` module. */
export const clipboard: Clipboard & { readonly selection: Clipboard } = Object.assign(
  new Clipboard('clipboard'),
  { selection },
)
