import { EventEmitter } from 'node:events'
import type { AttachedTarget } from '../chromium/browser.ts'
import { type FetchContext, type FetchInit, fetchInContext } from './net-fetch.ts'
import { Protocol } from './protocol.ts'
import { RequestPipeline } from './request-pipeline.ts'
import type { SessionEngine } from './session-engine.ts'
import { WebRequest } from './web-request.ts'

export class Session extends EventEmitter {
  readonly protocol: Protocol
  readonly webRequest: WebRequest
  /** @internal */
  readonly pipeline: RequestPipeline
  readonly #engine: SessionEngine
  readonly #partition: string
  #userAgent: string
  #browserContext: Promise<string | null> | null = null
  #browserContextId: string | null = null

  /** @internal */
  constructor(options: {
    readonly engine: SessionEngine
    readonly partition: string
    readonly options: { readonly cache?: boolean }
  }) {
    super()
    const { engine } = options
    this.#engine = engine
    this.#partition = options.partition
    this.#userAgent = engine.browser.version.userAgent.replace('HeadlessChrome', 'Chrome')
    const update = () => engine.interceptor.update()
    this.protocol = new Protocol(update)
    this.webRequest = new WebRequest(update)
    this.pipeline = new RequestPipeline({
      protocol: this.protocol,
      webRequest: this.webRequest,
      webContentsOfFrame: frameId => engine.webContentsOfFrame(frameId),
      isMainFrame: frameId => engine.frames.pageTargetOf(frameId) === frameId,
      now: Date.now,
    })
  }

  /** The DevTools browser context of this session; null for the default one, and before `openBrowserContext`. */
  get browserContextId(): string | null {
    return this.#browserContextId
  }

  /**
   * Makes the session's browser context when it does not exist yet, and waits until the interception that was asked
   * for is in force. To be awaited before a page is created in the session. null: the default context.
   */
  async openBrowserContext(): Promise<string | null> {
    this.#browserContext ??= this.#createBrowserContext()
    const browserContextId = await this.#browserContext
    await this.#engine.interceptor.settled
    return browserContextId
  }

  async #createBrowserContext(): Promise<string | null> {
    if (this.#partition === '') return null
    const { browserContextId } = await this.#engine.browser.root.send('Target.createBrowserContext', {
      disposeOnDetach: false,
    })
    this.#browserContextId = browserContextId
    this.#engine.browserContextCreated(browserContextId, this)
    return browserContextId
  }

  fetch(input: string | Request, init?: FetchInit): Promise<Response> {
    return fetchInContext(this.#fetchContext(), input, init)
  }

  #fetchContext(): FetchContext {
    return {
      userAgent: this.#userAgent,
      respond: (scheme, request) => this.protocol.respond(scheme, request),
      cookieHeader: async () => '',
      storeCookies: async () => {},
    }
  }

  getUserAgent(): string {
    return this.#userAgent
  }

  setUserAgent(userAgent: string, _acceptLanguages?: string): void {
    this.#userAgent = userAgent
  }

  isPersistent(): boolean {
    return this.#partition === ''
  }

  get storagePath(): string | null {
    return this.isPersistent() ? this.#engine.host.userDataPath() : null
  }

  getStoragePath(): string | null {
    return this.storagePath
  }

  /** @internal A page or frame of this session, before its first script. */
  attach(_target: AttachedTarget): void {}

  /** @internal */
  dispose(): void {
    this.removeAllListeners()
  }
}
