import type { HostVisits, Judgement } from '../../contracts/judgement.ts'
import { pageContract } from '../../contracts/page.ts'
import type { ResultOf } from '../../ipc/contract.ts'
import type { Endpoint } from '../../ipc/endpoint.ts'
import { endpointId } from '../../ipc/identity.ts'
import type { AiClient } from '../analysis/ai-client.ts'
import type { PageToJudge } from '../controller/tab-model.ts'
import type { StorageClient } from '../storage/storage-client.ts'
import { connectionOf, siteOf } from '../tabs/site.ts'

export interface PageJudgeOptions {
  readonly endpoint: Endpoint
  readonly ai: Pick<AiClient, 'run'>
  readonly storage: Pick<StorageClient, 'visitsOfHost'>
  /** Makes the tab's document reachable; false when the tab shows no page. */
  readonly connectTab: (tabId: string) => boolean
  /** The host of a known site whose sign-in page this one looks like; null when there is none. Never rejects. */
  readonly resembles: (tabId: string, url: string, signal: AbortSignal) => Promise<string | null>
  /** Sites that the person said to know. */
  readonly trustedSites: () => readonly string[]
  /** Milliseconds since the epoch. */
  readonly wallClock: () => number
}

const dayMs = 86_400_000
/** After a judge that failed nobody is asked for so long, twice as long after each further one. */
const firstPauseMs = 5 * 60_000
const longestPauseMs = 60 * 60_000

/** A judge that dies is not asked the same again: the page may be what kills it. */
class AskedOnceError extends Error {
  override readonly name = 'AskedOnceError'
}

/**
 * Asks the AI process whether a page pretends to be another. Browsing never waits for it: where nobody answers there is
 * no judgement, and the process is left alone for a while.
 */
export class PageJudge {
  readonly #options: PageJudgeOptions
  #failures = 0
  #pausedUntil = 0

  constructor(options: PageJudgeOptions) {
    this.#options = options
  }

  /** Null where there is nothing to say. Never rejects but when `signal` is aborted. */
  async judge({ tabId, url }: PageToJudge, signal: AbortSignal): Promise<Judgement | null> {
    const { ai, trustedSites, wallClock } = this.#options
    const site = siteOf(url)
    if (site === null || !/^https?:/.test(url) || connectionOf(url, false) === 'local') return null
    if (trustedSites().includes(site) || wallClock() < this.#pausedUntil) return null
    const [page, visits] = await Promise.all([this.#lookAt(tabId, signal), this.#visitsOf(url)])
    signal.throwIfAborted()
    const asksPassword = (page?.signals.passwordFields ?? 0) > 0
    const isNew = visits !== null && visits.earlierDays === 0
    const looksLike = asksPassword && isNew ? await this.#options.resembles(tabId, url, signal) : null
    signal.throwIfAborted()
    const facts = { url, title: page?.title ?? '', signals: page?.signals ?? null, visits, looksLike }
    let asked = 0
    try {
      const judgement = await ai.run(client => client.judge(facts, { signal }), {
        signal,
        prepare: () => {
          if (asked > 0) throw new AskedOnceError()
          asked += 1
        },
      })
      this.#failures = 0
      return judgement
    } catch {
      if (!signal.aborted) this.#pause()
      return null
    }
  }

  #pause(): void {
    const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** this.#failures)
    this.#failures += 1
    this.#pausedUntil = this.#options.wallClock() + pauseMs
  }

  /** A page that does not answer is judged by its address. */
  async #lookAt(
    tabId: string,
    signal: AbortSignal,
  ): Promise<ResultOf<(typeof pageContract)['methods']['signals']> | null> {
    const { connectTab, endpoint } = this.#options
    if (!connectTab(tabId)) return null
    return endpoint
      .client(pageContract, endpointId(`tab:${tabId}`))
      .signals({}, { signal })
      .catch(() => null)
  }

  async #visitsOf(url: string): Promise<HostVisits | null> {
    const now = this.#options.wallClock()
    const host = (URL.parse(url)?.hostname ?? '').slice(0, 300)
    return this.#options.storage.visitsOfHost({ host, before: now - (now % dayMs) }).catch(() => null)
  }
}
