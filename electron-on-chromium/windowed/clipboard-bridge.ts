import type { ChromiumBrowser } from '../chromium/browser.ts'
import type { DevToolsSession, Protocol } from '../chromium/devtools.ts'
import { pageScript } from './page-script.ts'

/** Base64 by media type. */
type Contents = Readonly<Record<string, string>>

const changedBinding = '__clipboardChanged'
const permissions: Protocol.Browser.PermissionType[] = ['clipboardReadWrite', 'clipboardSanitizedWrite']

/** One of the two clipboards, by way of a page that may use it. */
class ClipboardEnd {
  readonly #session: DevToolsSession

  private constructor(session: DevToolsSession) {
    this.#session = session
  }

  static async open(session: DevToolsSession, changed: () => void): Promise<ClipboardEnd> {
    session.on('Runtime.bindingCalled', event => {
      if (event.name === changedBinding) changed()
    })
    await session.send('Runtime.enable')
    await session.send('Runtime.addBinding', { name: changedBinding })
    await session.send('Runtime.evaluate', { expression: pageScript('clipboard-end') })
    return new ClipboardEnd(session)
  }

  get isGone(): boolean {
    return this.#session.isDetached
  }

  async read(): Promise<Contents | null> {
    const value = await this.#evaluate('__readClipboard()')
    return isContents(value) ? value : null
  }

  async write(contents: Contents): Promise<void> {
    await this.#evaluate(`__writeClipboard(${JSON.stringify(contents)})`)
  }

  async #evaluate(expression: string): Promise<unknown> {
    const { result } = await this.#session.send('Runtime.evaluate', {
      expression,
      awaitPromise: true,
      returnByValue: true,
      userGesture: true,
    })
    return result.value
  }
}

function isContents(value: unknown): value is Contents {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every(each => typeof each === 'string')
  )
}

/**
 * Keeps the clipboard of the views, which live in a Chromium without a screen, and the clipboard of the
 * screen the same. What is copied in a view goes to the screen at once; what is copied elsewhere comes when a
 * window of ours gets the keyboard.
 */
export class ClipboardBridge {
  readonly #viewsBrowser: () => ChromiumBrowser | null
  #views: Promise<ClipboardEnd> | null = null
  #screen: ClipboardEnd | null = null
  #last = ''
  #work: Promise<void> = Promise.resolve()

  /** @param viewsBrowser The Chromium of the views, or null while there is none. */
  constructor(viewsBrowser: () => ChromiumBrowser | null) {
    this.#viewsBrowser = viewsBrowser
  }

  /** A window of ours got the keyboard: through its page the screen's clipboard can be used from now on. */
  focused(pageSession: DevToolsSession): void {
    this.#inTurn(async () => {
      this.#screen = await ClipboardEnd.open(pageSession, () => this.#changedOnScreen())
      await this.#viewsEnd()
      await this.#carry('toViews')
    })
  }

  /** Resolves when what was copied so far can be pasted. */
  async settled(): Promise<void> {
    await this.#work
  }

  #changedOnScreen(): void {
    this.#inTurn(() => this.#carry('toViews'))
  }

  #changedInViews(): void {
    this.#inTurn(() => this.#carry('toScreen'))
  }

  async #carry(direction: 'toScreen' | 'toViews'): Promise<void> {
    const views = await this.#viewsEnd()
    const screen = this.#screen?.isGone ? null : this.#screen
    if (!views || !screen) return
    const [from, to] = direction === 'toScreen' ? [views, screen] : [screen, views]
    const contents = await from.read()
    if (!contents || Object.keys(contents).length === 0) return
    // Writing at one end is a change there, too: it must not come back.
    const text = JSON.stringify(contents)
    if (text === this.#last) return
    this.#last = text
    await to.write(contents)
  }

  /** One thing after the other; a page that goes away meanwhile takes only its own copy along. */
  #inTurn(act: () => Promise<void>): void {
    this.#work = this.#work.then(act).catch(() => {})
  }

  async #viewsEnd(): Promise<ClipboardEnd | null> {
    const browser = this.#viewsBrowser()
    if (!browser) return null
    const known = await this.#views?.catch(() => null)
    if (known && !known.isGone) return known
    this.#views = this.#openViewsEnd(browser)
    return this.#views
  }

  /** A page of Chromium's own, in a context of its own, so that no session of the application sees it. */
  async #openViewsEnd(browser: ChromiumBrowser): Promise<ClipboardEnd> {
    const { root } = browser
    const { browserContextId } = await root.send('Target.createBrowserContext', { disposeOnDetach: true })
    await root.send('Browser.grantPermissions', { permissions, browserContextId })
    const session = await browser.createTarget({
      url: 'chrome://terms/',
      browserContextId,
      width: 200,
      height: 200,
    })
    await session.send('Emulation.setFocusEmulationEnabled', { enabled: true })
    await loaded(session)
    const { windowId } = await root.send('Browser.getWindowForTarget', { targetId: session.targetId ?? '' })
    await root.send('Browser.setWindowBounds', { windowId, bounds: { windowState: 'minimized' } })
    return ClipboardEnd.open(session, () => this.#changedInViews())
  }
}

async function loaded(session: DevToolsSession): Promise<void> {
  const done = Promise.withResolvers<void>()
  using _listener = session.on('Page.loadEventFired', () => done.resolve())
  using _gone = session.onDetached(() => done.resolve())
  await session.send('Page.enable')
  const { result } = await session.send('Runtime.evaluate', {
    expression: "document.readyState === 'complete' && location.protocol === 'chrome:'",
  })
  if (result.value !== true) await done.promise
}
