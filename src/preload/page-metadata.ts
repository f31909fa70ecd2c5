import type { PageMetadata } from '../../contracts/page.ts'
import {
  addressOf,
  attributeOf,
  baseAddressOf,
  elementsIn,
  isRendered,
  textOf,
  titleOf,
} from './dom-access.ts'
import { authorOf, dateOf, imageUrlOf, lineOf } from './metadata-values.ts'
import { collectBlocks } from './page-blocks.ts'
import { type Claims, readStructuredData } from './structured-data.ts'

const mostMetas = 500
const mostScripts = 30
/** Of elements that may hold a name or a date, so many are looked at. */
const mostCandidates = 20

/**
 * What a page says about its main content: JSON-LD first, then Open Graph, Twitter cards and other `<meta>`, then
 * microdata and the like, last what looks like a byline. All of it is the page's claim. Later than `nowMs` nothing
 * was published.
 */
export function readMetadata(document: Document, nowMs: number): PageMetadata {
  const base = baseAddressOf(document)
  const metas = readMetas(document)
  const scripts = elementsIn(document, 'script[type="application/ld+json" i]', mostScripts)
  const claims: Claims = scripts.length === 0 ? {} : readStructuredData(scripts.map(textOf))
  const meta = (names: string): readonly string[] => names.split(' ').flatMap(name => metas.get(name) ?? [])
  const siteName = firstOf([...meta('og:site_name'), claims.siteName, ...meta('application-name')], lineOf)
  const date = (text: unknown): string | null => dateOf(text, nowMs)
  return {
    title:
      firstOf([claims.title, ...meta('og:title twitter:title dc.title citation_title parsely-title')], text =>
        withoutSite(lineOf(text), siteName),
      ) ?? headingInTitle(document),
    author:
      firstOf(
        [
          claims.author,
          ...meta(
            'author article:author dc.creator dcterms.creator citation_author parsely-author sailthru.author',
          ),
        ],
        authorOf,
      ) ?? firstOf(candidateTexts(document, authorSelectors), authorOf),
    publishedAt:
      firstOf(
        [
          claims.publishedAt,
          ...meta(
            'article:published_time og:published_time datepublished citation_publication_date parsely-pub-date sailthru.date dcterms.created dcterms.date dc.date dc.date.issued date pubdate publishdate publish-date',
          ),
        ],
        date,
      ) ?? firstOf(candidateDates(document), date),
    siteName,
    imageUrl: firstOf(
      [
        claims.image,
        ...meta('og:image:secure_url og:image og:image:url twitter:image twitter:image:src'),
        attributeOfFirst(document, 'link[rel=image_src i]', 'href'),
      ],
      address => imageUrlOf(address, base),
    ),
    description: firstOf(
      [...meta('og:description description twitter:description dc.description'), claims.description],
      lineOf,
    ),
  }
}

/** The first that is something, once cleaned. */
function firstOf(candidates: Iterable<unknown>, clean: (value: unknown) => string | null): string | null {
  for (const candidate of candidates) {
    const value = clean(candidate)
    if (value !== null) return value
  }
  return null
}

/** Contents of `<meta>` by name, property or itemprop, in lower case. */
function readMetas(document: Document): Map<string, string[]> {
  const metas = new Map<string, string[]>()
  for (const element of elementsIn(document, 'meta[content]', mostMetas)) {
    const content = (attributeOf(element, 'content') ?? '').slice(0, 20_000)
    const names = `${attributeOf(element, 'property') ?? ''} ${attributeOf(element, 'name') ?? ''} ${attributeOf(element, 'itemprop') ?? ''}`
    if (content === '') continue
    for (const name of names.slice(0, 500).toLowerCase().split(/\s+/)) {
      const known = metas.get(name)
      if (known === undefined) metas.set(name, [content])
      else if (known.length < mostCandidates) known.push(content)
    }
  }
  return metas
}

function withoutSite(title: string | null, siteName: string | null): string | null {
  if (title === null || siteName === null || !title.endsWith(siteName)) return title
  const rest = title.slice(0, -siteName.length)
  return /\s[|–—»·:-]\s*$/u.test(rest) ? rest.replace(/\s[|–—»·:-]\s*$/u, '').trim() || title : title
}

/** The page's heading, where the document's title says the same and more. */
function headingInTitle(document: Document): string | null {
  const title = lineOf(titleOf(document))
  const headings = elementsIn(document, 'h1', 3).map(shortTextOf)
  return headings.find(text => text !== null && text.length > 3 && title?.includes(text) === true) ?? null
}

/** Surest first. */
const authorSelectors = [
  '[itemprop~=author i] [itemprop=name i]',
  '[itemprop~=author i]',
  '[rel~=author i]',
  '.byline [class*=name i], .byline a, .author a',
  '[class*=byline i], [class*=author-name i], [class*=author i], [id*=byline i]',
]

function* shortTexts(document: Document, selector: string): Generator<string> {
  for (const element of elementsIn(document, selector, mostCandidates)) {
    const text = shortTextOf(element)
    if (text !== null && isRendered(element)) yield text
  }
}

/** Null for what is empty or too long for a name: an element may hold the whole page. */
function shortTextOf(element: Element): string | null {
  const { blocks, isCut } = collectBlocks(element, shortTextLimits, false)
  return isCut ? null : lineOf(blocks.map(block => block.text).join(' '))
}

const shortTextLimits = { characters: 100, blocks: 5, nodes: 60 }

function* candidateTexts(document: Document, selectors: readonly string[]): Generator<string> {
  for (const selector of selectors) yield* shortTexts(document, selector)
}

/** Surest first, and looked for only until one is a date. */
function* candidateDates(document: Document): Generator<string | null> {
  const published = '[itemprop~=datePublished i], time[pubdate], time.published, time.entry-date'
  const inArticle = 'article time[datetime], header time[datetime], main time[datetime]'
  for (const [selector, most] of [
    [published, mostCandidates],
    [inArticle, mostCandidates],
    ['time[datetime]', 1],
  ] as const) {
    for (const element of elementsIn(document, selector, most)) {
      yield attributeOf(element, 'datetime') ?? attributeOf(element, 'content') ?? shortTextOf(element)
    }
  }
  yield* candidateTexts(document, ['[class*=published i], [class*=post-date i], [class*=date i]'])
  yield dayInAddress(addressOf(document))
}

/** Many sites of news put the day into the address. */
function dayInAddress(address: string): string | null {
  const found = /\/((?:19|20)\d\d)[/-](\d{2})[/-](\d{2})(?:\/|-|$)/.exec(address.slice(0, 2_000))
  return found === null ? null : `${found[1]}-${found[2]}-${found[3]}`
}

function attributeOfFirst(document: Document, selector: string, name: string): string | null {
  const [element] = elementsIn(document, selector, 1)
  return element === undefined ? null : attributeOf(element, name)
}
