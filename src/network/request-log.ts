import type {
  OnBeforeRedirectListenerDetails,
  OnBeforeRequestListenerDetails,
  OnCompletedListenerDetails,
  OnErrorOccurredListenerDetails,
  OnResponseStartedListenerDetails,
} from 'electron'
import {
  type LoggedRequest,
  mostLoggedRequests,
  type RequestBatch,
  type RequestFiltering,
} from '../../contracts/request-log.ts'
import type { Clock } from '../../ipc/clock.ts'
import { headerOf, kept, type RequestRecord, sizeOf } from './request-record.ts'
import type { RequestPart, RequestSource, VerdictOfPart } from './web-request.ts'

/** How often whoever watches is told. */
const batchIntervalMs = 250

/** What goes to the network: no page asks it for `data:` or `blob:`. */
const logged = /^(?:https?|wss?):/i

export interface RequestLogOptions {
  /** The tab of a page's contents; null for what is no tab. */
  readonly tabOf: (webContentsId: number) => string | null
  readonly clock: Clock
  /** Tells those who watch. */
  readonly publish: (batch: RequestBatch, isTold: (watcher: string) => boolean) => void
}

/**
 * The latest requests of pages, with what became of them. Only main's memory holds them; those of private tabs go with the
 * tab. While nobody watches, a request costs a record and nothing more.
 */
export class RequestLog implements Disposable {
  readonly part: RequestPart
  readonly #options: RequestLogOptions
  /** In the order in which they were made. */
  readonly #records = new Map<number, RequestRecord>()
  /** Those under way, by the engine's number. */
  readonly #open = new WeakMap<RequestSource, Map<number, RequestRecord>>()
  readonly #watchers = new Set<string>()
  #changed = new Set<number>()
  #removed: number[] = []
  #timer: Disposable | null = null
  #lastId = 0

  constructor(options: RequestLogOptions) {
    this.#options = options
    this.part = {
      name: 'request log',
      // Asked first and lets all go: it only takes the time.
      decide: (request, source) => {
        if (logged.test(request.url)) this.#begin(request, source)
        return null
      },
      onDecided: (request, verdict, source) => {
        if (logged.test(request.url)) this.#decided(request, verdict, source)
      },
      onSent: ({ id, requestHeaders }, source) => {
        const record = this.#find(source, id)
        if (record !== undefined) record.requestHeaders = requestHeaders
      },
      onStarted: (response, source) => this.#started(response, source),
      onRedirected: (response, source) => this.#redirected(response, source),
      onCompleted: (response, source) => this.#completed(response, source),
      onFailed: (request, source) => this.#failed(request, source),
    }
  }

  /** Notes what filter lists said of a request that is under way. */
  noteFiltering(source: RequestSource, id: number, filtering: RequestFiltering): void {
    const record = this.#find(source, id)
    if (record !== undefined) this.#change(record, { filtering })
  }

  record(id: number): RequestRecord | null {
    return this.#records.get(id) ?? null
  }

  /** The oldest first. */
  rows(): LoggedRequest[] {
    return [...this.#records.values()].map(({ row }) => row)
  }

  /** From now on this watcher is told of changes; at once of all that is known. */
  watch(watcher: string): void {
    this.#watchers.add(watcher)
    const whole = { isWhole: true, rows: this.rows(), removed: [] }
    this.#options.publish(whole, one => one === watcher)
  }

  unwatch(watcher: string): void {
    this.#watchers.delete(watcher)
    if (this.#watchers.size === 0) this.#rest()
  }

  /** Forgets the requests of a tab, or all. */
  clear(tabId: string | null): void {
    for (const [id, { row }] of this.#records) {
      if (tabId === null || row.tabId === tabId) this.#forget(id)
    }
  }

  /** To be called when a tab is gone: nothing of a private one is kept. */
  tabClosed(tabId: string): void {
    for (const [id, { row }] of this.#records) {
      if (row.isPrivate && row.tabId === tabId) this.#forget(id)
    }
  }

  /** To be called when the private session ends: also what no tab had asked for. */
  privateEnded(): void {
    for (const [id, { row }] of this.#records) if (row.isPrivate) this.#forget(id)
  }

  [Symbol.dispose](): void {
    this.#watchers.clear()
    this.#rest()
  }

  #find(source: RequestSource, id: number): RequestRecord | undefined {
    return this.#open.get(source)?.get(id)
  }

  #begin(request: OnBeforeRequestListenerDetails, source: RequestSource): RequestRecord {
    const { clock, tabOf } = this.#options
    this.#lastId += 1
    const record: RequestRecord = {
      startedAt: clock.now(),
      referrer: request.referrer === '' ? null : kept(request.referrer),
      requestHeaders: {},
      responseHeaders: {},
      statusLine: null,
      row: {
        id: this.#lastId,
        tabId: request.webContentsId === undefined ? null : tabOf(request.webContentsId),
        isPrivate: source.isPrivate,
        method: request.method.slice(0, 32),
        url: kept(request.url),
        kind: request.resourceType,
        state: 'pending',
        status: null,
        mimeType: null,
        isFromCache: false,
        bytes: null,
        startedAt: clock.wallClock(),
        decidedMs: null,
        firstByteMs: null,
        totalMs: null,
        filtering: null,
        initiator: request.initiatorOrigin === undefined ? null : kept(request.initiatorOrigin),
        error: null,
        redirectedTo: null,
      },
    }
    let open = this.#open.get(source)
    if (open === undefined) {
      open = new Map()
      this.#open.set(source, open)
    }
    open.set(request.id, record)
    this.#records.set(record.row.id, record)
    const [oldest] = this.#records.keys()
    if (oldest !== undefined && this.#records.size > mostLoggedRequests) {
      this.#records.delete(oldest)
      this.#changed.delete(oldest)
    }
    // What never ends and was forgotten long ago must not be held either.
    if (open.size > mostLoggedRequests) {
      const [longest] = open.keys()
      if (longest !== undefined) open.delete(longest)
    }
    this.#changed.add(record.row.id)
    this.#plan()
    return record
  }

  #decided(
    request: OnBeforeRequestListenerDetails,
    decided: VerdictOfPart | null,
    source: RequestSource,
  ): void {
    // A part that stopped it before it came here leaves it without a beginning.
    const record = this.#find(source, request.id) ?? this.#begin(request, source)
    this.#change(record, { decidedMs: this.#since(record) })
    if (decided?.verdict.kind !== 'cancel') return
    const isFiltered = record.row.filtering !== null
    this.#close(source, request.id, record, {
      state: isFiltered ? 'blocked' : 'failed',
      error: isFiltered ? null : `Stopped by ${decided.by}`,
    })
  }

  #started(response: OnResponseStartedListenerDetails, source: RequestSource): void {
    const record = this.#find(source, response.id)
    if (record === undefined) return
    const responseHeaders = response.responseHeaders ?? {}
    record.responseHeaders = responseHeaders
    record.statusLine = response.statusLine.slice(0, 2_000)
    this.#change(record, {
      status: statusOf(response.statusCode),
      mimeType: headerOf(responseHeaders, 'content-type')?.split(';')[0]?.trim().slice(0, 200) ?? null,
      bytes: sizeOf(responseHeaders),
      isFromCache: response.fromCache,
      firstByteMs: this.#since(record),
    })
  }

  #redirected(response: OnBeforeRedirectListenerDetails, source: RequestSource): void {
    const record = this.#find(source, response.id)
    if (record === undefined) return
    record.responseHeaders = response.responseHeaders ?? {}
    record.statusLine = response.statusLine.slice(0, 2_000)
    this.#close(source, response.id, record, {
      state: record.row.filtering?.kind === 'redirect' ? 'blocked' : 'redirected',
      status: statusOf(response.statusCode),
      isFromCache: response.fromCache,
      firstByteMs: this.#since(record),
      redirectedTo: kept(response.redirectURL),
    })
  }

  #completed(response: OnCompletedListenerDetails, source: RequestSource): void {
    const record = this.#find(source, response.id)
    if (record === undefined) return
    this.#close(source, response.id, record, { state: 'done', status: statusOf(response.statusCode) })
  }

  #failed(request: OnErrorOccurredListenerDetails, source: RequestSource): void {
    const record = this.#find(source, request.id)
    if (record === undefined) return
    this.#close(source, request.id, record, { state: 'failed', error: request.error.slice(0, 200) })
  }

  #close(source: RequestSource, id: number, record: RequestRecord, change: Partial<LoggedRequest>): void {
    this.#open.get(source)?.delete(id)
    this.#change(record, { ...change, totalMs: this.#since(record) })
  }

  #since({ startedAt }: RequestRecord): number {
    return Math.max(0, this.#options.clock.now() - startedAt)
  }

  #change(record: RequestRecord, change: Partial<LoggedRequest>): void {
    Object.assign(record.row, change)
    // It may have made room for others meanwhile.
    if (!this.#records.has(record.row.id)) return
    this.#changed.add(record.row.id)
    this.#plan()
  }

  #forget(id: number): void {
    this.#records.delete(id)
    this.#changed.delete(id)
    if (this.#watchers.size > 0) this.#removed.push(id)
    this.#plan()
  }

  #plan(): void {
    if (this.#watchers.size === 0) {
      this.#changed.clear()
      return
    }
    this.#timer ??= this.#options.clock.after(batchIntervalMs, () => this.#tell())
  }

  #tell(): void {
    this.#timer = null
    const isWhole = this.#removed.length > mostLoggedRequests
    const batch = isWhole
      ? { isWhole, rows: this.rows(), removed: [] }
      : {
          isWhole,
          rows: [...this.#changed].flatMap(id => this.#records.get(id)?.row ?? []),
          removed: this.#removed,
        }
    this.#changed = new Set()
    this.#removed = []
    this.#options.publish(batch, one => this.#watchers.has(one))
  }

  #rest(): void {
    this.#timer?.[Symbol.dispose]()
    this.#timer = null
    this.#changed.clear()
    this.#removed = []
  }
}

/** A status that is none, as after an answer without one, is none. */
function statusOf(statusCode: number): number | null {
  return Number.isInteger(statusCode) && statusCode > 0 && statusCode <= 999 ? statusCode : null
}
