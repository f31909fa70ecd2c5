import type { WebContents } from 'electron'
import { mostJudgedCharacters, mostPageNames } from '../../contracts/network-filtering.ts'

/** Scripts of ours run apart from the page's own, in a world that nothing else uses. */
const worldId = 1_204
const mostNameCharacters = 200

/**
 * Reads the classes and ids that a page has. Attributes, not properties: a form's property `id` may be one of its fields.
 * Bounded by elements too, for a page may have millions.
 */
const readNames = `(() => {
  const classes = new Set(), ids = new Set()
  let left = 50000
  for (const element of document.querySelectorAll('[class], [id]')) {
    if (--left < 0) break
    const id = element.getAttribute('id')
    if (id !== null && ids.size < ${mostPageNames}) ids.add(id)
    for (const name of element.classList) if (classes.size < ${mostPageNames}) classes.add(name)
  }
  return { classes: [...classes], ids: [...ids] }
})()`

export interface HidingRequest {
  readonly page: string
  readonly isNew: boolean
  readonly classes: string[]
  readonly ids: string[]
}

export interface PageHidingOptions {
  /** Asks for a stylesheet; empty where there is nothing to hide. */
  readonly ask: (request: HidingRequest) => Promise<{ readonly css: string }>
  /** Whether anything is blocked on the page at this address. */
  readonly isOn: (url: string) => boolean
}

/**
 * Hides on pages what filter lists hide: what can be said of an address when its document is there, and what the elements add
 * once when it is parsed and once when it is loaded. Only in the page itself, not in its frames, and not what comes later.
 */
export class PageHiding {
  readonly #options: PageHidingOptions

  constructor(options: PageHidingOptions) {
    this.#options = options
  }

  /** Follows a page's contents until they end. */
  follow(contents: WebContents): void {
    let asked = { classes: new Set<string>(), ids: new Set<string>() }
    const hide = (request: HidingRequest): Promise<void> => this.#hide(contents, request)
    const hideElements = async (): Promise<void> => {
      const page = contents.getURL()
      if (!this.#isFor(page)) return
      const before = asked
      const found = namesOf(await contents.executeJavaScriptInIsolatedWorld(worldId, [{ code: readNames }]))
      if (before !== asked || contents.isDestroyed() || contents.getURL() !== page) return
      const classes = found.classes.filter(name => !before.classes.has(name))
      const ids = found.ids.filter(name => !before.ids.has(name))
      for (const name of classes) before.classes.add(name)
      for (const name of ids) before.ids.add(name)
      if (classes.length + ids.length > 0) await hide({ page, isNew: false, classes, ids })
    }
    // A page that is left while it is asked answers nothing, and nothing is lost by that.
    const quietly = (work: Promise<void>): void => void work.catch(() => {})
    contents.on('did-navigate', (_event, url) => {
      asked = { classes: new Set(), ids: new Set() }
      if (this.#isFor(url)) quietly(hide({ page: url, isNew: true, classes: [], ids: [] }))
    })
    contents.on('dom-ready', () => quietly(hideElements()))
    contents.on('did-finish-load', () => quietly(hideElements()))
  }

  #isFor(url: string): boolean {
    return /^https?:/.test(url) && url.length <= mostJudgedCharacters && this.#options.isOn(url)
  }

  async #hide(contents: WebContents, request: HidingRequest): Promise<void> {
    const { css } = await this.#options.ask(request)
    if (css === '' || contents.isDestroyed() || contents.getURL() !== request.page) return
    // With the weight of a person's own style, which a page's cannot undo.
    await contents.insertCSS(css, { cssOrigin: 'user' })
  }
}

/** The page's word: anything may be in it. */
function namesOf(value: unknown): { classes: string[]; ids: string[] } {
  if (typeof value !== 'object' || value === null) return { classes: [], ids: [] }
  const { classes, ids } = value as { classes?: unknown; ids?: unknown }
  return { classes: textsOf(classes), ids: textsOf(ids) }
}

function textsOf(value: unknown): string[] {
  if (!Array.isArray(value)) return []
  return value
    .filter(one => typeof one === 'string' && one !== '' && one.length <= mostNameCharacters)
    .slice(0, mostPageNames)
}
