import type { InsecureReason } from '../../contracts/site-security.ts'
import type { Clock } from '../../ipc/clock.ts'
import { isNearby, secured } from './hosts.ts'

/** How long a site is waited for with encryption, before the person is asked. */
export const secureWaitMs = 5_000
/** Typed addresses that have not been loaded yet; older ones are of tabs that were closed. */
const mostTyped = 50

export interface SecureFirstOptions {
  readonly clock: Clock
  readonly isOn: () => boolean
  /** Whether the person said that this host may be reached without encryption. */
  readonly isAllowed: (host: string) => boolean
  /** A tab waited long enough; `refusal` says so from now on. */
  readonly onTooSlow: (tab: number) => void
}

/** Why a tab shows a question instead of a page. */
export interface InsecureRefusal {
  /** The address without encryption. */
  readonly url: string
  readonly reason: InsecureReason
}

interface Attempt {
  /** The address without encryption. */
  readonly url: string
  readonly host: string
  readonly timer: Disposable
}

interface Tab {
  attempt: Attempt | null
  /** Hosts that were tried with encryption in this navigation. */
  readonly tried: Set<string>
  refusal: InsecureRefusal | null
}

export type SecureFirstVerdict =
  | { readonly kind: 'redirect'; readonly url: string }
  | { readonly kind: 'cancel' }

/**
 * Tries every page with encryption before it is loaded without, and not at all without before the person was asked. Policy
 * only: it is told what a tab's main frame asks for and what came of it. One for each profile.
 */
export class SecureFirst implements Disposable {
  readonly #options: SecureFirstOptions
  readonly #tabs = new Map<number, Tab>()
  /** Addresses that got their scheme from us, because none was typed. */
  readonly #typed = new Set<string>()

  constructor(options: SecureFirstOptions) {
    this.#options = options
  }

  /** An address without a scheme was typed, and was given this one. */
  typed(url: string): void {
    const parsed = URL.parse(url)
    if (parsed?.protocol !== 'https:' || isNearby(parsed.hostname)) return
    this.#typed.delete(parsed.href)
    this.#typed.add(parsed.href)
    for (const oldest of this.#typed) {
      if (this.#typed.size <= mostTyped) break
      this.#typed.delete(oldest)
    }
  }

  /** A main frame is about to ask for an address, also by a redirect of a server. Null lets it. */
  decide(tabId: number, url: string): SecureFirstVerdict | null {
    const tab = this.#tab(tabId)
    const parsed = URL.parse(url)
    if (parsed?.protocol === 'https:' && this.#typed.has(parsed.href)) {
      this.#typed.delete(parsed.href)
      if (this.#options.isOn() && !this.#options.isAllowed(parsed.hostname))
        this.#begin(tabId, insecure(parsed), parsed.hostname)
      return null
    }
    if (parsed?.protocol !== 'http:') return null
    const host = parsed.hostname
    if (!this.#options.isOn() || isNearby(host) || this.#options.isAllowed(host)) {
      this.#drop(tab)
      return null
    }
    const better = secured(url)
    if (better === null) return null
    if (tab.tried.has(host)) {
      // It was asked with encryption, and sent us back.
      this.#refuse(tab, parsed.href, 'sentBack')
      return { kind: 'cancel' }
    }
    this.#begin(tabId, parsed.href, host)
    return { kind: 'redirect', url: better }
  }

  /** A new navigation of the main frame begins; what an earlier one came to is over. */
  started(tabId: number): void {
    const tab = this.#tabs.get(tabId)
    if (tab === undefined) return
    this.#drop(tab)
    tab.tried.clear()
    tab.refusal = null
  }

  /** The main frame got an answer that is no redirect: encryption works there. */
  answered(tabId: number, url: string): void {
    const tab = this.#tabs.get(tabId)
    if (tab?.attempt == null || URL.parse(url)?.protocol !== 'https:') return
    this.#drop(tab)
  }

  /** The main frame failed. `isReached` is false where no way leads to the host, with or without encryption. */
  failed(tabId: number, url: string, cause: 'network' | 'certificate', isReached: boolean): void {
    const tab = this.#tabs.get(tabId)
    if (tab?.attempt == null) return
    const { attempt } = tab
    this.#drop(tab)
    if (!isReached || URL.parse(url)?.hostname !== attempt.host) return
    this.#refuse(tab, attempt.url, cause === 'certificate' ? 'certificate' : 'noAnswer')
  }

  /** What the tab's person is to be asked, null for nothing. */
  refusal(tabId: number): InsecureRefusal | null {
    return this.#tabs.get(tabId)?.refusal ?? null
  }

  closed(tabId: number): void {
    const tab = this.#tabs.get(tabId)
    if (tab !== undefined) this.#drop(tab)
    this.#tabs.delete(tabId)
  }

  [Symbol.dispose](): void {
    for (const tabId of [...this.#tabs.keys()]) this.closed(tabId)
  }

  #tab(tabId: number): Tab {
    const known = this.#tabs.get(tabId)
    if (known !== undefined) return known
    const tab: Tab = { attempt: null, tried: new Set(), refusal: null }
    this.#tabs.set(tabId, tab)
    return tab
  }

  #begin(tabId: number, url: string, host: string): void {
    const tab = this.#tab(tabId)
    this.#drop(tab)
    tab.tried.add(host)
    const timer = this.#options.clock.after(secureWaitMs, () => {
      tab.attempt = null
      this.#refuse(tab, url, 'tooSlow')
      this.#options.onTooSlow(tabId)
    })
    tab.attempt = { url, host, timer }
  }

  #refuse(tab: Tab, url: string, reason: InsecureReason): void {
    this.#drop(tab)
    tab.refusal = { url, reason }
  }

  #drop(tab: Tab): void {
    tab.attempt?.timer[Symbol.dispose]()
    tab.attempt = null
  }
}

function insecure(url: URL): string {
  const copy = new URL(url)
  copy.protocol = 'http:'
  return copy.href
}
