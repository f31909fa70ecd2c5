/** One thing that a document of bookmarks says, in its order. */
export type NetscapeEvent =
  | { readonly kind: 'folder'; readonly title: string; readonly addedAt: number | null }
  | { readonly kind: 'folderEnd' }
  | {
      readonly kind: 'bookmark'
      readonly title: string
      readonly url: string
      readonly tags: readonly string[]
      readonly addedAt: number | null
    }

/** Icons are written into the tag, as data. */
const longestTag = 400_000
const longestTitle = 2_000
const longestTagName = 100
const mostTags = 50
/** Beyond it folders are read as if they stood in the last one. */
const deepest = 90

interface Open {
  readonly element: 'h3' | 'a'
  readonly attributes: ReadonlyMap<string, string>
}

/**
 * Reads the Netscape bookmark format as browsers write it (https://learn.microsoft.com/en-us/previous-versions/windows/
 * internet-explorer/ie-developer/platform-apis/aa753582(v=vs.85)), a piece at a time. It is HTML that was never closed
 * properly: only the tags DL, H3 and A mean something, and everything else is passed over. Never throws.
 */
export class NetscapeReader {
  #rest = ''
  #open: Open | null = null
  #text = ''
  #depth = 0
  /** Lists that were opened without a folder before them; the outermost is one. */
  readonly #lists: ('folder' | 'bare')[] = []
  #hasFolderWaiting: boolean

  constructor() {
    this.#hasFolderWaiting = false
  }

  /** Gives what the document says so far and was not given before. */
  *read(piece: string): Generator<NetscapeEvent> {
    this.#rest += piece
    let from = 0
    for (;;) {
      const start = this.#rest.indexOf('<', from)
      if (start === -1) {
        this.#addText(this.#rest.slice(from))
        this.#rest = ''
        return
      }
      const end = this.#rest.indexOf('>', start)
      if (end === -1 && this.#rest.length - start <= longestTag) {
        this.#addText(this.#rest.slice(from, start))
        this.#rest = this.#rest.slice(start)
        return
      }
      this.#addText(this.#rest.slice(from, start))
      if (end === -1) {
        // No tag is so long: it was text.
        from = start + 1
        continue
      }
      yield* this.#tag(this.#rest.slice(start + 1, end))
      from = end + 1
    }
  }

  /** Closes what the document left open. */
  *end(): Generator<NetscapeEvent> {
    yield* this.#finish()
    for (let list = this.#lists.pop(); list !== undefined; list = this.#lists.pop()) yield* this.#closed(list)
  }

  *#tag(inside: string): Generator<NetscapeEvent> {
    const name = /^\/?[a-z0-9]+/i.exec(inside)?.[0].toLowerCase()
    switch (name) {
      case 'h3':
      case 'a':
        yield* this.#finish()
        this.#open = { element: name, attributes: attributesOf(inside) }
        this.#text = ''
        return
      case '/h3':
      case '/a':
        yield* this.#finish()
        return
      case 'dl':
        yield* this.#finish()
        this.#lists.push(this.#hasFolderWaiting ? 'folder' : 'bare')
        this.#hasFolderWaiting = false
        return
      case '/dl': {
        yield* this.#finish()
        const list = this.#lists.pop()
        if (list !== undefined) yield* this.#closed(list)
        return
      }
      case 'dt':
        yield* this.#finish()
    }
  }

  *#finish(): Generator<NetscapeEvent> {
    const open = this.#open
    if (open === null) return
    this.#open = null
    const title = decoded(this.#text).replaceAll(/\s+/g, ' ').trim().slice(0, longestTitle)
    const addedAt = momentOf(open.attributes.get('add_date'))
    if (open.element === 'a') {
      const url = open.attributes.get('href')?.trim() ?? ''
      yield { kind: 'bookmark', title, url, tags: tagsOf(open.attributes.get('tags')), addedAt }
      return
    }
    // A folder without a list of its own is empty.
    if (this.#hasFolderWaiting) yield* this.#closed('folder')
    this.#hasFolderWaiting = true
    this.#depth += 1
    if (this.#depth <= deepest) yield { kind: 'folder', title, addedAt }
  }

  *#closed(list: 'folder' | 'bare'): Generator<NetscapeEvent> {
    if (list === 'bare') return
    if (this.#depth <= deepest) yield { kind: 'folderEnd' }
    this.#depth -= 1
  }

  #addText(text: string): void {
    if (this.#open !== null && this.#text.length <= longestTitle * 8) this.#text += text
  }
}

const attribute = /([a-z_][a-z0-9_-]*)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/gi

function attributesOf(inside: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const [, name = '', double, single, bare] of inside.matchAll(attribute)) {
    const key = name.toLowerCase()
    // Icons are long and not kept.
    if (key !== 'icon' && !found.has(key)) found.set(key, decoded(double ?? single ?? bare ?? ''))
  }
  return found
}

function tagsOf(text: string | undefined): string[] {
  const tags = (text ?? '').split(',').map(tag => tag.trim().slice(0, longestTagName))
  return [...new Set(tags.filter(tag => tag !== ''))].slice(0, mostTags)
}

/** Written in seconds, by some in milliseconds or microseconds; null for what is no time. */
function momentOf(text: string | undefined): number | null {
  const number = Number(text)
  if (text === undefined || !Number.isFinite(number) || number <= 0) return null
  if (number < 1e11) return Math.round(number * 1_000)
  return Math.round(number < 1e14 ? number : number / 1_000)
}

const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
}

function decoded(text: string): string {
  return text.replaceAll(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,5}));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return named[String(name).toLowerCase()] ?? whole
    const point = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal)
    return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : ''
  })
}
