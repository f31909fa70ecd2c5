/** What JSON-LD or the like says of an article, as it was written: to be cleaned by who uses it. */
export interface Claims {
  readonly title?: unknown
  readonly author?: unknown
  readonly publishedAt?: unknown
  readonly siteName?: unknown
  readonly image?: unknown
  readonly description?: unknown
}

const mostCharacters = 500_000
const mostThings = 2_000
const mostAuthors = 8

type Thing = Readonly<Record<string, unknown>>

/** Better kinds first: a page may describe itself, its site, its publisher and its breadcrumbs beside the article. */
const articleType = /(?:Article|BlogPosting|NewsItem|Report|LiveBlogPosting)$/
const workType =
  /^(?:SocialMediaPosting|DiscussionForumPosting|QAPage|Question|Recipe|HowTo|Review|CreativeWork|VideoObject|Product|Book|Event|Course|PodcastEpisode|Movie|MusicAlbum|Dataset|SoftwareApplication)$/
const pageType = /(?:WebPage|AboutPage|ItemPage|CollectionPage|MedicalWebPage|FAQPage)$/

/** Reads the texts of a page's JSON-LD scripts. What is no JSON, and what is too large, says nothing. */
export function readStructuredData(scripts: readonly string[]): Claims {
  const things = scripts.flatMap(parseThings).slice(0, mostThings)
  const byId = new Map(
    things.flatMap(thing => (typeof thing['@id'] === 'string' ? [[thing['@id'], thing]] : [])),
  )
  const whole = (value: unknown): unknown => {
    const id = isThing(value) && Object.keys(value).length === 1 ? value['@id'] : undefined
    return typeof id === 'string' ? (byId.get(id) ?? value) : value
  }
  const ofType = (type: RegExp): Thing | undefined =>
    things.find(thing => typesOf(thing).some(name => type.test(name)))
  const page = ofType(pageType)
  const item = ofType(articleType) ?? ofType(workType) ?? page
  const site = ofType(/^WebSite$/)
  const publisher = whole(item?.publisher ?? page?.publisher)
  return {
    title: item === page ? undefined : (item?.headline ?? item?.name),
    author: namesOf(item?.author ?? item?.creator ?? page?.author, whole),
    publishedAt: first(item?.datePublished ?? page?.datePublished ?? item?.dateCreated ?? item?.uploadDate),
    siteName: nameOf(site) ?? nameOf(publisher),
    image: addressIn(whole(first(item?.image ?? item?.thumbnailUrl ?? page?.primaryImageOfPage)), whole),
    description: item?.description ?? page?.description,
  }
}

function parseThings(text: string): Thing[] {
  if (text.length > mostCharacters) return []
  let parsed: unknown
  try {
    parsed = JSON.parse(
      text.replace(/^\s*(?:<!--|\/\/<!\[CDATA\[|<!\[CDATA\[)|(?:-->|\/\/\]\]>|\]\]>)\s*$/g, ''),
    )
  } catch {
    return []
  }
  const things: Thing[] = []
  const waiting: unknown[] = [parsed]
  // Not into every property: an article in a list of related ones is not the page's.
  for (let index = 0; index < waiting.length && things.length < mostThings; index++) {
    const value = waiting[index]
    if (Array.isArray(value)) waiting.push(...value.slice(0, mostThings))
    else if (isThing(value)) {
      things.push(value)
      for (const key of ['@graph', 'mainEntity', 'mainEntityOfPage', 'isPartOf']) {
        if (typeof value[key] === 'object' && value[key] !== null) waiting.push(value[key])
      }
    }
  }
  return things
}

function isThing(value: unknown): value is Thing {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function typesOf(thing: Thing): string[] {
  const types: unknown[] = Array.isArray(thing['@type']) ? thing['@type'] : [thing['@type']]
  return types
    .filter(type => typeof type === 'string')
    .map(type => type.slice(0, 100).replace(/^.*[/:#]/, ''))
}

function first(value: unknown): unknown {
  return Array.isArray(value) ? value[0] : value
}

function nameOf(value: unknown): unknown {
  const one = first(value)
  return isThing(one) ? first(one.name) : one
}

function namesOf(value: unknown, whole: (value: unknown) => unknown): string | undefined {
  const list: unknown[] = Array.isArray(value) ? value.slice(0, mostAuthors) : [value]
  const names = list
    .map(one => nameOf(whole(one)))
    .filter(name => typeof name === 'string' && name.trim() !== '' && !/^https?:/.test(name))
  return names.length === 0 ? undefined : [...new Set(names)].join(', ')
}

function addressIn(value: unknown, whole: (value: unknown) => unknown): unknown {
  if (!isThing(value)) return value
  const address = whole(first(value.url ?? value.contentUrl ?? value['@id']))
  return isThing(address) ? address.url : address
}
