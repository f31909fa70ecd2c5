import type { PermissionDecision, SiteChoices, SiteRecord } from '../../contracts/storage-sites.ts'

/** Where what was chosen is written down; every write may be repeated. Null for a profile that keeps nothing. */
export interface SiteWriter {
  choose(change: { site: string; changes: Partial<SiteChoices>; at: number }): void
  decidePermission(decision: PermissionDecision): void
  forgetPermission(site: string, permission: string | null): void
  forgetSite(site: string): void
}

export const noChoices: SiteChoices = {
  zoom: null,
  isMuted: null,
  isBlockingOff: null,
  autoplay: null,
  cookies: null,
  insecureUntil: null,
  quotaBytes: null,
}

export interface SiteBookOptions {
  /** Milliseconds since the epoch. */
  readonly now: () => number
  readonly writer: SiteWriter | null
}

/**
 * What a person chose for each site of one profile, at hand in this process, since pages wait for the answers. Each change
 * is written down as it is made; without a writer it is forgotten with the profile.
 */
export class SiteBook {
  readonly #options: SiteBookOptions
  readonly #choices = new Map<string, SiteChoices>()
  readonly #permissions = new Map<string, Map<string, PermissionDecision>>()
  readonly #changedAt = new Map<string, number>()
  readonly #listeners = new Set<(site: string) => void>()

  constructor(options: SiteBookOptions) {
    this.#options = options
  }

  /** Takes what was written down in earlier runs. What was chosen meanwhile is newer and stays. */
  load(records: readonly SiteRecord[]): void {
    for (const record of records) {
      if (this.#changedAt.has(record.site)) continue
      this.#changedAt.set(record.site, record.changedAt)
      this.#choices.set(record.site, record.choices)
      this.#permissions.set(record.site, new Map(record.permissions.map(one => [one.permission, one])))
      for (const listener of this.#listeners) listener(record.site)
    }
  }

  choices(site: string): SiteChoices {
    return this.#choices.get(site) ?? noChoices
  }

  /** What is left out stays; null unsets. */
  choose(site: string, changes: Partial<SiteChoices>): void {
    const at = this.#options.now()
    this.#choices.set(site, { ...this.choices(site), ...changes })
    this.#options.writer?.choose({ site, changes, at })
    this.#changed(site)
  }

  /** Null where nothing was decided, or it has run out. */
  permission(site: string, permission: string): boolean | null {
    const decision = this.#permissions.get(site)?.get(permission)
    if (decision === undefined) return null
    if (decision.expiresAt !== null && decision.expiresAt <= this.#options.now()) return null
    return decision.isAllowed
  }

  permissions(site: string): { readonly permission: string; readonly isAllowed: boolean }[] {
    return [...(this.#permissions.get(site)?.keys() ?? [])].flatMap(permission => {
      const isAllowed = this.permission(site, permission)
      return isAllowed === null ? [] : [{ permission, isAllowed }]
    })
  }

  /** Null asks again. */
  decide(site: string, permission: string, isAllowed: boolean | null): void {
    const ofSite = this.#permissions.get(site) ?? new Map<string, PermissionDecision>()
    this.#permissions.set(site, ofSite)
    if (isAllowed === null) {
      ofSite.delete(permission)
      this.#options.writer?.forgetPermission(site, permission)
    } else {
      const decision = { site, permission, isAllowed, at: this.#options.now(), expiresAt: null }
      ofSite.set(permission, decision)
      this.#options.writer?.decidePermission(decision)
    }
    this.#changed(site)
  }

  /** Every site with a choice or a permission. */
  sites(): readonly string[] {
    return [...new Set([...this.#choices.keys(), ...this.#permissions.keys()])].filter(site =>
      this.#says(site),
    )
  }

  forget(site: string): void {
    this.#choices.delete(site)
    this.#permissions.delete(site)
    this.#options.writer?.forgetSite(site)
    this.#changed(site)
  }

  /** Sites that were changed last at or after this moment. */
  changedSince(from: number): readonly string[] {
    return this.sites().filter(site => (this.#changedAt.get(site) ?? 0) >= from)
  }

  /** Called with the site after each change. */
  onChanged(listener: (site: string) => void): Disposable {
    this.#listeners.add(listener)
    return { [Symbol.dispose]: () => this.#listeners.delete(listener) }
  }

  #says(site: string): boolean {
    const choices = Object.values(this.choices(site))
    return choices.some(choice => choice !== null) || (this.#permissions.get(site)?.size ?? 0) > 0
  }

  #changed(site: string): void {
    this.#changedAt.set(site, this.#options.now())
    for (const listener of this.#listeners) listener(site)
  }
}
