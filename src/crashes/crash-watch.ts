import type { Details, RenderProcessGoneDetails } from 'electron'
import type { LifecycleEntry } from '../../contracts/processes.ts'
import type { ProcessExit } from '../controller/process-machine.ts'
import type { KnownProcess, ProcessBook } from '../processes/book/known-process.ts'
import type { Crash } from './crash-keeper.ts'
import { crashReason } from './crash-reason.ts'
import type { WatchedFrame } from './frame-watch.ts'
import type { LostPage } from './page-loss.ts'

export interface CrashWatchOptions {
  readonly book: Pick<ProcessBook, 'causeOf' | 'byPid' | 'entries'>
  readonly record: (crash: Crash) => void
  /** Names of the last messages with a peer. */
  readonly messagesOf: (peer: string) => string[]
  /** How one of our services ended last. */
  readonly lastExit: (processId: string) => ProcessExit | null
  /** Milliseconds since the epoch. */
  readonly now: () => number
}

/** The process of a page that went, as its tab knows it. */
export interface PageCrash extends LostPage {
  readonly tabId: string
  readonly site: string | null
  readonly isPrivate: boolean
}

/** Two tabs of one process tell of its end at the same time. */
const sameEndMs = 2_000

/** Turns the ends of processes that should not have been into crashes. */
export class CrashWatch {
  readonly #options: CrashWatchOptions
  readonly #startedAt: number
  readonly #recorded = new Map<number, number>()

  constructor(options: CrashWatchOptions) {
    this.#options = options
    this.#startedAt = options.now()
  }

  pageGone({ tabId, site, isPrivate, pid, cause, details, startedAt, at }: PageCrash): void {
    const reason = crashReason(cause, details.reason)
    if (reason === null || this.#wasRecorded(pid, at)) return
    this.#options.record({
      kind: 'page',
      name: 'page',
      reason,
      exitCode: details.exitCode,
      site: isPrivate ? null : site,
      uptimeMs: at - (startedAt ?? at),
      lastMessages: this.#options.messagesOf(`tab:${tabId}`),
      at,
    })
  }

  /** The engine does not say why. */
  frameGone({ pid, site, isPrivate, startedAt }: WatchedFrame): void {
    const { book, record, now } = this.#options
    const reason = crashReason(book.causeOf(pid), 'gone')
    if (reason === null) return
    record({
      kind: 'page',
      name: 'frame',
      reason,
      exitCode: null,
      site: isPrivate ? null : site,
      uptimeMs: now() - (startedAt ?? now()),
      lastMessages: [],
      at: now(),
    })
  }

  chromeGone(pid: number | null, startedAt: number, details: RenderProcessGoneDetails): void {
    const { book, messagesOf, record, now } = this.#options
    const reason = crashReason(pid === null ? null : book.causeOf(pid), details.reason)
    if (reason === null) return
    record({
      kind: 'chrome',
      name: 'window',
      reason,
      exitCode: details.exitCode,
      site: null,
      uptimeMs: now() - startedAt,
      lastMessages: messagesOf('chrome:1'),
      at: now(),
    })
  }

  /** Our own services end as the book tells; the engine's helpers as the engine does. */
  entry(entry: LifecycleEntry, { startedAt }: Pick<KnownProcess, 'startedAt'>): void {
    if (entry.state !== 'crashed' || !entry.processId.startsWith('service:')) return
    const { book, lastExit, messagesOf, record } = this.#options
    const exit = lastExit(entry.processId)
    const cause = entry.pid === null ? null : book.causeOf(entry.pid)
    const reason = crashReason(cause, exit === null ? 'unknown' : exitWords[exit.reason])
    if (reason === null) return
    const name = entry.processId.slice('service:'.length)
    record({
      kind: 'service',
      name,
      reason,
      exitCode: exit?.exitCode ?? null,
      site: null,
      uptimeMs: entry.at - (startedAt ?? entry.at),
      lastMessages: messagesOf(name),
      at: entry.at,
    })
  }

  /** Of our own services the engine says it too; those are left to `entry`. */
  engineHelperGone(details: Details): void {
    const { book, record, now } = this.#options
    const isOurs =
      details.serviceName?.startsWith('nexus-') === true || details.name?.startsWith('nexus-') === true
    if (isOurs || details.reason === 'clean-exit') return
    const isGraphics = details.type === 'GPU'
    if (!isGraphics && details.type !== 'Utility') return
    const kind = isGraphics ? 'gpu' : 'engine'
    const known = book.entries.findLast(entry => entry.kind === kind && entry.pid !== null && isGraphics)
    const reason = crashReason(known?.pid == null ? null : book.causeOf(known.pid), details.reason)
    if (reason === null) return
    record({
      kind: isGraphics ? 'gpu' : 'service',
      name: isGraphics ? 'graphics' : (details.name ?? details.serviceName ?? 'engine'),
      reason,
      exitCode: details.exitCode,
      site: null,
      uptimeMs: now() - this.#startedAt,
      lastMessages: [],
      at: now(),
    })
  }

  #wasRecorded(pid: number | null, at: number): boolean {
    if (pid === null) return false
    for (const [other, then] of this.#recorded) if (at - then > sameEndMs) this.#recorded.delete(other)
    const isKnown = this.#recorded.has(pid)
    this.#recorded.set(pid, at)
    return isKnown
  }
}

/** In the words in which the engine tells of the processes of pages. */
const exitWords = {
  clean: 'clean-exit',
  crashed: 'crashed',
  killed: 'killed',
  outOfMemory: 'oom',
  launchFailed: 'launch-failed',
} as const satisfies Record<ProcessExit['reason'], string>
