import type { TabState } from '../../contracts/browser.ts'
import type { TabSound } from '../media/media-words.ts'
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
export function tabName(tab: TabState, sound: TabSound = 'silent'): string {
  const title = tabTitle(tab) + soundWords(sound)
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

function soundWords(sound: TabSound): string {
  switch (sound) {
    case 'silent':
      return ''
    case 'audible':
      return ', playing'
    case 'muted':
      return ', muted'
  }
}

const hueCount = 10

/** A steady colour for a site without an icon. */
export function siteHue(site: string): number {
  // FNV-1a: short names that differ by one letter must not share a colour
  let hash = 0x811c9dc5
  for (const character of site) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193)
  return ((hash ^ (hash >>> 15)) >>> 0) % hueCount
}

/** The letter that stands for a site without an icon. */
export function siteLetter(site: string): string {
  const letter = /[\p{L}\p{N}]/u.exec(site)?.[0] ?? '·'
  return letter.toLocaleUpperCase('en')
}
