import type { Forgotten, MemoryAnswer, RelatedPage, Remembered } from '../../contracts/memory.ts'
import type { BrowserLink } from '../system/browser-link.ts'

/** What the history page asks of the browser. Everything may reject, with a message for the person. */
export interface MemoryLink {
  search(query: string): Promise<MemoryAnswer>
  related(url: string): Promise<readonly RelatedPage[]>
  readNext(url: string): Promise<readonly RelatedPage[]>
  remembered(url: string): Promise<Remembered>
  forget(url: string, withHistory: boolean): Promise<Forgotten>
  forgetAll(withHistory: boolean): Promise<Forgotten>
}

const mostResults = 50
const mostRelated = 6
const mostNext = 3

export function memoryLink(link: BrowserLink): MemoryLink {
  return {
    search: query => link.call('searchMemory', { query, limit: mostResults }),
    related: url => link.call('relatedPages', { url, limit: mostRelated }),
    readNext: url => link.call('readNext', { url, limit: mostNext }),
    remembered: url => link.call('remembered', { url }),
    forget: (url, withHistory) => link.call('forgetPage', { url, withHistory }),
    forgetAll: withHistory => link.call('forgetAll', { withHistory }),
  }
}
