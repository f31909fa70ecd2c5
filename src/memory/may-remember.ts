/** What decides whether a tab may be read in the background, indexed or remembered. */
export interface TabToRemember {
  /** Its traces end with it. */
  readonly isPrivate: boolean
  /** Opened by the command line, outside the session. */
  readonly isEphemeral: boolean
  readonly url: string
  /** Whether the page area is drawn by the page itself, instead of by an error or the new-tab page. */
  readonly showsPage: boolean
}

/**
 * The one rule about what may be remembered: nothing of a private tab, nothing that a person did not open, no
 * internal or failed page, and nothing at all when the person has switched it off.
 */
export function mayRemember(tab: TabToRemember, settings: { readonly remembersPages: boolean }): boolean {
  if (!settings.remembersPages || tab.isPrivate || tab.isEphemeral || !tab.showsPage) return false
  const protocol = URL.parse(tab.url)?.protocol
  return protocol === 'http:' || protocol === 'https:'
}
