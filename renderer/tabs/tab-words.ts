import type { TabState } from '../../contracts/browser.ts'
import { shortHost } from '../omnibox/address.ts'

/** What the strip draws in place of the icon, and says after the title. */
export type TabMark = 'none' | 'loading' | 'crashed' | 'waiting' | 'problem'

export function tabMark(tab: TabState): TabMark {
  switch (tab.content.kind) {
    case 'gone':
      return 'crashed'
    case 'unresponsive':
      return 'waiting'
    case 'problem':
      return tab.isLoading ? 'loading' : 'problem'
    case 'newTab':
    case 'page':
      return tab.isLoading ? 'loading' : 'none'
  }
}

/** The visible title; the host stands in until the page has given one. */
export function tabTitle(tab: TabState): string {
  if (tab.title !== '') return tab.title
  if (tab.url === '') return 'New tab'
  return shortHost(tab.url)
}

/** The accessible name: the state is in it, since colour and glyph say nothing to a reader. */
export function tabName(tab: TabState): string {
  const title = tabTitle(tab)
  switch (tabMark(tab)) {
    case 'none':
      return title
    case 'loading':
      return `${title}, loading`
    case 'crashed':
      return `${title}, stopped`
    case 'waiting':
      return `${title}, not answering`
    case 'problem':
      return `${title}, could not be opened`
  }
}

const hueCount = 10

/** A steady colour for a site without an icon. */
export function siteHue(site: string): number {
  let sum = 0
  for (const character of site) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 9973
  return sum % hueCount
}

/** The letter that stands for a site without an icon. */
export function siteLetter(site: string): string {
  const letter = /[\p{L}\p{N}]/u.exec(site)?.[0] ?? '·'
  return letter.toLocaleUpperCase('en')
}
