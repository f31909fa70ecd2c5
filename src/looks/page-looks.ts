import { looksBytes, type Screenshot, type SimilarLook } from '../../contracts/looks.ts'
import { pageContract } from '../../contracts/page.ts'
import type { Endpoint } from '../../ipc/endpoint.ts'
import { endpointId } from '../../ipc/identity.ts'
import type { AiClient } from '../analysis/ai-client.ts'
import type { StorageClient } from '../storage/storage-client.ts'
import { siteOf } from '../tabs/site.ts'

export interface PageLooksOptions {
  readonly endpoint: Endpoint
  readonly ai: Pick<AiClient, 'run'>
  readonly storage: Pick<StorageClient, 'saveLook' | 'lookOf' | 'similarLooks' | 'visitsOfHost'>
  readonly connectTab: (tabId: string) => boolean
  /** A small picture of what a tab shows; null when that cannot be seen. */
  readonly capture: (tabId: string) => Promise<Screenshot | null>
  /** Milliseconds since the epoch. */
  readonly wallClock: () => number
  readonly debug: (message: string) => void
}

/** From here on two pages are of one design, see assets/models/vision.md. */
const leastLikeness = 0.8
/** From here on one is taken for an imitation of the other: three of four imitations, one of 12,000 pairs of strangers. */
const imitationLikeness = 0.95
/** A site is known when it was visited on so many days before. */
const familiarDays = 3
const mostShown = 6
const dayMs = 86_400_000

/** How pages look: kept as vectors, never as pictures. Browsing waits for nothing here. */
export class PageLooks {
  readonly #options: PageLooksOptions

  constructor(options: PageLooksOptions) {
    this.#options = options
  }

  /** Keeps how a tab looks now. Never rejects: what cannot be seen is not kept. */
  async keep(tabId: string, url: string): Promise<void> {
    const { storage, wallClock, debug } = this.#options
    try {
      const [vector, asksPassword] = await Promise.all([this.#look(tabId), this.#asksPassword(tabId)])
      if (vector === null) return
      await storage.saveLook({ url, host: hostOf(url), asksPassword, vector, at: wallClock() })
    } catch (error) {
      debug(`How a page looks was not kept: ${error instanceof Error ? error.message : 'unknown error'}`)
    }
  }

  /** Pages of other hosts that look like the one at an address, as far as both were seen. */
  async similar(url: string): Promise<SimilarLook[]> {
    const { storage } = this.#options
    const { vector } = await storage.lookOf({ url })
    if (vector.length !== looksBytes) return []
    const found = await storage.similarLooks({
      vector,
      limit: mostShown,
      exceptHost: hostOf(url),
      onlyPasswordPages: false,
    })
    return found.filter(({ likeness }) => likeness >= leastLikeness)
  }

  /** The host of a site that the person knows whose sign-in page looks like this one. Never rejects. */
  async resembles(tabId: string, url: string, signal: AbortSignal): Promise<string | null> {
    const { storage, wallClock } = this.#options
    try {
      const vector = await this.#look(tabId, signal)
      if (vector === null) return null
      const alike = await storage.similarLooks({
        vector,
        limit: mostShown,
        exceptHost: hostOf(url),
        onlyPasswordPages: true,
      })
      const now = wallClock()
      for (const { host, likeness, url: otherUrl } of alike) {
        if (likeness < imitationLikeness) return null
        if (siteOf(otherUrl) === siteOf(url)) continue
        const { earlierDays } = await storage.visitsOfHost({ host, before: now - (now % dayMs) })
        if (earlierDays >= familiarDays) return host
      }
      return null
    } catch {
      return null
    }
  }

  async #look(tabId: string, signal?: AbortSignal): Promise<Uint8Array | null> {
    const picture = await this.#options.capture(tabId)
    if (picture === null) return null
    const waiting = signal === undefined ? { isInBackground: true } : { signal }
    const vector = await this.#options.ai.run(
      ai => ai.look(picture, signal === undefined ? {} : { signal }),
      waiting,
    )
    return vector.length === looksBytes ? vector : null
  }

  async #asksPassword(tabId: string): Promise<boolean> {
    const { connectTab, endpoint } = this.#options
    if (!connectTab(tabId)) return false
    const { signals } = await endpoint.client(pageContract, endpointId(`tab:${tabId}`)).signals({})
    return signals.passwordFields > 0
  }
}

function hostOf(url: string): string {
  return (URL.parse(url)?.hostname ?? '').slice(0, 300)
}
