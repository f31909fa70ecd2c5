import { EventEmitter, once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { ChromiumBrowser } from '../../chromium/browser.ts'
import type { DevToolsSession } from '../../chromium/devtools.ts'
import { launchChromium } from '../../chromium/launch.ts'
import { ContentsMessaging, type MessagingContents } from '../contents-messaging.ts'
import { frameFacts } from '../web-frame-main.ts'

class TestContents extends EventEmitter implements MessagingContents {
  readonly id = 1
  getProcessId(): number {
    return 42
  }
  isDestroyed(): boolean {
    return false
  }
}

/** One Chromium, a server of pages, and pages with a bridge; for the tests of the bridge. */
export class BridgeLab implements AsyncDisposable {
  readonly #browser: ChromiumBrowser
  readonly #server: http.Server
  readonly #pages = new Map<string, string>()
  readonly #directory = mkdtempSync(path.join(tmpdir(), 'standin-bridge-'))

  private constructor(browser: ChromiumBrowser) {
    this.#browser = browser
    this.#server = http.createServer((request, response) => {
      response.setHeader('content-type', 'text/html; charset=utf-8')
      const policy = new URL(request.url ?? '/', 'http://localhost').searchParams.get('csp')
      if (policy) response.setHeader('content-security-policy', policy)
      response.end(this.#pages.get((request.url ?? '/').replace(/\?.*/, '')) ?? '')
    })
  }

  static async open(): Promise<BridgeLab> {
    const lab = new BridgeLab(await launchChromium({ headless: true, userDataDir: null }))
    lab.#server.listen(0, '127.0.0.1')
    await once(lab.#server, 'listening')
    return lab
  }

  /** The address under which the page is served. */
  serve(name: string, html: string): string {
    this.#pages.set(`/${name}`, html)
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/${name}`
  }

  async page(preload: string, options: { readonly runsInSubFrames?: boolean } = {}): Promise<BridgedPage> {
    const preloadPath = path.join(this.#directory, `${crypto.randomUUID()}.cjs`)
    writeFileSync(preloadPath, preload)
    const session = await this.#browser.createTarget({ newWindow: true })
    const page = new BridgedPage(session)
    page.messaging.attach({
      session,
      preloadPath,
      sessionPreloadPaths: [],
      isContextIsolated: true,
      runsInSubFrames: options.runsInSubFrames ?? false,
    })
    session.on('Page.javascriptDialogOpening', dialog => {
      if (page.messaging.takesDialog(dialog)) return
      page.dialogs.push(dialog.message)
      void session.send('Page.handleJavaScriptDialog', { accept: false }).catch(() => {})
    })
    // A navigation to another process that overtakes the answers to the commands above loses what they enabled.
    await session.send('Page.getFrameTree')
    return page
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#browser.close()
    this.#server.close()
    rmSync(this.#directory, { recursive: true, force: true })
  }
}

export class BridgedPage {
  readonly contents = new TestContents()
  readonly messaging: ContentsMessaging = new ContentsMessaging(this.contents)
  readonly session: DevToolsSession
  /** What the page asked with dialogs of its own. */
  readonly dialogs: string[] = []

  constructor(session: DevToolsSession) {
    this.session = session
  }

  get frameId(): string {
    return frameFacts(this.messaging.mainFrame).frameId
  }

  async load(url: string): Promise<void> {
    const loaded = Promise.withResolvers<void>()
    using _listening = this.session.on('Page.loadEventFired', () => loaded.resolve())
    await this.session.send('Page.navigate', { url })
    await loaded.promise
  }

  /** In the page's own world. */
  run(code: string): Promise<unknown> {
    return this.messaging.executeInWorld(this.frameId, 0, code, false)
  }

  /** In the preload's world. */
  runInPreload(code: string): Promise<unknown> {
    return this.messaging.executeInWorld(this.frameId, 999, code, false)
  }

  /** The arguments of the next message on the web contents' own ipc, without the event. */
  async heard(channel: string): Promise<unknown[]> {
    const [, ...args] = await once(this.messaging.ipc, channel)
    return args
  }
}
