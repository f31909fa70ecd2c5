import type { Clock } from '../../ipc/clock.ts'
import { sizeOf } from './request-record.ts'
import type { RequestPart } from './web-request.ts'

/** What is shown is shown once a second. */
const windowMs = 1_000

interface Arrival {
  readonly tabId: string
  readonly bytes: number
  readonly at: number
}

/**
 * How much tabs get from the network: what servers say that their bodies weigh, counted when they have come whole. What a
 * server does not say, and what pages send, is not in it; nor is what came out of a cache.
 */
export class TabBytes {
  readonly part: RequestPart
  readonly #clock: Clock
  /** Oldest first. */
  readonly #arrivals: Arrival[] = []

  constructor(clock: Clock, tabOf: (webContentsId: number) => string | null) {
    this.#clock = clock
    this.part = {
      name: 'tab bytes',
      onCompleted: ({ webContentsId, fromCache, responseHeaders }, { isPrivate }) => {
        if (webContentsId === undefined || fromCache || isPrivate) return
        const tabId = tabOf(webContentsId)
        const bytes = sizeOf(responseHeaders ?? {})
        if (tabId === null || bytes === null) return
        this.#forgetOld()
        this.#arrivals.push({ tabId, bytes, at: clock.now() })
      },
    }
  }

  /** Of the last second, by tab. */
  lastSecond(): ReadonlyMap<string, number> {
    this.#forgetOld()
    const byTab = new Map<string, number>()
    for (const { tabId, bytes } of this.#arrivals) byTab.set(tabId, (byTab.get(tabId) ?? 0) + bytes)
    return byTab
  }

  #forgetOld(): void {
    const since = this.#clock.now() - windowMs
    const isOld = (arrival: Arrival | undefined): boolean => arrival !== undefined && arrival.at <= since
    while (isOld(this.#arrivals[0])) this.#arrivals.shift()
  }
}
