import type {
  OnBeforeRedirectListenerDetails,
  OnBeforeRequestListenerDetails,
  OnBeforeSendHeadersListenerDetails,
  OnCompletedListenerDetails,
  OnErrorOccurredListenerDetails,
  OnHeadersReceivedListenerDetails,
  OnResponseStartedListenerDetails,
  OnSendHeadersListenerDetails,
  Session,
} from 'electron'
import type { Log } from '../../ipc/log.ts'

/** What becomes of a request that a part stops. The address of a redirect is loaded instead, by the same request. */
export type RequestVerdict = { readonly kind: 'cancel' } | { readonly kind: 'redirect'; readonly url: string }

export interface VerdictOfPart {
  readonly verdict: RequestVerdict
  /** The part that said so. */
  readonly by: string
}

/** Of which session a request is. */
export interface RequestSource {
  readonly session: Session
  readonly isPrivate: boolean
}

export type RequestHeaders = Readonly<Record<string, string>>
export type ResponseHeaders = Readonly<Record<string, string[]>>

/**
 * A part of main that watches or changes the requests of pages. Everything in a request is the word of a page or of a
 * server. All parts are asked in the order in which they joined; nothing here may take long, for pages wait for it.
 */
export interface RequestPart {
  /** Named in the log, and to the others with its verdicts. */
  readonly name: string
  /**
   * Lets the request go (null) or stops it; the first part that stops it ends the asking. A part that answers later bounds
   * its time itself: nothing else ends the wait.
   */
  readonly decide?: (
    request: OnBeforeRequestListenerDetails,
    source: RequestSource,
  ) => RequestVerdict | null | Promise<RequestVerdict | null>
  /** Other headers to be sent; null leaves them. Each part sees what the one before it left. */
  readonly changeRequestHeaders?: (
    request: OnBeforeSendHeadersListenerDetails,
    headers: RequestHeaders,
    source: RequestSource,
  ) => RequestHeaders | null
  /** Other headers to be believed; null leaves them. Each part sees what the one before it left. */
  readonly changeResponseHeaders?: (
    response: OnHeadersReceivedListenerDetails,
    headers: ResponseHeaders,
    source: RequestSource,
  ) => ResponseHeaders | null
  /** Told of every request that any part could stop, once it is decided; null let it go. */
  readonly onDecided?: (
    request: OnBeforeRequestListenerDetails,
    verdict: VerdictOfPart | null,
    source: RequestSource,
  ) => void
  readonly onSent?: (request: OnSendHeadersListenerDetails, source: RequestSource) => void
  readonly onRedirected?: (response: OnBeforeRedirectListenerDetails, source: RequestSource) => void
  readonly onStarted?: (response: OnResponseStartedListenerDetails, source: RequestSource) => void
  readonly onCompleted?: (response: OnCompletedListenerDetails, source: RequestSource) => void
  readonly onFailed?: (request: OnErrorOccurredListenerDetails, source: RequestSource) => void
}

/**
 * The one place where main listens to `session.webRequest`, which takes one listener for each event. Sessions are attached,
 * parts join; in which order is all the same. Of an event that no part wants the engine is not asked.
 */
export class WebRequests {
  readonly #log: Log
  readonly #parts: RequestPart[] = []
  readonly #sources = new Set<RequestSource>()

  constructor(log: Log) {
    this.#log = log
  }

  /** Shows the requests of a session to all parts, until disposed. */
  attach(source: RequestSource): Disposable {
    this.#sources.add(source)
    this.#listen(source)
    return {
      [Symbol.dispose]: () => {
        if (this.#sources.delete(source)) this.#stopListening(source)
      },
    }
  }

  /** Shows a part the requests of all sessions, until disposed. */
  join(part: RequestPart): Disposable {
    this.#parts.push(part)
    for (const source of this.#sources) this.#listen(source)
    return {
      [Symbol.dispose]: () => {
        const position = this.#parts.indexOf(part)
        if (position < 0) return
        this.#parts.splice(position, 1)
        for (const source of this.#sources) this.#listen(source)
      },
    }
  }

  #wants(...members: readonly (keyof RequestPart)[]): boolean {
    return this.#parts.some(part => members.some(member => part[member] !== undefined))
  }

  #listen(source: RequestSource): void {
    const { webRequest } = source.session
    webRequest.onBeforeRequest(
      this.#wants('decide', 'onDecided') ? (request, answer) => this.#decide(request, source, answer) : null,
    )
    webRequest.onBeforeSendHeaders(
      this.#wants('changeRequestHeaders')
        ? (request, answer) => {
            const requestHeaders = this.#changedRequestHeaders(request, source)
            answer(requestHeaders === null ? {} : { requestHeaders })
          }
        : null,
    )
    webRequest.onHeadersReceived(
      this.#wants('changeResponseHeaders')
        ? (response, answer) => {
            const responseHeaders = this.#changedResponseHeaders(response, source)
            answer(responseHeaders === null ? {} : { responseHeaders })
          }
        : null,
    )
    webRequest.onSendHeaders(
      this.#wants('onSent') ? request => this.#tell(part => part.onSent?.(request, source)) : null,
    )
    webRequest.onBeforeRedirect(
      this.#wants('onRedirected')
        ? response => this.#tell(part => part.onRedirected?.(response, source))
        : null,
    )
    webRequest.onResponseStarted(
      this.#wants('onStarted') ? response => this.#tell(part => part.onStarted?.(response, source)) : null,
    )
    webRequest.onCompleted(
      this.#wants('onCompleted')
        ? response => this.#tell(part => part.onCompleted?.(response, source))
        : null,
    )
    webRequest.onErrorOccurred(
      this.#wants('onFailed') ? request => this.#tell(part => part.onFailed?.(request, source)) : null,
    )
  }

  #stopListening({ session: { webRequest } }: RequestSource): void {
    webRequest.onBeforeRequest(null)
    webRequest.onBeforeSendHeaders(null)
    webRequest.onHeadersReceived(null)
    webRequest.onSendHeaders(null)
    webRequest.onBeforeRedirect(null)
    webRequest.onResponseStarted(null)
    webRequest.onCompleted(null)
    webRequest.onErrorOccurred(null)
  }

  #decide(
    request: OnBeforeRequestListenerDetails,
    source: RequestSource,
    answer: (response: Electron.CallbackResponse) => void,
  ): void {
    const finish = (decided: VerdictOfPart | null): void => {
      this.#tell(part => part.onDecided?.(request, decided, source))
      answer(decided === null ? {} : answerOf(decided.verdict))
    }
    // Without a promise where no part needs one: most requests are decided in this very tick.
    const askFrom = (position: number): void => {
      for (let index = position; index < this.#parts.length; index += 1) {
        const part = this.#parts[index]
        if (part?.decide === undefined) continue
        const { name } = part
        const verdict = this.#guarded(name, () => part.decide?.(request, source) ?? null)
        if (verdict instanceof Promise) {
          verdict.then(
            late => (late === null ? askFrom(index + 1) : finish({ verdict: late, by: name })),
            (error: unknown) => {
              this.#report(name, error)
              askFrom(index + 1)
            },
          )
          return
        }
        if (verdict !== null) {
          finish({ verdict, by: name })
          return
        }
      }
      finish(null)
    }
    askFrom(0)
  }

  #changedRequestHeaders(
    request: OnBeforeSendHeadersListenerDetails,
    source: RequestSource,
  ): Record<string, string> | null {
    let changed: RequestHeaders | null = null
    for (const part of this.#parts) {
      const before: RequestHeaders = changed ?? request.requestHeaders
      changed =
        this.#guarded(part.name, () => part.changeRequestHeaders?.(request, before, source) ?? null) ??
        changed
    }
    return changed === null ? null : { ...changed }
  }

  #changedResponseHeaders(
    response: OnHeadersReceivedListenerDetails,
    source: RequestSource,
  ): Record<string, string[]> | null {
    let changed: ResponseHeaders | null = null
    for (const part of this.#parts) {
      const before: ResponseHeaders = changed ?? response.responseHeaders ?? {}
      changed =
        this.#guarded(part.name, () => part.changeResponseHeaders?.(response, before, source) ?? null) ??
        changed
    }
    return changed === null ? null : { ...changed }
  }

  #tell(say: (part: RequestPart) => void): void {
    for (const part of this.#parts) {
      this.#guarded(part.name, () => {
        say(part)
        return null
      })
    }
  }

  /** A part that fails must not hold up a page: the request goes on as if it had said nothing. */
  #guarded<T>(name: string, work: () => T): T | null {
    try {
      return work()
    } catch (error) {
      this.#report(name, error)
      return null
    }
  }

  #report(name: string, error: unknown): void {
    const reason = error instanceof Error ? error.message : 'unknown error'
    this.#log({ level: 'error', message: `"${name}" failed on a request: ${reason}` })
  }
}

function answerOf(verdict: RequestVerdict): Electron.CallbackResponse {
  switch (verdict.kind) {
    case 'cancel':
      return { cancel: true }
    case 'redirect':
      return { redirectURL: verdict.url }
  }
}
