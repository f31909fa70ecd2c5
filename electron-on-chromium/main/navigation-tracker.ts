import type { DevToolsSession, Protocol } from '../chromium/devtools.ts'
import { fromEngineUrl } from '../session/scheme-mapping.ts'
import { PreventableEvent, preventable } from './event.ts'
import { type NetError, netErrorFromReason, netErrorFromText } from './net-errors.ts'

export interface NavigationHost {
  /** Emits an event of the webContents. */
  emit(event: string, ...args: unknown[]): boolean
  /** The renderer's pid, 0 when not known. */
  processId(): number
  /** The error of a certificate that the last navigation was refused for; Chromium itself says "aborted". */
  refusedCertificate(): NetError | null
  /** Resolves when the pid is known, or is not to be waited for; null: at once. */
  processKnown(): Promise<void> | null
  /** The `WebFrameMain` of a frame, or null. */
  frameOf(frameId: string): unknown
  routingIdOf(frameId: string): number
  /** Resolves when what is told synchronously about the page (history, URL) is up to date. */
  committed(session: DevToolsSession): Promise<void>
  /** The main frame shows another document from now on. */
  documentChanged(): void
}

/** What the owner wants to add to the next request for a document that it asked for itself. */
export interface RequestAddition {
  readonly headers: readonly Protocol.Fetch.HeaderEntry[]
  readonly postData: Buffer | null
}

/**
 * DevTools cannot stop a navigation that waits for its server; but a further navigation takes its place, and one
 * that is aborted itself leaves everything as it was. This address never reaches the network.
 */
export const stopUrl = 'http://stop.standin.localhost/'

/** A renderer that does not answer must not keep its page from leaving it. */
const longestHoldMs = 2000

/** net::ERR_ABORTED */
const abortedCode = -3

interface Navigation {
  readonly loaderId: string
  url: string
  isRendererInitiated: boolean
  requestCount: number
  /** Chromium told that its loading began: what it tells of an end from now on concerns this navigation. */
  hasBegunLoading: boolean
  statusCode: number
  statusText: string
  error: NetError | null
}

/** Turns what DevTools tells about navigations into Electron's events, in Electron's order. */
export class NavigationTracker {
  /** The committed URL as the application knows it; '' before the first commit. */
  url = ''
  isMainFrameLoading = false
  isWaitingForResponse = false
  requestAddition: RequestAddition | null = null
  readonly #host: NavigationHost
  readonly #loadingFrames = new Set<string>()
  readonly #requestedByPage = new Set<string>()
  readonly #navigations = new Map<string, Navigation>()
  readonly #isErrorPage = new Set<string>()
  /** A document that was on its way when the renderer went: Chromium goes on with it in another. */
  #outliving: Navigation | null = null
  readonly #withinDocument: (() => void)[] = []
  #mainFrameId = ''
  #held: Promise<void> | null = null
  /** Announcements keep their order although a commit has to ask Chromium before it is announced. */
  #announced: Promise<void> = Promise.resolve()
  #isAnnouncing = false

  constructor(host: NavigationHost) {
    this.#host = host
  }

  get isLoading(): boolean {
    return this.#loadingFrames.size > 0
  }

  /** The URL of a navigation that the application asked for and that has not committed. */
  get pendingUrl(): string | null {
    const navigation = this.#navigations.get(this.#mainFrameId)
    return navigation && !navigation.isRendererInitiated ? fromEngineUrl(navigation.url) : null
  }

  /** Follows a page or an out-of-process frame of it. Sends without waiting. */
  attach(session: DevToolsSession, isPage: boolean): void {
    if (isPage) this.#mainFrameId = session.targetId ?? ''
    const quietly = (sent: Promise<unknown>): void => void sent.catch(() => {})
    session.on('Page.frameRequestedNavigation', event => {
      if (event.disposition === 'currentTab') this.#requestedByPage.add(event.frameId)
    })
    session.on('Page.frameStartedNavigating', event => this.#started(event))
    session.on('Page.frameStartedLoading', ({ frameId }) => {
      const navigation = this.#navigations.get(frameId)
      if (navigation) navigation.hasBegunLoading = true
      this.#startedLoading(frameId)
    })
    session.on('Page.frameStoppedLoading', ({ frameId }) => {
      // The end of the document before may be told after the navigation away from it.
      if (this.#navigations.get(frameId)?.hasBegunLoading !== false) this.#stoppedLoading(frameId)
    })
    session.on('Page.frameNavigated', ({ frame }) => this.#navigated(session, frame))
    session.on('Page.navigatedWithinDocument', event => this.#navigatedWithinDocument(session, event))
    session.on('Page.lifecycleEvent', event => this.#lifecycle(session, event))
    session.on('Page.frameDetached', ({ frameId, reason }) => {
      if (reason !== 'swap') this.#stoppedLoading(frameId)
    })
    session.on('Fetch.requestPaused', request => {
      this.#paused(session, request).catch(() => {})
    })
    quietly(session.send('Page.enable'))
    quietly(session.send('Page.setLifecycleEventsEnabled', { enabled: true }))
    quietly(
      session.send('Fetch.enable', {
        patterns: [
          { resourceType: 'Document', requestStage: 'Request' },
          { resourceType: 'Document', requestStage: 'Response' },
        ],
      }),
    )
  }

  /** A navigation that was asked for will not come to anything: neither a document nor an error page. */
  abandoned(): void {
    this.#navigations.delete(this.#mainFrameId)
    this.#stoppedLoading(this.#mainFrameId)
  }

  /** The navigation was refused for its certificate: there will be no error page either. */
  refused(error: NetError, url: string): void {
    this.#emitLater(() => this.#announceFailure(this.#mainFrameId, error, url))
    this.abandoned()
  }

  /** What `Page.navigate` answered. It comes before the commit of a document or of an error page. */
  failed(errorText: string): void {
    const navigation = this.#navigations.get(this.#mainFrameId)
    if (navigation) navigation.error = netErrorFromText(errorText)
  }

  /** True when an error page is about to take the place of the document. */
  get hasFailed(): boolean {
    const error = this.#navigations.get(this.#mainFrameId)?.error
    return error !== null && error !== undefined && error.code !== abortedCode
  }

  /** True while a document is on its way into the main frame. */
  get hasPendingNavigation(): boolean {
    return this.#navigations.has(this.#mainFrameId)
  }

  /** No document is asked for before that has been answered, well or badly. */
  holdDocuments(until: Promise<unknown>): void {
    const { promise, resolve } = Promise.withResolvers<void>()
    const timer = setTimeout(resolve, longestHoldMs)
    until.then(
      () => resolve(),
      () => resolve(),
    )
    this.#held = promise.finally(() => {
      clearTimeout(timer)
      this.#held = null
    })
  }

  /** The renderer is gone: nothing is loading any more. */
  rendererGone(): void {
    this.#outliving = this.#navigations.get(this.#mainFrameId) ?? null
    this.#navigations.clear()
    for (const frameId of [...this.#loadingFrames]) this.#stoppedLoading(frameId)
  }

  /** Calls it after everything that is still to be announced. */
  afterAnnouncements(announce: () => void): void {
    this.#emitLater(announce)
  }

  #emitLater(announce: () => void | Promise<void>): void {
    if (!this.#isAnnouncing) {
      const done = announce()
      if (!(done instanceof Promise)) return
      this.#isAnnouncing = true
      const tail: Promise<void> = done.catch(rethrow).then(() => this.#drained(tail))
      this.#announced = tail
      return
    }
    const tail: Promise<void> = this.#announced
      .then(announce)
      .catch(rethrow)
      .then(() => this.#drained(tail))
    this.#announced = tail
  }

  #drained(tail: Promise<void>): void {
    if (this.#announced === tail) this.#isAnnouncing = false
  }

  #emit(event: string, ...args: unknown[]): void {
    this.#host.emit(event, ...args)
  }

  #isMain(frameId: string): boolean {
    return frameId === this.#mainFrameId
  }

  #ids(frameId: string): [number, number] {
    return [this.#host.processId(), this.#host.routingIdOf(frameId)]
  }

  #startedLoading(frameId: string): void {
    const wasLoading = this.isLoading
    this.#loadingFrames.add(frameId)
    if (this.#isMain(frameId)) this.isMainFrameLoading = true
    if (!wasLoading) this.#emitLater(() => this.#emit('did-start-loading', new PreventableEvent()))
  }

  #stoppedLoading(frameId: string): void {
    // The empty document that a page begins with ends its loading when ours may have begun.
    const isOfEmptyDocument = this.#isMain(frameId) && this.url === '' && this.#navigations.has(frameId)
    if (isOfEmptyDocument || !this.#loadingFrames.delete(frameId)) return
    this.#navigations.delete(frameId)
    if (this.#isMain(frameId)) {
      this.isMainFrameLoading = false
      this.isWaitingForResponse = false
    }
    if (!this.isLoading) this.#emitLater(() => this.#emit('did-stop-loading', new PreventableEvent()))
  }

  #started(event: Protocol.Page.FrameStartedNavigatingEvent): void {
    const { frameId, navigationType } = event
    if (event.url === stopUrl) return
    const isRendererInitiated = this.#requestedByPage.delete(frameId)
    if (navigationType === 'sameDocument' || navigationType === 'historySameDocument') return
    this.#navigations.set(frameId, {
      loaderId: event.loaderId,
      url: event.url,
      isRendererInitiated,
      requestCount: 0,
      hasBegunLoading: false,
      statusCode: -1,
      statusText: '',
      error: null,
    })
    // Chromium tells of the loading after the navigation; Electron the other way round.
    this.#startedLoading(frameId)
    if (this.#isMain(frameId)) this.isWaitingForResponse = true
    this.#emitLater(() => this.#announceStart(frameId, fromEngineUrl(event.url), false))
  }

  #announceStart(frameId: string, url: string, isSameDocument: boolean): void {
    const isMainFrame = this.#isMain(frameId)
    const details = preventable({
      url,
      isSameDocument,
      isMainFrame,
      frame: this.#host.frameOf(frameId),
      initiator: null,
    })
    this.#emit('did-start-navigation', details, url, isSameDocument, isMainFrame, ...this.#ids(frameId))
  }

  async #paused(session: DevToolsSession, request: Protocol.Fetch.RequestPausedEvent): Promise<void> {
    const { requestId, frameId } = request
    if (request.request.url === stopUrl) {
      await session.send('Fetch.failRequest', { requestId, errorReason: 'Aborted' })
      return
    }
    if (this.#held) await this.#held
    // Electron tells of a navigation before anybody is asked about its request.
    if (this.#isMain(frameId) && this.#isAnnouncing) await noLonger(this.#announced)
    const navigation = this.#navigations.get(frameId)
    if (request.responseStatusCode !== undefined || request.responseErrorReason !== undefined) {
      if (navigation) this.#responded(navigation, frameId, request)
      await session.send('Fetch.continueRequest', { requestId })
      return
    }
    const isAllowed = navigation ? this.#mayRequest(navigation, frameId, request) : true
    if (!isAllowed) {
      await session.send('Fetch.failRequest', { requestId, errorReason: 'Aborted' })
      return
    }
    const addition = this.#isMain(frameId) && !navigation?.isRendererInitiated ? this.requestAddition : null
    if (this.#isMain(frameId)) this.requestAddition = null
    await session.send('Fetch.continueRequest', {
      requestId,
      ...(addition ? continued(request, addition) : {}),
    })
  }

  #responded(navigation: Navigation, frameId: string, request: Protocol.Fetch.RequestPausedEvent): void {
    if (this.#isMain(frameId)) this.isWaitingForResponse = false
    if (request.responseErrorReason) navigation.error ??= netErrorFromReason(request.responseErrorReason)
    if (request.responseStatusCode === undefined || !/^http/.test(request.request.url)) return
    navigation.statusCode = request.responseStatusCode
    navigation.statusText = request.responseStatusText ?? ''
  }

  /** Asks the listeners of will-… before a document is requested. They are called at once, in DevTools' order. */
  #mayRequest(navigation: Navigation, frameId: string, request: Protocol.Fetch.RequestPausedEvent): boolean {
    const isMainFrame = this.#isMain(frameId)
    const url = fromEngineUrl(request.request.url + (request.request.urlFragment ?? ''))
    navigation.url = request.request.url + (request.request.urlFragment ?? '')
    const isRedirect = navigation.requestCount++ > 0
    if (!isRedirect && !navigation.isRendererInitiated) return true
    const details = preventable({
      url,
      isSameDocument: false,
      isMainFrame,
      frame: this.#host.frameOf(frameId),
      initiator: null,
    })
    if (isRedirect) {
      this.#emit('will-redirect', details, url, false, isMainFrame, ...this.#ids(frameId))
      if (details.defaultPrevented) return false
      const after = preventable({
        url,
        isSameDocument: false,
        isMainFrame,
        frame: this.#host.frameOf(frameId),
      })
      this.#emit('did-redirect-navigation', after, url, false, isMainFrame, ...this.#ids(frameId))
      return true
    }
    this.#emit('will-frame-navigate', details)
    if (details.defaultPrevented || !isMainFrame) return !details.defaultPrevented
    const mainDetails = preventable({
      url,
      isSameDocument: false,
      isMainFrame,
      frame: this.#host.frameOf(frameId),
      initiator: null,
    })
    this.#emit('will-navigate', mainDetails, url, false, true, ...this.#ids(frameId))
    return !mainDetails.defaultPrevented
  }

  #navigated(session: DevToolsSession, frame: Protocol.Page.Frame): void {
    const isMainFrame = this.#isMain(frame.id)
    if (isMainFrame) this.#resumed(frame)
    const navigation = this.#navigations.get(frame.id)
    this.#navigations.delete(frame.id)
    const fullUrl = fromEngineUrl(frame.url + (frame.urlFragment ?? ''))
    const isError = frame.unreachableUrl !== undefined || frame.url.startsWith('chrome-error:')
    const url = isError ? fromEngineUrl(frame.unreachableUrl ?? navigation?.url ?? frame.url) : fullUrl
    if (isError) this.#isErrorPage.add(frame.id)
    else this.#isErrorPage.delete(frame.id)
    if (isMainFrame) {
      this.url = url
      this.isWaitingForResponse = false
      this.#host.documentChanged()
      // The frames of the document before went with it, and do not all say so.
      for (const frameId of [...this.#loadingFrames])
        if (frameId !== frame.id) this.#loadingFrames.delete(frameId)
    }
    this.#emitLater(() => {
      if (!isMainFrame) return this.#announceCommit(session, frame.id, url, navigation, isError)
      return this.#host
        .committed(session)
        .catch(() => {})
        .then(() => this.#announceCommit(session, frame.id, url, navigation, isError))
    })
  }

  /** A document that outlived the renderer before it is loading, although nothing was said to load any more. */
  #resumed({ id, loaderId }: Protocol.Page.Frame): void {
    const navigation = this.#outliving
    this.#outliving = null
    if (navigation === null || this.#navigations.has(id) || navigation.loaderId !== loaderId) return
    this.#navigations.set(id, navigation)
    this.#startedLoading(id)
  }

  #announceCommit(
    session: DevToolsSession,
    frameId: string,
    url: string,
    navigation: Navigation | undefined,
    isError: boolean,
  ): void | Promise<void> {
    const isMainFrame = this.#isMain(frameId)
    if (isError) {
      const known = navigation?.error
      if (known && known.description !== 'ERR_FAILED') return this.#announceFailure(frameId, known, url)
      return errorOnPage(session).then(error => this.#announceFailure(frameId, known ?? error, url, error))
    }
    const statusCode = navigation?.statusCode ?? -1
    const statusText = navigation?.statusText ?? ''
    const ids = this.#ids(frameId)
    this.#emit('did-frame-navigate', new PreventableEvent(), url, statusCode, statusText, isMainFrame, ...ids)
    if (isMainFrame) this.#emit('did-navigate', new PreventableEvent(), url, statusCode, statusText)
  }

  #announceFailure(frameId: string, coarse: NetError, url: string, fine?: NetError): void {
    const told = coarse.description === 'ERR_FAILED' ? (fine ?? coarse) : coarse
    const refused =
      told.code === abortedCode && this.#isMain(frameId) ? this.#host.refusedCertificate() : null
    const { code, description } = refused ?? told
    const args = [code, description, url, this.#isMain(frameId), ...this.#ids(frameId)]
    if (code === abortedCode) this.#emit('did-fail-provisional-load', new PreventableEvent(), ...args)
    this.#emit('did-fail-load', new PreventableEvent(), ...args)
  }

  #navigatedWithinDocument(
    session: DevToolsSession,
    event: Protocol.Page.NavigatedWithinDocumentEvent,
  ): void {
    const isMainFrame = this.#isMain(event.frameId)
    const url = fromEngineUrl(event.url)
    if (isMainFrame) this.url = url
    this.#withinDocument.push(() => {
      this.#announceStart(event.frameId, url, true)
      this.#emit(
        'did-navigate-in-page',
        new PreventableEvent(),
        url,
        isMainFrame,
        ...this.#ids(event.frameId),
      )
    })
    // What the history says is as new as the last of them, so all that are known by then are announced at once.
    if (this.#withinDocument.length > 1) return
    this.#emitLater(() =>
      this.#host
        .committed(session)
        .catch(() => {})
        .then(() => {
          for (const announce of this.#withinDocument.splice(0)) announce()
        }),
    )
  }

  #lifecycle(session: DevToolsSession, event: Protocol.Page.LifecycleEventEvent): void {
    // Enabling replays the past of the initial empty document, which nobody loaded.
    if (this.url === '' || this.#isErrorPage.has(event.frameId)) return
    const isMainFrame = this.#isMain(event.frameId)
    if (event.name === 'DOMContentLoaded' && isMainFrame && session.targetId === this.#mainFrameId)
      this.#emitLater(() => this.#emit('dom-ready', new PreventableEvent()))
    if (event.name !== 'load') return
    const announce = (): void => {
      this.#emit('did-frame-finish-load', new PreventableEvent(), isMainFrame, ...this.#ids(event.frameId))
      if (isMainFrame) this.#emit('did-finish-load', new PreventableEvent())
    }
    this.#emitLater(() => (isMainFrame ? this.#host.processKnown()?.then(announce) : null) ?? announce())
  }
}

/** A page that does not answer what is asked about the document before must not keep its next one. */
function noLonger(announced: Promise<void>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, longestHoldMs)
  announced.then(resolve)
  return promise.finally(() => clearTimeout(timer))
}

/** A listener that throws is the application's affair, and nothing of ours may stop for it. */
function rethrow(error: unknown): void {
  queueMicrotask(() => {
    throw error
  })
}

function continued(
  request: Protocol.Fetch.RequestPausedEvent,
  addition: RequestAddition,
): Partial<Protocol.Fetch.ContinueRequestRequest> {
  const added = new Set(addition.headers.map(({ name }) => name.toLowerCase()))
  const kept = Object.entries(request.request.headers)
    .filter(([name]) => !added.has(name.toLowerCase()))
    .map(([name, value]) => ({ name, value: String(value) }))
  return {
    headers: [...kept, ...addition.headers],
    ...(addition.postData ? { method: 'POST', postData: addition.postData.toString('base64') } : {}),
  }
}

/** DevTools tells coarse reasons only; Chromium's error page shows the exact one. */
async function errorOnPage(session: DevToolsSession): Promise<NetError> {
  const { result } = await session
    .send('Runtime.evaluate', {
      expression: `(document.querySelector('.error-code') || document.querySelector('#error-code'))?.textContent ?? ''`,
      returnByValue: true,
    })
    .catch(() => ({ result: { value: '' } }))
  return netErrorFromText(String(result.value ?? ''))
}
