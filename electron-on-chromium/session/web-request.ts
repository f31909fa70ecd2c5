import type { WebRequest as ElectronWebRequest, UploadData, WebRequestFilter } from 'electron'
import type { HeaderListRecord } from './headers.ts'
import type { WebContentsLike } from './host.ts'
import type { InterceptionNeeds } from './request-interceptor.ts'
import { parseUrlPattern, type UrlPattern } from './url-pattern.ts'

export type ResourceType =
  | 'mainFrame'
  | 'subFrame'
  | 'stylesheet'
  | 'script'
  | 'image'
  | 'font'
  | 'object'
  | 'xhr'
  | 'ping'
  | 'cspReport'
  | 'media'
  | 'webSocket'
  | 'other'

/** What every listener is told about a request. */
export interface RequestDetails {
  readonly id: number
  readonly url: string
  readonly method: string
  readonly webContentsId?: number
  readonly webContents?: WebContentsLike
  readonly frame?: null
  readonly initiatorOrigin?: string
  readonly resourceType: ResourceType
  readonly referrer: string
  readonly timestamp: number
}

interface ResponseDetails extends RequestDetails {
  readonly statusCode: number
  readonly statusLine: string
  readonly responseHeaders: HeaderListRecord
}

interface BeforeRequestAnswer {
  readonly cancel?: boolean
  readonly redirectURL?: string
}
interface BeforeSendHeadersAnswer {
  readonly cancel?: boolean
  readonly requestHeaders?: Record<string, string | string[]>
}
interface HeadersReceivedAnswer {
  readonly cancel?: boolean
  readonly responseHeaders?: Record<string, string | string[]>
  readonly statusLine?: string
}

/** The listeners with what they are told, and what they may answer (null: nothing, they only watch). */
interface Stages {
  onBeforeRequest: [details: RequestDetails & { uploadData: UploadData[] }, answer: BeforeRequestAnswer]
  onBeforeSendHeaders: [
    details: RequestDetails & { uploadData?: UploadData[]; requestHeaders: Record<string, string> },
    answer: BeforeSendHeadersAnswer,
  ]
  onSendHeaders: [details: RequestDetails & { requestHeaders: Record<string, string> }, answer: null]
  onHeadersReceived: [details: ResponseDetails, answer: HeadersReceivedAnswer]
  onBeforeRedirect: [details: ResponseDetails & { redirectURL: string; fromCache: boolean }, answer: null]
  onResponseStarted: [details: ResponseDetails & { fromCache: boolean }, answer: null]
  onCompleted: [details: ResponseDetails & { fromCache: boolean; error: string }, answer: null]
  onErrorOccurred: [details: RequestDetails & { fromCache: boolean; error: string }, answer: null]
}
type StageName = keyof Stages
interface Registration {
  readonly urls: readonly UrlPattern[]
  readonly excludeUrls: readonly UrlPattern[]
  readonly types: ReadonlySet<string> | null
  readonly listener: (details: never, callback?: (answer: never) => void) => void
}

const requestStages: ReadonlySet<StageName> = new Set([
  'onBeforeRequest',
  'onBeforeSendHeaders',
  'onSendHeaders',
])

/** `session.webRequest`: watches and changes the requests of one session. One listener for each event. */
export class WebRequest {
  readonly #registrations = new Map<StageName, Registration>()
  readonly #onChanged: () => void

  // Typed as Electron declares them: an application's listener is told of the stand-in's own webContents, which has
  // the members of Electron's that are made.
  readonly onBeforeRequest: ElectronWebRequest['onBeforeRequest'] = (...args: readonly unknown[]) =>
    this.#register('onBeforeRequest', args)
  readonly onBeforeSendHeaders: ElectronWebRequest['onBeforeSendHeaders'] = (...args: readonly unknown[]) =>
    this.#register('onBeforeSendHeaders', args)
  readonly onSendHeaders: ElectronWebRequest['onSendHeaders'] = (...args: readonly unknown[]) =>
    this.#register('onSendHeaders', args)
  readonly onHeadersReceived: ElectronWebRequest['onHeadersReceived'] = (...args: readonly unknown[]) =>
    this.#register('onHeadersReceived', args)
  readonly onBeforeRedirect: ElectronWebRequest['onBeforeRedirect'] = (...args: readonly unknown[]) =>
    this.#register('onBeforeRedirect', args)
  readonly onResponseStarted: ElectronWebRequest['onResponseStarted'] = (...args: readonly unknown[]) =>
    this.#register('onResponseStarted', args)
  readonly onCompleted: ElectronWebRequest['onCompleted'] = (...args: readonly unknown[]) =>
    this.#register('onCompleted', args)
  readonly onErrorOccurred: ElectronWebRequest['onErrorOccurred'] = (...args: readonly unknown[]) =>
    this.#register('onErrorOccurred', args)

  /** @internal */
  constructor(onChanged: () => void) {
    this.#onChanged = onChanged
  }

  /** @internal True when somebody listens to one of the stages for this request. */
  isListening(stages: readonly StageName[], url: string, resourceType: ResourceType): boolean {
    return stages.some(stage => this.#matching(stage, url, resourceType) !== null)
  }

  /** @internal Tells a listener that only watches. */
  tell<S extends StageName>(stage: S, details: Stages[S][0]): void {
    const registration = this.#matching(stage, details.url, details.resourceType)
    registration?.listener(details as never)
  }

  /** @internal Asks a listener; resolves with its answer, or null when nobody listens. */
  ask<S extends StageName>(stage: S, details: Stages[S][0]): Promise<Stages[S][1] | null> {
    const registration = this.#matching(stage, details.url, details.resourceType)
    if (!registration) return Promise.resolve(null)
    return new Promise(resolve =>
      registration.listener(details as never, (answer?: Stages[S][1]) => resolve(answer ?? null)),
    )
  }

  /** @internal */
  get needs(): InterceptionNeeds {
    const requestPatterns: string[] = []
    const responsePatterns: string[] = []
    for (const [stage, { urls }] of this.#registrations)
      (requestStages.has(stage) ? requestPatterns : responsePatterns).push(
        ...urls.map(pattern => pattern.enginePattern),
      )
    return { requestPatterns, responsePatterns }
  }

  #matching(stage: StageName, url: string, resourceType: ResourceType): Registration | null {
    const registration = this.#registrations.get(stage)
    if (!registration) return null
    const { urls, excludeUrls, types } = registration
    const isMatch =
      (types === null || types.has(resourceType)) &&
      urls.some(pattern => pattern.matches(url)) &&
      !excludeUrls.some(pattern => pattern.matches(url))
    return isMatch ? registration : null
  }

  #register(stage: StageName, args: readonly unknown[]): void {
    const [first, second] = args
    const isFilterGiven = args.length > 1 || (typeof first === 'object' && first !== null)
    const filter = isFilterGiven ? (first as WebRequestFilter | null) : null
    const listener = isFilterGiven ? second : first
    if (listener === null || listener === undefined) this.#registrations.delete(stage)
    else if (typeof listener === 'function')
      this.#registrations.set(stage, {
        urls: (filter?.urls ?? ['<all_urls>']).map(parseUrlPattern),
        excludeUrls: (filter?.excludeUrls ?? []).map(parseUrlPattern),
        types: filter?.types && filter.types.length > 0 ? new Set(filter.types.map(checkType)) : null,
        listener: listener as Registration['listener'],
      })
    else throw new TypeError('Must pass null or a Function')
    this.#onChanged()
  }
}

const knownTypes: ReadonlySet<string> = new Set([
  'mainFrame',
  'subFrame',
  'stylesheet',
  'script',
  'image',
  'font',
  'object',
  'xhr',
  'ping',
  'cspReport',
  'media',
  'webSocket',
])

function checkType(type: string): string {
  if (!knownTypes.has(type)) throw new TypeError(`Invalid type ${type}`)
  return type
}
