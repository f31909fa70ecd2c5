import type { ClipboardBookmark } from 'electron'

export type ClipboardPayload = string | Blob | ClipboardBookmark
type GivenPayload = ClipboardPayload | Promise<Blob | string>

const bookmarkType = 'electron application/bookmark'

/** Something for the clipboard, or from it, in several formats. As W3C's. */
export class ClipboardItem {
  readonly #payloads: Readonly<Record<string, GivenPayload>>

  constructor(items: Record<string, GivenPayload>) {
    if (typeof items !== 'object' || items === null || Array.isArray(items))
      throw new TypeError(
        "Failed to construct 'ClipboardItem': an object of MIME types and payloads is required.",
      )
    if (Object.keys(items).length === 0)
      throw new TypeError("Failed to construct 'ClipboardItem': at least one MIME type is required.")
    this.#payloads = { ...items }
  }

  get types(): string[] {
    return Object.keys(this.#payloads)
  }

  // Declared as in Electron: a bookmark for the type of bookmarks, a Blob for every other.
  async getType<T extends string>(
    type: T,
  ): Promise<
    string extends T ? Blob | ClipboardBookmark : T extends typeof bookmarkType ? ClipboardBookmark : Blob
  > {
    const payload = await this.#payload(type)
    const result =
      type === bookmarkType || payload instanceof Blob ? payload : new Blob([String(payload)], { type })
    return result as Awaited<ReturnType<typeof this.getType<T>>>
  }

  async #payload(type: string): Promise<ClipboardPayload> {
    if (!Object.hasOwn(this.#payloads, type))
      throw new Error(`The type '${type}' was not found in the ClipboardItem`)
    const payload = await this.#payloads[type]
    if (type === bookmarkType) {
      if (typeof payload !== 'object' || payload instanceof Blob || !('url' in payload))
        throw new TypeError('A bookmark has a title and a url')
      return payload
    }
    if (typeof payload !== 'string' && !(payload instanceof Blob))
      throw new TypeError(`The payload of '${type}' must be a string or a Blob`)
    return payload
  }
}
