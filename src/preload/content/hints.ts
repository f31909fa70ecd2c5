import { attributeOf } from '../dom-access.ts'
import { WordTable } from './word-table.ts'

/** What names of elements tell about what is in them; the order is that of the bits and of the features. */
export const hintNames = [
  'article',
  'content',
  'main',
  'text',
  'title',
  'caption',
  'byline',
  'comment',
  'navigation',
  'footer',
  'header',
  'sidebar',
  'related',
  'share',
  'consent',
  'promotion',
  'newsletter',
  'tags',
  'overlay',
  'form',
  'contents',
  'legal',
  'product',
  'biography',
  'forum',
  'list',
] as const
export type HintName = (typeof hintNames)[number]

/** Parts of class names, ids and roles, several languages, lower case; `_` stands for a boundary between words. */
const words: Readonly<Record<HintName, string>> = {
  article:
    'article|artikel|articolo|articulo|artigo|artykul|news-?item|story|entry|blogpost|post|beitrag|noticia|nachricht|_art_|meldung',
  content:
    'content|contenu|contenido|contenuto|conteudo|inhalt|articlebody|entry-?body|post-?body|treść|tresc|isi',
  main: '_main|primary|hauptinhalt|center-?col|middle',
  text: 'text|body|copy|prose|paragraph|wysiwyg|richtext|rte|markdown|lead|intro|teaser-?text|fliesstext|bodytext|description|mw-parser-output',
  title: 'title|headline|heading|titel|titre|titulo|überschrift',
  caption: 'caption|figure|legend|bildunterschrift|credit|figcaption|image-?desc',
  byline: 'byline|author|autor|auteur|autore|date|datum|time|meta|dateline|posted|publish|info',
  comment:
    'comment|kommentar|commentaire|comentario|commento|reply|replies|respond|disqus|discussion|livefyre|opinionen|reader-?letters|guestbook|reviews',
  navigation:
    '_nav|navi|menu|breadcrumb|pagination|paging|pager|tabs|brotkrumen|topbar|toolbar|next-?prev|prev-?next|skip-?link|rubrik|sitemap',
  footer: 'footer|foot|_fuss|bottom|colophon|contentinfo',
  header: 'header|masthead|banner|branding|logo|_top_|kopf',
  sidebar:
    'sidebar|side-?bar|aside|widget|_side_|rail|right-?col|left-?col|marginal|seitenleiste|complementary|_rechts|_links_|spalte|infobox',
  related:
    'related|recommend|similar|more-?from|more-?on|more-?news|more-?articles|more-?stories|more-?posts|also|popular|trending|teaser|most-?read|meistgelesen|latest|featured|ähnlich|aehnlich|verwandt|weitere-?|mehr-?zum|card|carousel|slider|read-?next|empfehl|outbrain|taboola|yarpp|crosslink|tag-?cloud',
  share: 'share|sharing|social|sharedaddy|facebook|twitter|whatsapp|addthis|addtoany|follow|teilen|partager',
  consent:
    'cookie|consent|gdpr|ccpa|dsgvo|privacy-?banner|privacy-?notice|privacy-?bar|onetrust|cmp|usercentrics|cookiebot',
  promotion:
    'advert|adsense|adslot|promo|sponsor|werbung|anzeige|publicit|reklam|affiliate|dfp|_cta|donate|spenden|shop-?box',
  newsletter: 'newsletter|subscribe|subscription|signup|sign-?up|mailchimp|abo|paywall|register',
  tags: '_tag|tagged|keyword|categor|schlagw|taxonom|topics|stichw|cat-links',
  overlay:
    'modal|popup|pop-?up|overlay|lightbox|dialog|dropdown|tooltip|off-?canvas|flyout|toast|notification|alert',
  form: '_form|login|search|suche|recherche|input|captcha|account|anmeld',
  contents: '_toc|table-?of-?contents|contents|inhaltsverzeichnis|jump-?links|on-?this-?page',
  legal: 'copyright|imprint|impressum|legal|disclaimer|terms|license|rechtlich|datenschutz',
  product: 'product|produkt|produit|price|preis|basket|cart|warenkorb|shop|sku|buy|rating|stars',
  biography:
    'author-?bio|author-?box|author-?info|author-?profile|author-?card|about-?author|about-?the-?author|bio|vcard|user-?info|profile|avatar|signature',
  forum: 'forum|thread|message|topic|question|answer|postbody|post-?content|cooked|reply-?body',
  list: 'list|items|grid|results|archive|index|listing|feed|stream',
}

/** Made when the first page is read, and not when the tab opens. */
let table: WordTable | null = null

/** The one word of two characters. */
const advertisement = /(?<![a-z])ad/

/** Utility classes, which say how something looks and not what it is. */
const utility =
  /^(?:[a-z]+:)*-?(?:text-(?:left|right|center|justify|start|end|xs|sm|base|lg|\dxl|xl|white|black|muted|[a-z]+-\d+)|items-(?:start|end|center|baseline)|content-(?:start|end|center|between)|grid-cols-\S+|top-\d+|bottom-\d+|(?:col|row|bg|border|flex|shadow|font)-\S+)$/

/** What site systems add to long lists of classes: how an entry is filed, and what its page is like. */
const ofEntry = /^(?:category|tag|author|format|status|type|has|is|no|with|js|page|post)-/

const bit = (name: HintName): number => 1 << hintNames.indexOf(name)

const ofTag = new Map(
  Object.entries({
    ARTICLE: bit('article'),
    MAIN: bit('main'),
    NAV: bit('navigation'),
    MENU: bit('navigation'),
    ASIDE: bit('sidebar'),
    FOOTER: bit('footer'),
    HEADER: bit('header'),
    FORM: bit('form'),
    FIELDSET: bit('form'),
    SEARCH: bit('form'),
    DIALOG: bit('overlay'),
    FIGURE: bit('caption'),
    FIGCAPTION: bit('caption'),
    ADDRESS: bit('byline'),
  }),
)

const ofRole = new Map(
  Object.entries({
    article: bit('article'),
    main: bit('main'),
    navigation: bit('navigation'),
    menu: bit('navigation'),
    menubar: bit('navigation'),
    complementary: bit('sidebar'),
    contentinfo: bit('footer'),
    banner: bit('header'),
    form: bit('form'),
    search: bit('form'),
    dialog: bit('overlay'),
    alertdialog: bit('overlay'),
  }),
)

const ofItem = new Map(Object.entries({ articleBody: bit('content'), comment: bit('comment') }))

/** These are paragraphs and the like, which have a role or a property of their own too seldom to be asked for one. */
const isOfText = new Set('P H1 H2 H3 H4 H5 H6 DT DD TD TH TR TBODY'.split(' '))

const promotion = bit('promotion')
const humps = /([a-z])([A-Z])/g

/** Hints of names that were met before, so that each is looked at once a page. */
export type HintsCache = Map<string, number>

const mostNames = 24

/** What an element's tag, role, classes and id say about it, as bits in the order of `hintNames`. */
export function hintsOf(
  element: Element,
  tag: string,
  cache: HintsCache,
): { hints: number; className: string } {
  const className = (attributeOf(element, 'class') ?? '').slice(0, 1_000)
  const id = (attributeOf(element, 'id') ?? '').slice(0, 200)
  let hints = ofTag.get(tag) ?? 0
  if (!isOfText.has(tag)) {
    const role = attributeOf(element, 'role')
    if (role !== null) hints |= ofRole.get(role) ?? 0
    const item = attributeOf(element, 'itemprop')
    if (item !== null) hints |= ofItem.get(item) ?? 0
  }
  if (className === '' && id === '') return { hints, className }
  const key = `${className} ${id}`
  let named = cache.get(key)
  if (named === undefined) {
    named = 0
    // Most names say nothing, and then not one by one either.
    if (wordsIn(key) !== 0) {
      const names = key.split(/\s+/, mostNames)
      for (const name of names) if (names.length < 6 || !ofEntry.test(name)) named |= hintsOfName(name, cache)
    }
    if (cache.size < 20_000) cache.set(key, named)
  }
  hints |= named
  return { hints, className }
}

function hintsOfName(name: string, cache: HintsCache): number {
  if (name === '') return 0
  const known = cache.get(name)
  if (known !== undefined) return known
  const part = name.length > 80 ? name.slice(0, 80) : name
  let hints = wordsIn(part)
  if (hints !== 0 && utility.test(partsOf(part))) hints = 0
  if (cache.size < 20_000) cache.set(name, hints)
  return hints
}

function wordsIn(name: string): number {
  const parts = partsOf(name)
  table ??= new WordTable(
    hintNames.map(hint => words[hint]),
    false,
  )
  const found = table.find(parts)
  return parts.includes('ad') && advertisement.test(parts) ? found | promotion : found
}

/** In lower case, with hyphens where humps were. */
function partsOf(name: string): string {
  const lower = name.toLowerCase()
  return lower === name ? name : name.replace(humps, '$1-$2').toLowerCase()
}
