import type { DevToolsSession } from '../chromium/devtools.ts'
import { evaluateApart } from './own-world.ts'

/** What a page tells about itself, from a world of its own that its scripts cannot reach. */
export type PageReport =
  | { readonly kind: 'title'; readonly title: string }
  | { readonly kind: 'icons'; readonly urls: readonly string[] }
  | { readonly kind: 'themeColor'; readonly color: string | null }
  | { readonly kind: 'media'; readonly isPlaying: boolean }
  | { readonly kind: 'fullScreen'; readonly isFullScreen: boolean }
  | { readonly kind: 'targetUrl'; readonly url: string }
  | { readonly kind: 'contextMenu'; readonly menu: PageMenu }
  | { readonly kind: 'key'; readonly input: PageKey }

/** What lies under the pointer where a context menu was asked for. */
export interface PageMenu {
  readonly x: number
  readonly y: number
  readonly linkURL: string
  readonly linkText: string
  readonly srcURL: string
  readonly mediaType: 'none' | 'image' | 'audio' | 'video' | 'canvas'
  readonly isEditable: boolean
  readonly selectionText: string
  readonly pageURL: string
}

/** A key as the page saw it. */
export interface PageKey {
  readonly type: 'keyDown' | 'keyUp'
  readonly key: string
  readonly code: string
  readonly isAutoRepeat: boolean
  readonly isComposing: boolean
  readonly shift: boolean
  readonly control: boolean
  readonly alt: boolean
  readonly meta: boolean
  readonly location: number
}

const worldName = 'standin-watcher'
const bindingName = 'standinReport'

/** Runs in the page's main frame, in the isolated world. */
function watch(): void {
  // biome-ignore lint/suspicious/noExplicitAny: the DOM is not among the types of this program
  const scope = globalThis as any
  if (scope.top !== scope.self) return
  const { document } = scope
  if (scope.standinWatched === document) return
  scope.standinWatched = document
  const report = (value: unknown): void => scope.standinReport(JSON.stringify(value))
  let title: string | null = null
  let icons: string | null = null
  let color: string | null | undefined
  const look = (): void => {
    if (document.title !== title && (title !== null || document.title !== '')) {
      title = document.title
      report({ kind: 'title', title })
    }
    const theme = document.querySelector('meta[name="theme-color" i]')?.content ?? null
    if (theme !== color && (color !== undefined || theme !== null)) {
      color = theme
      report({ kind: 'themeColor', color })
    }
    if (document.readyState !== 'loading') lookForIcons()
  }
  const lookForIcons = (): void => {
    const links = [...document.querySelectorAll('link[rel~="icon" i]')]
    const urls = links.map(link => link.href).filter(url => url !== '')
    if (urls.length === 0 && /^https?:$/.test(scope.location.protocol))
      urls.push(`${scope.location.origin}/favicon.ico`)
    if (urls.join() === (icons ?? '')) return
    icons = urls.join()
    report({ kind: 'icons', urls })
  }
  const observer = new scope.MutationObserver(look)
  const observeHead = (): boolean => {
    if (!document.head) return false
    observer.observe(document.head, { subtree: true, childList: true, characterData: true, attributes: true })
    look()
    return true
  }
  if (!observeHead()) {
    const early = new scope.MutationObserver(() => {
      if (observeHead()) early.disconnect()
    })
    early.observe(document, { childList: true, subtree: true })
  }
  document.addEventListener('DOMContentLoaded', look)
  scope.addEventListener('load', look)
  const playing = new Set()
  const onMedia = (event: { type: string; target: unknown }): void => {
    const before = playing.size
    if (event.type === 'playing') playing.add(event.target)
    else playing.delete(event.target)
    if (before === 0 && playing.size > 0) report({ kind: 'media', isPlaying: true })
    if (before > 0 && playing.size === 0) report({ kind: 'media', isPlaying: false })
  }
  for (const type of ['playing', 'pause', 'ended', 'emptied']) document.addEventListener(type, onMedia, true)
  let targetUrl = ''
  document.addEventListener(
    'mouseover',
    (event: { target: { closest?(selector: string): { href: string } | null } }) => {
      const url = event.target.closest?.('a[href], area[href]')?.href ?? ''
      if (url === targetUrl) return
      targetUrl = url
      report({ kind: 'targetUrl', url })
    },
  )
  // biome-ignore lint/suspicious/noExplicitAny: the DOM is not among the types of this program
  scope.addEventListener('contextmenu', (event: any) => {
    if (event.defaultPrevented || !event.isTrusted) return
    const { target } = event
    const link = target.closest?.('a[href], area[href]')
    const tag = String(target.tagName ?? '')
    const media: Record<string, string> = { IMG: 'image', AUDIO: 'audio', VIDEO: 'video', CANVAS: 'canvas' }
    const menu = {
      x: event.clientX,
      y: event.clientY,
      linkURL: link?.href ?? '',
      linkText: link?.textContent.trim() ?? '',
      srcURL: target.currentSrc ?? target.src ?? '',
      mediaType: media[tag] ?? 'none',
      isEditable: tag === 'INPUT' || tag === 'TEXTAREA' || target.isContentEditable === true,
      selectionText: String(scope.getSelection() ?? ''),
      pageURL: scope.location.href,
    }
    report({ kind: 'contextMenu', menu })
  })
  // biome-ignore lint/suspicious/noExplicitAny: the DOM is not among the types of this program
  const onKey = (event: any): void => {
    if (!event.isTrusted || event.key === 'Unidentified') return
    const { key, code, repeat, isComposing, shiftKey, ctrlKey, altKey, metaKey, location } = event
    const type = event.type === 'keyup' ? 'keyUp' : 'keyDown'
    const modifiers = { shift: shiftKey, control: ctrlKey, alt: altKey, meta: metaKey }
    report({
      kind: 'key',
      input: { type, key, code, isAutoRepeat: repeat, isComposing, location, ...modifiers },
    })
  }
  scope.addEventListener('keydown', onKey, true)
  scope.addEventListener('keyup', onKey, true)
  document.addEventListener('fullscreenchange', () =>
    report({ kind: 'fullScreen', isFullScreen: document.fullscreenElement !== null }),
  )
}

/** Watches every document of a page from its start on. Sends without waiting. */
export function watchPage(session: DevToolsSession, onReport: (report: PageReport) => void): void {
  session.on('Runtime.bindingCalled', ({ name, payload }) => {
    if (name !== bindingName) return
    const report: unknown = JSON.parse(payload)
    if (isReport(report)) onReport(report)
  })
  const quietly = (sent: Promise<unknown>): void => void sent.catch(() => {})
  quietly(session.send('Runtime.addBinding', { name: bindingName, executionContextName: worldName }))
  quietly(
    session.send('Page.addScriptToEvaluateOnNewDocument', {
      source: `(${watch.toString()})()`,
      worldName,
      runImmediately: true,
    }),
  )
}

/** Watches the document that the page has now, unless it is watched already. */
export function rewatchPage(session: DevToolsSession): void {
  evaluateApart(session, watch, []).catch(() => {})
}

/** The binding exists in our world only, so this guards against our own mistakes, not against pages. */
function isReport(value: unknown): value is PageReport {
  return typeof value === 'object' && value !== null && 'kind' in value && typeof value.kind === 'string'
}
