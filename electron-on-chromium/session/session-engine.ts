import path from 'node:path'
import type { AttachedTarget, ChromiumBrowser } from '../chromium/browser.ts'
import { nativeTheme } from '../platform/native-theme.ts'
import type { CertificateErrorReport } from './certificates.ts'
import { customSchemes } from './custom-schemes.ts'
import { FrameRegistry } from './frame-registry.ts'
import type { SessionHost, WebContentsLike } from './host.ts'
import { askForLogin, authInfoOf, authResponseOf } from './login.ts'
import { preventableEvent } from './preventable-event.ts'
import { RequestInterceptor } from './request-interceptor.ts'
import { fromEngineUrl } from './scheme-mapping.ts'
import { Session } from './session.ts'
import { linkStorage } from './storage-links.ts'
import { StreamServer } from './stream-server.ts'

/** Everything that the sessions of one running Chromium share. */
export class SessionEngine implements Disposable {
  readonly browser: ChromiumBrowser
  readonly host: SessionHost
  readonly frames: FrameRegistry
  readonly interceptor: RequestInterceptor
  readonly streams = new StreamServer()
  readonly #byPartition = new Map<string, Session>()
  readonly #byBrowserContext = new Map<string, Session>()
  #defaultBrowserContextId: string | null = null

  constructor(browser: ChromiumBrowser, host: SessionHost) {
    this.browser = browser
    this.host = host
    this.frames = new FrameRegistry(browser)
    this.interceptor = new RequestInterceptor({
      root: browser.root,
      frames: this.frames,
      deciders: () => [...this.#byPartition.values()].map(session => session.pipeline),
      deciderOf: browserContextId => this.sessionOfBrowserContext(browserContextId ?? null)?.pipeline ?? null,
      answerChallenge: async ({ authChallenge, frameId, request }) =>
        authResponseOf(
          await askForLogin(
            this.host,
            this.webContentsOfFrame(frameId),
            fromEngineUrl(request.url),
            authInfoOf(authChallenge),
          ),
        ),
    })
  }

  async start(): Promise<void> {
    await this.frames.start()
    const { defaultBrowserContextId } = await this.browser.root.send('Target.getBrowserContexts')
    this.#defaultBrowserContextId = defaultBrowserContextId ?? null
    customSchemes.closeRegistration()
    await linkStorage(this.host.userDataPath(), path.join(this.browser.userDataDir, 'Default'))
    this.#watchDownloads()
    await this.defaultSession.openBrowserContext()
  }

  /** What Chromium calls itself, as a visible browser of its version would. */
  get defaultUserAgent(): string {
    return this.browser.version.userAgent.replace('HeadlessChrome/', 'Chrome/')
  }

  get defaultSession(): Session {
    return this.fromPartition('')
  }

  fromPartition(partition: string): Session {
    const known = this.#byPartition.get(partition)
    if (known) return known
    const session = new Session({ engine: this, partition })
    this.#byPartition.set(partition, session)
    this.host.emitOnApp('session-created', session)
    return session
  }

  get sessions(): Session[] {
    return [...this.#byPartition.values()]
  }

  /** The session with that browser context; null for contexts that are not ours (a tester's, for one). */
  sessionOfBrowserContext(browserContextId: string | null): Session | null {
    if (browserContextId === null) return null
    if (browserContextId === this.#defaultBrowserContextId) return this.defaultSession
    return this.#byBrowserContext.get(browserContextId) ?? null
  }

  /** @internal */
  browserContextCreated(browserContextId: string, session: Session): void {
    this.#byBrowserContext.set(browserContextId, session)
  }

  webContentsOfFrame(frameId: string): WebContentsLike | null {
    const targetId = this.frames.pageTargetOf(frameId)
    return targetId === null ? null : this.host.webContentsOfTarget(targetId)
  }

  /** Asks the application by `certificate-error`; false when it does not take the decision upon itself. */
  reportCertificateError(report: CertificateErrorReport): Promise<boolean> {
    const event = preventableEvent()
    return new Promise(resolve => {
      const { webContents, url, error, certificate, isMainFrame } = report
      this.host.emitOnApp(
        'certificate-error',
        event,
        webContents,
        url,
        error,
        certificate,
        (isTrusted: unknown) => {
          if (event.defaultPrevented) resolve(isTrusted === true)
        },
        isMainFrame,
      )
      if (!event.defaultPrevented) resolve(false)
    })
  }

  /** Why the last navigation of a page was refused, when it was for its certificate: Chromium says "aborted". */
  certificateRejectionOf(targetId: string): { url: string; error: string; errorCode: number } | null {
    for (const session of this.sessions) {
      const rejection = session.certificates.rejectionOf(targetId)
      if (rejection) return rejection
    }
    return null
  }

  /** To be called for every page and out-of-process frame, before its first script. Sends without waiting. */
  attach(target: AttachedTarget): void {
    this.frames.attach(target)
    nativeTheme.attach(target.session)
    this.sessionOfBrowserContext(target.info.browserContextId ?? null)?.attach(target)
  }

  #watchDownloads(): void {
    const { root } = this.browser
    root.on('Browser.downloadWillBegin', event => {
      // At once: the end of a small download may be the next message.
      const session = this.sessionOfBrowserContext(this.frames.knownContextOf(event.frameId) ?? null)
      if (session) session.downloads.begin(event)
      else root.send('Browser.cancelDownload', { guid: event.guid }).catch(() => {})
    })
    root.on('Browser.downloadProgress', event => {
      for (const session of this.sessions) if (session.downloads.progress(event)) return
    })
  }

  [Symbol.dispose](): void {
    this.interceptor[Symbol.dispose]()
    this.streams[Symbol.dispose]()
    this.frames[Symbol.dispose]()
    for (const session of this.sessions) session.dispose()
  }
}
