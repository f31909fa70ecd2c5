import { fileOfDataUrl } from './data-url.ts'
import {
  headerOf,
  originFromEngine,
  requestHeaderToEngine,
  responseHeaderToEngine,
  toHeaderEntries,
  toHeaderListRecord,
} from './headers.ts'
import type { WebContentsLike } from './host.ts'
import type { Protocol } from './protocol.ts'
import { type HandlerAnswer, toAnswer, toHandlerRequest } from './protocol-response.ts'
import { bodyOf, headersOf, netErrorOf, originOf, resourceTypeOf, uploadDataOf } from './request-details.ts'
import {
  type HeaderEntry,
  type InterceptionNeeds,
  isResponseStage,
  type PausedRequest,
  type RequestDecider,
  type RequestDecision,
} from './request-interceptor.ts'
import { fromEngineUrl, isMappedUrl, schemeOfEngineUrl, toEngineUrl } from './scheme-mapping.ts'
import type { StreamServer } from './stream-server.ts'
import type { RequestDetails, WebRequest } from './web-request.ts'

const responseStages = [
  'onHeadersReceived',
  'onBeforeRedirect',
  'onResponseStarted',
  'onCompleted',
  'onErrorOccurred',
] as const

/** Bodies of these are not worth holding back, or never end: their headers change without their content. */
const streamedTypes: ReadonlySet<string> = new Set(['Media', 'EventSource', 'WebSocket'])

/** The way of a request through a session: webRequest listeners, then protocol handlers, then the network. */
export class RequestPipeline implements RequestDecider {
  readonly #protocol: Protocol
  readonly #webRequest: WebRequest
  readonly #webContentsOfFrame: (frameId: string) => WebContentsLike | null
  readonly #isMainFrame: (frameId: string) => boolean
  readonly #streams: StreamServer
  readonly #now: () => number

  constructor(options: {
    readonly protocol: Protocol
    readonly webRequest: WebRequest
    readonly webContentsOfFrame: (frameId: string) => WebContentsLike | null
    readonly isMainFrame: (frameId: string) => boolean
    readonly streams: StreamServer
    readonly now: () => number
  }) {
    this.#protocol = options.protocol
    this.#webRequest = options.webRequest
    this.#webContentsOfFrame = options.webContentsOfFrame
    this.#isMainFrame = options.isMainFrame
    this.#streams = options.streams
    this.#now = options.now
  }

  get interceptionNeeds(): InterceptionNeeds {
    const { requestPatterns, responsePatterns } = this.#webRequest.needs
    return { requestPatterns: [...this.#protocol.patterns, ...requestPatterns], responsePatterns }
  }

  decide(request: PausedRequest): Promise<RequestDecision> {
    return isResponseStage(request) ? this.#decideResponse(request) : this.#decideRequest(request)
  }

  async #decideRequest(paused: PausedRequest): Promise<RequestDecision> {
    const details = this.#detailsOf(paused)
    const uploadData = uploadDataOf(paused)
    const before = await this.#webRequest.ask('onBeforeRequest', { ...details, uploadData })
    if (before?.cancel) return this.#cancelled(details)
    if (before?.redirectURL && before.redirectURL !== details.url)
      return this.#redirect(details, paused, before.redirectURL)

    let requestHeaders = headersOf(paused)
    const sending = await this.#webRequest.ask('onBeforeSendHeaders', {
      ...details,
      requestHeaders: { ...requestHeaders },
      ...(uploadData.length > 0 ? { uploadData } : {}),
    })
    if (sending?.cancel) return this.#cancelled(details)
    if (sending?.requestHeaders)
      requestHeaders = Object.fromEntries(
        Object.entries(sending.requestHeaders).map(([name, value]) => [name, [value].flat().join(', ')]),
      )
    this.#webRequest.tell('onSendHeaders', { ...details, requestHeaders })

    const scheme = schemeOfEngineUrl(paused.request.url)
    const response = await this.#protocol.respond(
      scheme,
      toHandlerRequest({
        url: details.url,
        method: details.method,
        headers: requestHeaders,
        body: bodyOf(paused),
        initiatorOrigin: details.initiatorOrigin,
      }),
    )
    if (response) return this.#answer(details, paused, await toAnswer(response))
    // A mapped URL that this session does not handle stands for no server at all.
    if (isMappedUrl(paused.request.url)) return { kind: 'fail', reason: 'NameNotResolved' }
    return {
      kind: 'continue',
      ...(sending?.requestHeaders
        ? {
            headers: toHeaderEntries(requestHeaders).map(({ name, value }) => ({
              name,
              value: requestHeaderToEngine(name, value),
            })),
          }
        : {}),
      interceptResponse: this.#webRequest.isListening(responseStages, details.url, details.resourceType),
    }
  }

  async #decideResponse(paused: PausedRequest): Promise<RequestDecision> {
    const details = this.#detailsOf(paused)
    if (paused.responseErrorReason !== undefined) {
      this.#webRequest.tell('onErrorOccurred', {
        ...details,
        fromCache: false,
        error: netErrorOf(paused.responseErrorReason),
      })
      return { kind: 'continue' }
    }
    const status = paused.responseStatusCode ?? 200
    const received = await this.#headersReceived(details, {
      status,
      statusText: paused.responseStatusText ?? '',
      headers: paused.responseHeaders ?? [],
    })
    if (received === null) return this.#cancelled(details)
    this.#tellStarted(details, received)
    if (!received.isChanged) return { kind: 'continue' }
    return {
      kind: 'replaceHeaders',
      status: received.status,
      statusText: received.statusText,
      headers: received.headers,
      isBodyHeld: !streamedTypes.has(paused.resourceType),
    }
  }

  /** A response of our own goes the way that one from the network goes. */
  async #answer(
    details: RequestDetails,
    paused: PausedRequest,
    answer: HandlerAnswer | null,
  ): Promise<RequestDecision> {
    if (!answer) {
      this.#webRequest.tell('onErrorOccurred', { ...details, fromCache: false, error: 'net::ERR_FAILED' })
      return { kind: 'fail', reason: 'Failed' }
    }
    const received = await this.#headersReceived(details, answer)
    if (received === null) return this.#cancelled(details)
    this.#tellStarted(details, received)
    const { status, statusText } = received
    const { body } = answer
    if (Buffer.isBuffer(body)) return { kind: 'fulfill', status, statusText, headers: received.headers, body }
    const headers = withOwnOrigin(received.headers, paused.request.url)
    return { kind: 'reroute', url: await this.#streams.offer({ status, statusText, headers, body }) }
  }

  async #headersReceived(details: RequestDetails, head: ResponseHead): Promise<ReceivedHead | null> {
    const responseHeaders = toHeaderListRecord(head.headers)
    const answer = await this.#webRequest.ask('onHeadersReceived', {
      ...details,
      statusCode: head.status,
      statusLine: statusLineOf(head),
      responseHeaders: structuredClone(responseHeaders),
    })
    if (answer?.cancel) return null
    let { status, statusText, headers } = head
    let isChanged = false
    if (answer?.responseHeaders) {
      const wanted = toHeaderEntries(answer.responseHeaders)
      isChanged = JSON.stringify(toHeaderListRecord(wanted)) !== JSON.stringify(responseHeaders)
      if (isChanged)
        headers = wanted.map(({ name, value }) => ({ name, value: responseHeaderToEngine(name, value) }))
    }
    const statusLine = /^HTTP\/[\d.]+\s+(\d{3})\s*(.*)$/.exec(answer?.statusLine ?? '')
    if (statusLine && Number(statusLine[1]) !== status) {
      status = Number(statusLine[1])
      statusText = statusLine[2] ?? ''
      isChanged = true
    }
    return { status, statusText, headers, isChanged }
  }

  #tellStarted(details: RequestDetails, head: ResponseHead): void {
    const response = {
      ...details,
      statusCode: head.status,
      statusLine: statusLineOf(head),
      responseHeaders: toHeaderListRecord(head.headers),
      fromCache: false,
    }
    const location = headerOf(head.headers, 'location')
    if (head.status >= 300 && head.status < 400 && location !== null) {
      const redirectURL = fromEngineUrl(URL.parse(location, toEngineUrl(details.url))?.href ?? location)
      this.#webRequest.tell('onBeforeRedirect', { ...response, redirectURL })
      return
    }
    this.#webRequest.tell('onResponseStarted', response)
    // The end of the body is not seen by the interception: the request counts as completed when its content flows.
    this.#webRequest.tell('onCompleted', { ...response, error: '' })
  }

  #cancelled(details: RequestDetails): RequestDecision {
    this.#webRequest.tell('onErrorOccurred', {
      ...details,
      fromCache: false,
      error: 'net::ERR_BLOCKED_BY_CLIENT',
    })
    return { kind: 'fail', reason: 'BlockedByClient' }
  }

  #redirect(details: RequestDetails, paused: PausedRequest, redirectUrl: string): RequestDecision {
    const origin = paused.request.headers.Origin ?? paused.request.headers.origin
    const headers: HeaderEntry[] = [
      { name: 'Location', value: toEngineUrl(redirectUrl) },
      { name: 'Non-Authoritative-Reason', value: 'WebRequest API' },
      // The redirect is the application's doing: it must not fail for want of the server's leave.
      ...(origin
        ? [
            { name: 'Access-Control-Allow-Origin', value: origin },
            { name: 'Access-Control-Allow-Credentials', value: 'true' },
          ]
        : []),
    ]
    this.#webRequest.tell('onBeforeRedirect', {
      ...details,
      redirectURL: redirectUrl,
      statusCode: 307,
      statusLine: 'HTTP/1.1 307 Internal Redirect',
      responseHeaders: toHeaderListRecord(headers),
      fromCache: false,
    })
    const data = fileOfDataUrl(redirectUrl)
    // Chromium follows no server to a `data:` address, but it does follow an application: the file is given at once.
    if (data !== null) {
      const ownHeaders = [...headers.slice(2), { name: 'Content-Type', value: data.type }]
      return { kind: 'fulfill', status: 200, statusText: 'OK', headers: ownHeaders, body: data.body }
    }
    return { kind: 'fulfill', status: 307, statusText: 'Internal Redirect', headers, body: Buffer.alloc(0) }
  }

  #detailsOf(paused: PausedRequest): RequestDetails {
    const { request } = paused
    const webContents = this.#webContentsOfFrame(paused.frameId)
    const origin = request.headers.Origin ?? request.headers.origin
    const referrer = fromEngineUrl(request.headers.Referer ?? request.headers.referer ?? '')
    const initiatorOrigin = origin ? originFromEngine(origin) : originOf(referrer)
    return {
      id: Number(/(\d+)(?:\.\d+)?$/.exec(paused.requestId)?.[1] ?? 0),
      url: fromEngineUrl(request.url + (request.urlFragment ?? '')),
      method: request.method,
      ...(webContents ? { webContentsId: webContents.id, webContents } : {}),
      ...(initiatorOrigin === undefined ? {} : { initiatorOrigin }),
      resourceType: resourceTypeOf(paused, this.#isMainFrame(paused.frameId)),
      referrer,
      timestamp: this.#now(),
    }
  }
}

interface ResponseHead {
  readonly status: number
  readonly statusText: string
  readonly headers: readonly HeaderEntry[]
}
interface ReceivedHead extends ResponseHead {
  readonly isChanged: boolean
}

/**
 * A streamed answer comes from another address than the page believes, so Chromium wants its leave to be read, even by
 * pages of the same origin. Those of other origins still need that of the handler.
 */
function withOwnOrigin(headers: readonly HeaderEntry[], engineUrl: string): readonly HeaderEntry[] {
  if (headerOf(headers, 'access-control-allow-origin') !== null) return headers
  return [
    ...headers,
    { name: 'access-control-allow-origin', value: new URL(engineUrl).origin },
    { name: 'access-control-allow-credentials', value: 'true' },
  ]
}

function statusLineOf({ status, statusText }: ResponseHead): string {
  return `HTTP/1.1 ${status}${statusText ? ` ${statusText}` : ''}`
}
