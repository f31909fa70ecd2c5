import type { TabState } from '../../contracts/browser.ts'
import type { TabSound } from '../media/media-words.ts'
import { shortHost } from '../omnibox/address.ts'

/** What the strip draws in place of the icon, and says after the title. */
export type TabMark = 'none' | 'sleeping' | 'loading' | 'crashed' | 'waiting' | 'problem'

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
      if (tab.isLoading) return 'loading'
      return tab.isAsleep ? 'sleeping' : 'none'
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
  const title = tabTitle(tab) + keepingWords(tab) + soundWords(sound)
  switch (tabMark(tab)) {
    case 'none':
      return title
    case 'sleeping':
      return `${title}, sleeping`
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

function keepingWords({ isPinned, isPrivate }: TabState): string {
  return `${isPinned ? ', pinned' : ''}${isPrivate ? ', private' : ''}`
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
