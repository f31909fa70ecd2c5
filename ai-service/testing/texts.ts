import type { PageMetadata, PageSignals, PageText } from '../../contracts/page.ts'
import { readDocument, type TextDocument } from '../text/document.ts'
import { createPace, type Pace } from '../text/pace.ts'

/** An article written for the tests: a clear subject, one digression, one sentence said twice. */
export const lighthouseArticle: readonly string[] = [
  'The lighthouse on Karrow Island will be lit again in spring, after sixty years of darkness. Volunteers of the Karrow Lighthouse Society have repaired the lamp, the stairs and most of the windows.',
  'The lighthouse was built in 1871 to guide fishing boats past the reef. Its lamp burned oil at first and was later changed to electricity. When the harbour closed, the lighthouse lost its purpose, and in 1966 the last keeper went home.',
  'Restoration began with a donation by Dr. Ida Holm, who grew up in the keeper’s house. “I wanted to see the light once more,” she says. The society collected 340,000 euros, found the missing lens in a museum store, and carried 12 tonnes of material up the island path.',
  'Gulls nest on the western cliffs of the island. Visitors are asked to keep away from the nests until July.',
  'Volunteers of the Karrow Lighthouse Society have repaired the lamp, the stairs and most of the windows. The lamp now needs less electricity than a kettle, because the original lens focuses the light of a single diode over nineteen nautical miles.',
  'From April the lighthouse can be visited on weekends. The society hopes that restoration of the keeper’s house will follow, and that guests may one day stay there overnight.',
]

/** Of a page that says nothing about itself. */
export const noMetadata: PageMetadata = {
  title: null,
  author: null,
  publishedAt: null,
  siteName: null,
  imageUrl: null,
  description: null,
}

/** Of a page without forms, frames and links. */
export const noSignals: PageSignals = {
  passwordFields: 0,
  forms: [],
  hiddenTextShare: 0,
  faviconHost: null,
  canonicalHost: null,
  openGraphSiteName: null,
  externalLinkHosts: 0,
  fullPageFrames: 0,
  refreshHost: null,
}

export function pageOf(paragraphs: readonly string[], parts: Partial<PageText> = {}): PageText {
  return {
    url: 'http://127.0.0.1/page',
    title: 'The lighthouse of Karrow',
    declaredLanguage: null,
    metadata: noMetadata,
    signals: noSignals,
    paragraphs: [...paragraphs],
    method: 'readability',
    isCut: false,
    extractionMs: 3,
    ...parts,
  }
}

export function quietPace(): Pace {
  return createPace(new AbortController().signal)
}

export function documentOf(
  paragraphs: readonly string[],
  language: string,
  title = '',
): Promise<TextDocument> {
  return readDocument({ title, paragraphs }, language, quietPace())
}
