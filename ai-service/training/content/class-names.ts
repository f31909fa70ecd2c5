import { below, type Random } from '../../random.ts'

/** What parts of pages are called, in the words that site systems and people use. `#` before a name makes it an id. */
const vocabulary = {
  page: 'wrapper page #page site #wrapper container layout app-root #main-wrapper outer td-container hfeed',
  columns:
    'row content-wrapper #content columns site-content main-wrap body-wrap l-content grid wrap clearfix #main',
  main: '#main main content-area #primary col-md-8 main-col site-main #content column-main td-main-content inhalt main-content #contentMain region-content contenu contenido c-main pagecontent mainpart',
  article:
    'article post hentry node node-article story entry single-post news-item type-post blog-post c-article artikel noticia articolo item-page post-full td-post',
  body: 'entry-content article-body post-content story-body content field-name-body articleBody article__body post-body td-post-content text body-text article-text richtext ce_text wysiwyg article__content c-article__body itemFullText news-text post_content artikel-text blog-content cms-content contentText paragraph-container entry bodytext',
  header:
    'header site-header masthead #header page-header top-bar #masthead navbar l-header kopf header-inner',
  navigation:
    'nav main-nav navbar-nav menu primary-menu #nav main-navigation site-navigation mainmenu navigation mega-menu topnav',
  breadcrumb: 'breadcrumb breadcrumbs path brotkrumen pathway bc you-are-here',
  articleHeader:
    'entry-header article-header post-header story-header headline-wrap article__header c-article-header node-header',
  title:
    'entry-title headline article-title post-title title c-headline article__title page-title node-title',
  lead: 'lead intro excerpt standfirst teaser subtitle dek article-intro summary vorspann kicker-text chapeau entradilla subheadline',
  byline:
    'byline author meta entry-meta post-meta date info article-meta dateline posted-on published time-stamp author-info article__meta submitted autor datum',
  share:
    'share social social-share sharing share-buttons sharedaddy addthis_toolbox social-links sharebar post-share a2a_kit shariff',
  tags: 'tags tag-links post-tags taxonomy keywords article-tags entry-footer cat-links topics stichworte tagcloud post-categories',
  biography: 'author-bio author-box about-author author-card bio vcard author-info-box post-author autor-box',
  newsletter:
    'newsletter subscribe signup-box mc-form newsletter-box nl-teaser paywall abo-box inline-newsletter subscription-cta',
  related:
    'related related-posts more-stories recommended similar also-like jp-relatedposts read-next teaser-list more-news td_block_related yarpp-related article-teasers weitere-artikel most-read recirculation',
  teaser:
    'teaser card post-item article related-item news-item item story-card entry c-teaser media-object post grid-item list-item teaser-item col-sm-4',
  comments:
    'comments #comments comment-list comments-area commentlist #disqus_thread kommentare comment-section responses discussion user-comments reader-comments',
  comment:
    'comment comment-body commentary-item kommentar reply response depth-1 comment-item comment-content post',
  sidebar:
    'sidebar #sidebar widget-area col-md-4 aside right-column #secondary side rail marginal region-sidebar-second secondary rechts sidebar-right',
  widget: 'widget block box widget_text widget_recent_entries panel module sidebox block-views portlet c-box',
  footer:
    'footer site-footer #footer colophon footer-widgets page-footer l-footer fusszeile bottom footer-inner #colophon',
  legal: 'copyright site-info legal footer-bottom imprint disclaimer footer-legal credits',
  consent:
    'cookie-banner #cookie-notice cookie-consent gdpr cc-window #onetrust-banner-sdk cmp-container cookie-bar cookie-law-info-bar privacy-notice',
  promotion:
    'ad advertisement banner promo sponsored ad-slot adsbygoogle anzeige werbung cta-box promo-box callout donation-box',
  figure:
    'figure image wp-caption article-image media photo inline-image bild picture-box image-container thumbnail',
  caption:
    'caption wp-caption-text figcaption image-caption media-caption bildunterschrift photo-credit field-caption',
  infobox: 'infobox factbox box sidebar-inline note callout info aside-box hinweis faktenbox',
  contents:
    'toc #toc table-of-contents toc_container contents inhaltsverzeichnis on-this-page ez-toc-container',
  forumPost:
    'post postbody message topic-post forum-post lia-message post_block cooked answer post-container',
  forumUser: 'postprofile user-info author-details message-user poster avatar-box profile post-author',
  product: 'product product-detail product-main product-info item-detail pdp produkt product-page',
  productText:
    'product-description description tab-content #description product-details longdesc produktbeschreibung woocommerce-product-details__short-description',
  price: 'price price-box buy-box add-to-cart product-price purchase shipping availability',
  pager: 'pagination nav-links post-navigation pager prev-next nav-below page-links',
  section:
    'section content-block paragraph component article-body-component text-block section-inner layoutSingleColumn block-text list-item item slide body-component ce-textpic csc-default paragraph--type--text c-block entry-section article__section post-section frame',
  paragraph:
    'graf paragraph p1 MsoNormal text body-text css-p Textblock rtejustify par dropcap wp-block-paragraph',
  search: 'search-form search searchbox suche #search form-search',
  overlay: 'modal popup overlay lightbox newsletter-popup dialog off-canvas',
  plain: 'inner wrap clearfix block box section row container col module group region panel',
} as const
export type PartName = keyof typeof vocabulary

export type NamingStyle = 'words' | 'hashed' | 'utility' | 'sparse' | 'misleading'

const utilities =
  'flex grid mt-4 px-6 text-sm text-gray-700 font-bold items-center w-full max-w-3xl mx-auto rounded-lg bg-white border-b py-2 col-span-8 space-y-4 hidden-xs leading-7 md:flex lg:w-2/3'.split(
    ' ',
  )

const isNoisy: ReadonlySet<PartName> = new Set([
  'page',
  'columns',
  'main',
  'article',
  'body',
  'related',
  'comments',
])
const noise =
  'category-news tag-cloud tag-travel author-sarah comments-open has-sidebar with-ads is-showing-read-next format-standard status-publish post-67202 js-share no-comments header-visible has-footer newsletter-on related-on promo-top sticky-nav form-page list-view search-result grid-item modal-open cookie-accepted product-page author-admin social-on no-print date-visible widget-ready'.split(
    ' ',
  )

/** Names parts of one page, always in the same way within it, as a style sheet needs. */
export class Naming {
  readonly #random: Random
  readonly #style: NamingStyle
  readonly #chosen = new Map<PartName, string>()

  constructor(random: Random, style: NamingStyle) {
    this.#random = random
    this.#style = style
  }

  /** Attributes of an element, with a space before them, or nothing. */
  attributes(part: PartName): string {
    const known = this.#chosen.get(part)
    if (known !== undefined) return known
    const made = this.#make(part)
    this.#chosen.set(part, made)
    return made
  }

  #make(part: PartName): string {
    const random = this.#random
    if (this.#style === 'hashed') return ` class="${this.#hash()}${random() < 0.3 ? ` ${this.#hash()}` : ''}"`
    if (this.#style === 'utility') {
      const names = Array.from(
        { length: 2 + below(random, 5) },
        () => utilities[below(random, utilities.length)],
      )
      return ` class="${names.join(' ')}"`
    }
    if (this.#style === 'sparse' && random() < 0.6) return ''
    if (random() < 0.12) return ''
    const from: PartName = this.#style === 'misleading' && random() < 0.3 ? 'plain' : part
    const names = vocabulary[from].split(' ')
    const picked = [names[below(random, names.length)] ?? '']
    if (random() < 0.35) picked.push(names[below(random, names.length)] ?? '')
    if (random() < 0.25) picked.push(vocabulary.plain.split(' ')[below(random, 12)] ?? '')
    // Systems also say what a page is tagged with, by whom it was written, and what else there is on it.
    if (isNoisy.has(part) && random() < 0.25) {
      for (let count = 1 + below(random, 5); count > 0; count--)
        picked.push(noise[below(random, noise.length)] ?? '')
    }
    const prefix = random() < 0.15 ? `${'abcdefgh'[below(random, 8)]}${'aeiou'[below(random, 5)]}-` : ''
    const id = picked.find(name => name.startsWith('#'))?.slice(1)
    const classes = picked.filter(name => !name.startsWith('#')).map(name => prefix + name)
    return `${id === undefined ? '' : ` id="${id}"`}${classes.length === 0 ? '' : ` class="${classes.join(' ')}"`}`
  }

  #hash(): string {
    return `${['css-', 'sc-', '_', 'jsx-', 'x'][below(this.#random, 5)] ?? ''}${below(this.#random, 2 ** 31).toString(36)}`
  }
}
