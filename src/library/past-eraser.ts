import type { PastTime } from '../../contracts/library-for-chrome.ts'
import type { DataKind } from '../../contracts/storage-care.ts'
import type { ClosedTab } from '../controller/browser-model.ts'
import type { TabId } from '../controller/tab-model.ts'
import { siteOfHost } from '../sites/hosts.ts'
import type { StorageClients } from '../storage/storage-client.ts'

export interface PastEraserOptions {
  readonly care: Pick<StorageClients['care'], 'clearSite' | 'clearTime'>
  readonly closedTabs: () => readonly ClosedTab[]
  readonly forgetClosedTabs: (closedIds: readonly TabId[]) => void
  /** What is open now is not read again by itself. */
  readonly leaveOpenPagesAlone: () => void
  /** Milliseconds since the epoch. */
  readonly now: () => number
}

const hourMs = 3_600_000
const reaches: Readonly<Record<PastTime, number>> = {
  hour: hourMs,
  day: 24 * hourMs,
  week: 7 * 24 * hourMs,
  all: Number.POSITIVE_INFINITY,
}
/** What tells where somebody was. */
const traces: DataKind[] = ['history', 'readings', 'looks', 'closedTabs', 'crashes']

/** Takes back where a person was: by time, or by site. Bookmarks, settings and what sites themselves keep stay. */
export class PastEraser {
  readonly #options: PastEraserOptions

  constructor(options: PastEraserOptions) {
    this.#options = options
  }

  async forgetTime(past: PastTime): Promise<{ readonly rows: number }> {
    const { care, now } = this.#options
    const at = now()
    const from = Math.max(0, at - reaches[past])
    this.#forgetClosed(tab => tab.closedAt >= from)
    // What happens in this very millisecond belongs to it.
    return care.clearTime({ from, to: at + 1, kinds: traces })
  }

  /** `site` is a host; "www." before it makes no difference. */
  async forgetSite(site: string): Promise<{ readonly rows: number }> {
    const wanted = bareHost(site)
    this.#forgetClosed(({ url }) => bareHost(URL.parse(url)?.hostname ?? '') === wanted)
    const { care } = this.#options
    const cleared = await care.clearSite({ site, since: 0, kinds: traces })
    // Of a crash only the registrable domain was written down, which stands for every host of it.
    const domain = siteOfHost(wanted)
    if (domain === wanted) return cleared
    const crashes = await care.clearSite({ site: domain, since: 0, kinds: ['crashes'] })
    return { rows: cleared.rows + crashes.rows }
  }

  #forgetClosed(isMeant: (tab: ClosedTab) => boolean): void {
    const { closedTabs, forgetClosedTabs, leaveOpenPagesAlone } = this.#options
    leaveOpenPagesAlone()
    forgetClosedTabs(
      closedTabs()
        .filter(isMeant)
        .map(({ id }) => id),
    )
  }
}

function bareHost(host: string): string {
  return host.toLowerCase().replace(/^www\./, '')
}
