import { EventEmitter } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { ChromiumBrowser } from '../chromium/browser.ts'
import type { DevToolsSession } from '../chromium/devtools.ts'
import { launchChromium } from '../chromium/launch.ts'
import type { WebContentsLike } from './host.ts'
import { installSessions } from './index.ts'
import { hostResolverRules } from './scheme-mapping.ts'
import type { Session } from './session.ts'
import type { SessionEngine } from './session-engine.ts'

class TestWebContents extends EventEmitter implements WebContentsLike {
  readonly id: number
  constructor(id: number) {
    super()
    this.id = id
  }
}

/** A page of a test. */
export interface TestPage {
  readonly devTools: DevToolsSession
  readonly webContents: WebContentsLike
  /** Resolves with the error text of the navigation, or null, once the document has loaded. */
  open(url: string): Promise<string | null>
  evaluate<T>(expression: string, userGesture?: boolean): Promise<T>
}

/** For tests: a real headless Chromium with sessions installed, and pages in them. */
export interface TestBrowser extends AsyncDisposable {
  readonly browser: ChromiumBrowser
  readonly engine: SessionEngine
  readonly appEvents: EventEmitter
  readonly downloadsPath: string
  openPage(session: Session): Promise<TestPage>
}

export async function startTestBrowser(): Promise<TestBrowser> {
  const folder = mkdtempSync(path.join(tmpdir(), 'standin-session-test-'))
  const browser = await launchChromium({
    headless: true,
    userDataDir: null,
    extraArgs: [`--host-resolver-rules=${hostResolverRules(null)}`],
  })
  const webContents = new Map<string, TestWebContents>()
  const appEvents = new EventEmitter()
  const engine = await installSessions(browser, {
    webContentsOfTarget: targetId => webContents.get(targetId) ?? null,
    emitOnApp: (event, ...args) => void appEvents.emit(event, ...args),
    isListenedOnApp: event => appEvents.listenerCount(event) > 0,
    downloadsPath: () => folder,
    userDataPath: () => folder,
  })
  await browser.autoAttach(target => {
    engine.attach(target)
    target.session.send('Runtime.runIfWaitingForDebugger').catch(() => {})
  })
  return {
    browser,
    engine,
    appEvents,
    downloadsPath: folder,
    async openPage(session) {
      const browserContextId = await session.openBrowserContext()
      const devTools = await browser.createTarget({ browserContextId })
      const contents = new TestWebContents(webContents.size + 1)
      if (devTools.targetId) webContents.set(devTools.targetId, contents)
      await devTools.send('Page.enable')
      return testPage(devTools, contents)
    },
    async [Symbol.asyncDispose]() {
      engine[Symbol.dispose]()
      await browser.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function testPage(devTools: DevToolsSession, webContents: WebContentsLike): TestPage {
  return {
    devTools,
    webContents,
    async open(url) {
      let loaded: Disposable | null = null
      const load = new Promise<void>(resolve => {
        loaded = devTools.on('Page.loadEventFired', () => resolve())
      })
      const { errorText, isDownload } = await devTools.send('Page.navigate', { url })
      if (errorText) return errorText
      if (!isDownload) await load
      ;(loaded as Disposable | null)?.[Symbol.dispose]()
      return null
    },
    async evaluate<T>(expression: string, userGesture = false) {
      const { result, exceptionDetails } = await devTools.send('Runtime.evaluate', {
        expression,
        awaitPromise: true,
        returnByValue: true,
        userGesture,
      })
      if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text)
      return result.value as T
    },
  }
}

/** For tests: a web server on the loopback interface. */
export async function startTestServer(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<AsyncDisposable & { readonly origin: string }> {
  const server = createServer(answer)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}
