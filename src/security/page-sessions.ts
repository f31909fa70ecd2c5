import type { Session } from 'electron'
import type { Log, LogEntry } from '../../ipc/log.ts'

/** A session that pages use. */
export interface PageSession {
  readonly session: Session
  /** It is in memory, nothing of it may be kept anywhere, and it ends with the last private tab. */
  readonly isPrivate: boolean
  /** Aborted once the session is over: whoever holds it lets go. */
  readonly ended: AbortSignal
}

/** Prepares a session for pages. Pages wait for the promise, and are not loaded when it is rejected. */
export type AttachToPageSession = (page: PageSession) => undefined | Promise<void>

export interface PageSessionsOptions {
  /** The profile on disk. */
  readonly ordinary: Session
  /** A session in memory that shares nothing with any other, also not with an earlier private one. */
  readonly makePrivate: () => Session
  readonly log: Log
}

/** No page can be loaded now, whatever its session; that may change. */
export class PagesRefusedError extends Error {
  override readonly name = 'PagesRefusedError'
}

interface Held extends PageSession {
  readonly end: AbortController
  ready: Promise<void>
}

/**
 * Every session that pages use: the one of the profile, and while there are private tabs a private one. Whatever holds for
 * pages (permissions, proxy, downloads, what is seen of requests) is attached here, and so to every session there will be.
 */
export class PageSessions {
  readonly #options: PageSessionsOptions
  readonly #attachments: AttachToPageSession[] = []
  readonly #ordinary: Held
  #private: Held | null = null
  #refusal: PagesRefusedError | null = null
  /** Of those who wait for a session now. A promise that they all raced against would remember each of them for good. */
  readonly #turnAway = new Set<(reason: PagesRefusedError) => void>()

  constructor(options: PageSessionsOptions) {
    this.#options = options
    this.#ordinary = held(options.ordinary, false)
  }

  /** Calls `attach` for each session that there is, and for each one that is made later before any page uses it. */
  attach(attach: AttachToPageSession): void {
    this.#attachments.push(attach)
    for (const page of this.#held()) this.#apply(page, attach)
  }

  /** Those there are now, the ordinary one first. */
  all(): readonly PageSession[] {
    return this.#held()
  }

  /** The session for a tab. The first private tab makes one. */
  obtain(isPrivate: boolean): PageSession {
    return isPrivate ? (this.#private ?? this.#makePrivate()) : this.#ordinary
  }

  /** Which of them this is; null for a session that is not for pages, such as the chrome UI's. */
  find(session: Session): PageSession | null {
    return this.#held().find(page => page.session === session) ?? null
  }

  /** Resolves when pages may use the session; rejects with the reason why they may not. */
  async whenReady({ session }: PageSession): Promise<void> {
    const page = this.#held().find(one => one.session === session)
    if (page === undefined) return
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    page.ready.then(resolve, reject)
    this.#turnAway.add(reject)
    // One that is ready already has said so before.
    const refusal = this.#refusal
    if (refusal !== null) queueMicrotask(() => reject(refusal))
    await promise.finally(() => this.#turnAway.delete(reject))
  }

  /** From now on nobody waits for a session that is not ready: they are told why, until `admit`. */
  refuse(reason: PagesRefusedError): void {
    this.#refusal ??= reason
    for (const reject of this.#turnAway) reject(reason)
  }

  /** Whoever comes from now on waits again. */
  admit(): void {
    this.#refusal = null
  }

  /** Ends the private session with all that it held. To be called when its last tab is gone. */
  async endPrivate(): Promise<void> {
    const page = this.#private
    if (page === null) return
    this.#private = null
    page.end.abort()
    const { session } = page
    // In memory already; this frees it now and not when the engine gets to it, and closes what is still open.
    const steps = [
      () => session.closeAllConnections(),
      () => session.clearStorageData(),
      () => session.clearCache(),
      () => session.clearAuthCache(),
      () => session.clearHostResolverCache(),
    ]
    const results = await Promise.allSettled(steps.map(async step => step()))
    for (const result of results) {
      if (result.status === 'rejected') this.#say('debug', 'Private data is not freed yet', result.reason)
    }
  }

  #held(): Held[] {
    return this.#private === null ? [this.#ordinary] : [this.#ordinary, this.#private]
  }

  #makePrivate(): Held {
    const page = held(this.#options.makePrivate(), true)
    this.#private = page
    for (const attach of this.#attachments) this.#apply(page, attach)
    return page
  }

  #apply(page: Held, attach: AttachToPageSession): void {
    const ready = Promise.all([page.ready, attach(page)]).then(() => {})
    ready.catch((error: unknown) => this.#say('error', 'Pages cannot be loaded', error))
    page.ready = ready
  }

  #say(level: LogEntry['level'], what: string, error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error)
    this.#options.log({ level, message: `${what}: ${reason}` })
  }
}

function held(session: Session, isPrivate: boolean): Held {
  const end = new AbortController()
  return { session, isPrivate, ended: end.signal, end, ready: Promise.resolve() }
}
