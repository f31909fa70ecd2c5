import { attributeOf } from '../dom-access.ts'

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
    'article artikel articolo articulo artigo artykul news-?item story entry blogpost post beitrag noticia nachricht _art_ meldung',
  content:
    'content contenu contenido contenuto conteudo inhalt articlebody entry-?body post-?body treść tresc isi',
  main: '_main primary hauptinhalt center-?col middle',
  text: 'text body copy prose paragraph wysiwyg richtext rte markdown lead intro teaser-?text fliesstext bodytext description mw-parser-output',
  title: 'title headline heading titel titre titulo überschrift',
  caption: 'caption figure legend bildunterschrift credit figcaption image-?desc',
  byline: 'byline author autor auteur autore date datum time meta dateline posted publish info',
  comment:
    'comment kommentar commentaire comentario commento reply replies respond disqus discussion livefyre opinionen reader-?letters guestbook reviews',
  navigation:
    '_nav navi menu breadcrumb pagination paging pager tabs brotkrumen topbar toolbar next-?prev prev-?next skip-?link rubrik sitemap',
  footer: 'footer foot _fuss bottom colophon contentinfo',
  header: 'header masthead banner branding logo _top_ kopf',
  sidebar:
    'sidebar side-?bar aside widget _side_ rail right-?col left-?col marginal seitenleiste complementary _rechts _links_ spalte infobox',
  related:
    'related recommend similar more-?(?:from|on|news|articles|stories|posts) also popular trending teaser most-?read meistgelesen latest featured ähnlich aehnlich verwandt weitere-? mehr-?zum card carousel slider read-?next empfehl outbrain taboola yarpp crosslink tag-?cloud',
  share: 'share sharing social sharedaddy facebook twitter whatsapp addthis addtoany follow teilen partager',
  consent:
    'cookie consent gdpr ccpa dsgvo privacy-?(?:banner|notice|bar) onetrust cmp usercentrics cookiebot',
  promotion:
    '_ads? advert adsense adslot promo sponsor werbung anzeige publicit reklam affiliate dfp _cta donate spenden shop-?box',
  newsletter: 'newsletter subscribe subscription signup sign-?up mailchimp abo paywall register',
  tags: '_tags? tagged keywords? categor schlagw taxonom topics stichw cat-links',
  overlay:
    'modal popup pop-?up overlay lightbox dialog dropdown tooltip off-?canvas flyout toast notification alert',
  form: '_form login search suche recherche input captcha account anmeld',
  contents: '_toc table-?of-?contents contents inhaltsverzeichnis jump-?links on-?this-?page',
  legal: 'copyright imprint impressum legal disclaimer terms license rechtlich datenschutz',
  product: 'product produkt produit price preis basket cart warenkorb shop sku buy rating stars',
  biography:
    'author-?(?:bio|box|info|profile|card) about-?(?:the-?)?author bio vcard user-?info profile avatar signature',
  forum: 'forum thread message topic question answer postbody post-?content cooked reply-?body',
  list: 'list items grid results archive index listing feed stream',
}

const patterns: readonly RegExp[] = hintNames.map(
  name =>
    new RegExp(
      words[name]
        .split(' ')
        .map(word => word.replace(/^_/, '(?<![a-z])').replace(/_$/, '(?![a-z])'))
        .join('|'),
    ),
)

/** Utility classes, which say how something looks and not what it is. */
const utility =
  /^(?:[a-z]+:)*-?(?:text-(?:left|right|center|justify|start|end|xs|sm|base|lg|\dxl|xl|white|black|muted|[a-z]+-\d+)|items-(?:start|end|center|baseline)|content-(?:start|end|center|between)|grid-cols-\S+|top-\d+|bottom-\d+|(?:col|row|bg|border|flex|shadow|font)-\S+)$/

/** What site systems add to long lists of classes: how an entry is filed, and what its page is like. */
const ofEntry = /^(?:category|tag|author|format|status|type|has|is|no|with|js|page|post)-/

const bit = (name: HintName): number => 1 << hintNames.indexOf(name)

const ofTag: Readonly<Record<string, number>> = {
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
}

const ofRole: Readonly<Record<string, number>> = {
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
}

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
  const role = attributeOf(element, 'role')
  const item = attributeOf(element, 'itemprop')
  let hints = (ofTag[tag] ?? 0) | (role === null ? 0 : (ofRole[role] ?? 0))
  if (item === 'articleBody') hints |= bit('content')
  if (item === 'comment') hints |= bit('comment')
  if (className === '' && id === '') return { hints, className }
  const key = `${className} ${id}`
  let named = cache.get(key)
  if (named === undefined) {
    named = 0
    const names = key.split(/\s+/, mostNames)
    for (const name of names) if (names.length < 6 || !ofEntry.test(name)) named |= hintsOfName(name, cache)
    if (cache.size < 20_000) cache.set(key, named)
  }
  hints |= named
  return { hints, className }
}

function hintsOfName(name: string, cache: HintsCache): number {
  if (name === '') return 0
  const known = cache.get(name)
  if (known !== undefined) return known
  const words = name
    .slice(0, 80)
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .toLowerCase()
  let hints = 0
  if (!utility.test(words)) {
    for (const [index, pattern] of patterns.entries()) if (pattern.test(words)) hints |= 1 << index
  }
  if (cache.size < 20_000) cache.set(name, hints)
  return hints
}
