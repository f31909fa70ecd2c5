import type { Protocol } from '../chromium/devtools.ts'
import { routingIdOf } from '../main/frame-numbers.ts'
import { fromEngineUrl } from '../session/scheme-mapping.ts'
import { type FramePage, forgetFrame, frameFacts, WebFrameMain } from './web-frame-main.ts'

/** The frames of one page as DevTools tells of them. The main frame is there before the page is. */
export class FrameTree {
  readonly mainFrame: WebFrameMain
  readonly #page: FramePage
  readonly #frames = new Map<string, WebFrameMain>()

  constructor(page: FramePage) {
    this.#page = page
    this.mainFrame = this.#newFrame('', null)
  }

  /** The page exists: a page's target and its main frame have the same id. */
  mainFrameIs(frameId: string): void {
    this.#frames.delete(frameFacts(this.mainFrame).frameId)
    frameFacts(this.mainFrame).frameId = frameId
    this.#frames.set(frameId, this.mainFrame)
  }

  get(frameId: string): WebFrameMain | null {
    return this.#frames.get(frameId) ?? null
  }

  /** The frame, made when it is not known: events of several sessions come in no order. */
  attached(frameId: string, parentId: string | null): WebFrameMain {
    const known = this.#frames.get(frameId)
    if (known) return known
    return this.#newFrame(frameId, (parentId && this.#frames.get(parentId)) || this.mainFrame)
  }

  navigated(frame: Protocol.Page.Frame): void {
    const facts = frameFacts(this.attached(frame.id, frame.parentId ?? null))
    facts.url = fromEngineUrl(frame.url + (frame.urlFragment ?? ''))
    facts.origin = originOf(facts.url, frame.securityOrigin)
    facts.name = frame.name ?? ''
    // Its frames went with the document.
    for (const child of [...facts.children]) this.detached(frameFacts(child).frameId)
  }

  movedWithin(frameId: string, url: string): void {
    const frame = this.#frames.get(frameId)
    if (frame) frameFacts(frame).url = fromEngineUrl(url)
  }

  detached(frameId: string): void {
    const frame = this.#frames.get(frameId)
    if (!frame || frame === this.mainFrame) return
    for (const child of frame.framesInSubtree) this.#frames.delete(frameFacts(child).frameId)
    forgetFrame(frame)
  }

  gone(): void {
    forgetFrame(this.mainFrame)
    this.#frames.clear()
  }

  #newFrame(frameId: string, parent: WebFrameMain | null): WebFrameMain {
    const facts = {
      frameId,
      routingId: routingIdOf(frameId || `main frame ${++mainFrameCount}`),
      parent,
      children: [],
      url: '',
      origin: '',
      name: '',
      isGone: false,
    }
    const frame = new WebFrameMain(facts, this.#page)
    if (parent) frameFacts(parent).children.push(frame)
    this.#frames.set(frameId, frame)
    return frame
  }
}

let mainFrameCount = 0

function originOf(url: string, securityOrigin: string): string {
  if (!URL.canParse(url)) return 'null'
  const { protocol, host, origin } = new URL(url)
  if (origin !== 'null') return origin
  if (protocol === 'about:') return securityOrigin === '://' ? 'null' : securityOrigin
  if (protocol === 'file:') return 'file://'
  return host === '' ? 'null' : `${protocol}//${host}`
}
