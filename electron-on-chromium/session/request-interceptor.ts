import type { DevToolsSession, Protocol } from '../chromium/devtools.ts'
import type { FrameRegistry } from './frame-registry.ts'
import { transferHeaders } from './headers.ts'
import { probeUrl } from './proxy-login.ts'
import { isMappedUrl } from './scheme-mapping.ts'

export type PausedRequest = Protocol.Fetch.RequestPausedEvent
export type HeaderEntry = Protocol.Fetch.HeaderEntry

/** What becomes of a request that Chromium holds for us. */
export type RequestDecision =
  | {
      readonly kind: 'continue'
      readonly headers?: readonly HeaderEntry[]
      /** Pause again when the response has begun. */
      readonly interceptResponse?: boolean
    }
  | {
      readonly kind: 'fulfill'
      readonly status: number
      readonly statusText?: string
      readonly headers: readonly HeaderEntry[]
      readonly body: Buffer
    }
  | {
      /** Sent to another address than its own, unseen by the page. */
      readonly kind: 'reroute'
      readonly url: string
    }
  | {
      /** Only for a request that is held in its response stage. */
      readonly kind: 'replaceHeaders'
      readonly status: number
      readonly statusText: string
      readonly headers: readonly HeaderEntry[]
      /**
       * Chromium applies what it decides by itself (a Content-Security-Policy, for one) only to a response that is
       * given anew with its body; without the body only scripts of the page see the other headers.
       */
      readonly isBodyHeld: boolean
    }
  | { readonly kind: 'fail'; readonly reason: Protocol.Network.ErrorReason }

/** Wildcard URL patterns of DevTools (`*` any characters, `?` exactly one) that somebody must see. */
export interface InterceptionNeeds {
  readonly requestPatterns: readonly string[]
  readonly responsePatterns: readonly string[]
}

/** One that decides about the requests of the pages of one browser context. */
export interface RequestDecider {
  readonly interceptionNeeds: InterceptionNeeds
  /** The request stage, or the response stage when the request has a status code or an error. */
  decide(request: PausedRequest): Promise<RequestDecision>
}

/**
 * The one place where requests are held: DevTools' Fetch domain on the browser's own session, the only one that
 * sees every page, worker and service worker script. Switched off, and so free of cost, while nobody needs it.
 */
export class RequestInterceptor implements Disposable {
  readonly #root: DevToolsSession
  readonly #frames: FrameRegistry
  readonly #deciderOf: (browserContextId: string | undefined) => RequestDecider | null
  readonly #blockedTargets = new Set<string>()
  readonly #listeners = new DisposableStack()
  readonly #deciders: () => Iterable<RequestDecider>
  #patternsInForce = ''
  #settled: Promise<void> = Promise.resolve()

  constructor(options: {
    readonly root: DevToolsSession
    readonly frames: FrameRegistry
    readonly deciders: () => Iterable<RequestDecider>
    /** Who decides for a browser context; undefined stands for a frame that nobody knows. */
    readonly deciderOf: (browserContextId: string | undefined) => RequestDecider | null
    /** What a server or a proxy that asks who we are is told. Only those of requests that are held are heard of. */
    readonly answerChallenge: (
      challenged: Protocol.Fetch.AuthRequiredEvent,
    ) => Promise<Protocol.Fetch.AuthChallengeResponse>
  }) {
    this.#root = options.root
    this.#frames = options.frames
    this.#deciders = options.deciders
    this.#deciderOf = options.deciderOf
    this.#listeners.use(
      this.#root.on('Fetch.requestPaused', request => {
        // The request may be gone (page closed, navigation cancelled) before we have decided: nothing to do then.
        this.#decide(request).catch(() => {})
      }),
    )
    this.#listeners.use(
      this.#root.on('Fetch.authRequired', challenged => {
        options
          .answerChallenge(challenged)
          .then(authChallengeResponse =>
            this.#root.send('Fetch.continueWithAuth', {
              requestId: challenged.requestId,
              authChallengeResponse,
            }),
          )
          .catch(() => {})
      }),
    )
  }

  /** Resolves when what `update` asked for is in force. */
  get settled(): Promise<void> {
    return this.#settled
  }

  /** To be called whenever the needs of a decider changed. In force for all commands sent afterwards. */
  update(): void {
    const requestPatterns = new Set<string>()
    const responsePatterns = new Set<string>()
    for (const { interceptionNeeds } of this.#deciders()) {
      for (const pattern of interceptionNeeds.requestPatterns) requestPatterns.add(pattern)
      for (const pattern of interceptionNeeds.responsePatterns) responsePatterns.add(pattern)
    }
    if (this.#blockedTargets.size > 0) requestPatterns.add('*')
    const patterns: Protocol.Fetch.RequestPattern[] = [
      ...withoutCovered(requestPatterns).map(urlPattern => ({
        urlPattern,
        requestStage: 'Request' as const,
      })),
      ...withoutCovered(responsePatterns).map(urlPattern => ({
        urlPattern,
        requestStage: 'Response' as const,
      })),
    ]
    const key = JSON.stringify(patterns)
    if (key === this.#patternsInForce) return
    this.#patternsInForce = key
    const command =
      patterns.length === 0
        ? this.#root.send('Fetch.disable')
        : this.#root.send('Fetch.enable', { patterns, handleAuthRequests: true })
    const earlier = this.#settled
    this.#settled = command.then(
      () => earlier,
      () => {},
    )
  }

  /**
   * Fails every request of a target until disposed: a page that the application denied must not reach the network
   * before it is closed.
   */
  blockTarget(targetId: string): Disposable {
    this.#blockedTargets.add(targetId)
    this.update()
    return {
      [Symbol.dispose]: () => {
        this.#blockedTargets.delete(targetId)
        this.update()
      },
    }
  }

  [Symbol.dispose](): void {
    this.#listeners.dispose()
  }

  async #decide(request: PausedRequest): Promise<void> {
    // Ours and not the application's: nobody is told of it.
    if (request.request.url === probeUrl) {
      await this.#root.send('Fetch.continueRequest', { requestId: request.requestId })
      return
    }
    const page = this.#frames.pageTargetOf(request.frameId) ?? request.frameId
    if (this.#blockedTargets.has(page))
      return this.#carryOut(request, { kind: 'fail', reason: 'BlockedByClient' })
    const decider = this.#deciderOf(await this.#frames.contextOf(request.frameId))
    await this.#carryOut(request, await decide(decider, request))
  }

  async #carryOut(request: PausedRequest, decision: RequestDecision): Promise<void> {
    const { requestId } = request
    switch (decision.kind) {
      case 'fail':
        await this.#root.send('Fetch.failRequest', { requestId, errorReason: decision.reason })
        return
      case 'fulfill':
        await this.#root.send('Fetch.fulfillRequest', {
          requestId,
          responseCode: decision.status,
          ...(decision.statusText ? { responsePhrase: decision.statusText } : {}),
          responseHeaders: [...decision.headers],
          body: decision.body.toString('base64'),
        })
        return
      case 'reroute':
        await this.#root.send('Fetch.continueRequest', {
          requestId,
          url: decision.url,
          interceptResponse: false,
        })
        return
      case 'replaceHeaders':
        await this.#replaceHeaders(requestId, decision)
        return
      case 'continue':
        if (isResponseStage(request)) await this.#root.send('Fetch.continueResponse', { requestId })
        else
          await this.#root.send('Fetch.continueRequest', {
            requestId,
            ...(decision.headers ? { headers: [...decision.headers] } : {}),
            ...(decision.interceptResponse === undefined
              ? {}
              : { interceptResponse: decision.interceptResponse }),
          })
    }
  }

  async #replaceHeaders(
    requestId: string,
    decision: Extract<RequestDecision, { kind: 'replaceHeaders' }>,
  ): Promise<void> {
    const responsePhrase = decision.statusText ? { responsePhrase: decision.statusText } : {}
    const isRedirect = decision.status >= 300 && decision.status < 400
    if (!decision.isBodyHeld && !isRedirect) {
      await this.#root.send('Fetch.continueResponse', {
        requestId,
        responseCode: decision.status,
        ...responsePhrase,
        responseHeaders: [...decision.headers],
      })
      return
    }
    // A redirect has no body that could be asked for.
    const content = isRedirect ? null : await this.#root.send('Fetch.getResponseBody', { requestId })
    const body = Buffer.from(content?.body ?? '', content?.base64Encoded ? 'base64' : 'utf8')
    await this.#root.send('Fetch.fulfillRequest', {
      requestId,
      responseCode: decision.status,
      ...responsePhrase,
      responseHeaders: decision.headers.filter(({ name }) => !transferHeaders.has(name.toLowerCase())),
      body: body.toString('base64'),
    })
  }
}

async function decide(decider: RequestDecider | null, request: PausedRequest): Promise<RequestDecision> {
  if (decider)
    return decider.decide(request).catch((): RequestDecision => ({ kind: 'fail', reason: 'Failed' }))
  // Nobody knows whose request it is: it may go to the network, but never to a handler of the application.
  return isMappedUrl(request.request.url) ? { kind: 'fail', reason: 'NameNotResolved' } : { kind: 'continue' }
}

/** True when the response has begun, or the request has failed on the network. */
export function isResponseStage(request: PausedRequest): boolean {
  return request.responseStatusCode !== undefined || request.responseErrorReason !== undefined
}

function withoutCovered(patterns: ReadonlySet<string>): string[] {
  return patterns.has('*') ? ['*'] : [...patterns].sort()
}
