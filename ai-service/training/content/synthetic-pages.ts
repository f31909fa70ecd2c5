import { below, type Random, seededRandom } from '../../random.ts'
import { Naming, type NamingStyle, type PartName } from './class-names.ts'
import { languagePacks, Writer } from './languages.ts'

/** Marks text that belongs to the main content, and text of which nobody can say. Features do not see it. */
const mainText = ' data-truth="1"'
const eitherText = ' data-truth="?"'

/** A made-up page whose main content is marked. The same seed makes the same page. */
export function syntheticPage(seed: number): string {
  const random = seededRandom(seed)
  // Half of the pages are in the languages that most pages are in.
  const pack = languagePacks[random() < 0.5 ? below(random, 3) : below(random, languagePacks.length)]
  if (pack === undefined) throw new Error('No languages')
  const styles: readonly NamingStyle[] = [
    'words',
    'words',
    'words',
    'words',
    'sparse',
    'sparse',
    'misleading',
    'hashed',
    'utility',
  ]
  const naming = new Naming(random, styles[below(random, styles.length)] ?? 'words')
  return new PageMaker(random, new Writer(pack, random), naming).page()
}

type Kind = 'article' | 'brief' | 'forum' | 'product' | 'docs' | 'plain'

class PageMaker {
  readonly #random: Random
  readonly #text: Writer
  readonly #naming: Naming
  readonly #kind: Kind
  /** How modern the markup is: sections of HTML 5, divisions, tables. */
  readonly #markup: 'sections' | 'divisions' | 'tables'
  readonly #paragraphs: 'p' | 'breaks' | 'divisions' | 'spans'
  readonly #title: string

  constructor(random: Random, text: Writer, naming: Naming) {
    this.#random = random
    this.#text = text
    this.#naming = naming
    this.#kind = this.#one([
      'article',
      'article',
      'article',
      'article',
      'article',
      'brief',
      'brief',
      'forum',
      'product',
      'docs',
      'plain',
      'plain',
    ])
    this.#markup = this.#one(['sections', 'sections', 'divisions', 'divisions', 'divisions', 'tables'])
    this.#paragraphs = this.#one(['p', 'p', 'p', 'p', 'p', 'p', 'p', 'breaks', 'divisions', 'spans'])
    this.#title = text.title(3 + below(random, 9))
  }

  page(): string {
    const site = this.#text.title(2)
    const parts = [
      this.#maybe(0.3, () => this.#consent()),
      this.#maybe(0.92, () => this.#header(site)),
      this.#maybe(0.35, () => this.#breadcrumb()),
      this.#maybe(0.12, () => this.#teasers(0.6)),
      this.#columns(),
      this.#maybe(0.15, () => this.#newsletter()),
      this.#maybe(0.9, () => this.#footer(site)),
      this.#maybe(0.2, () => this.#consent()),
      this.#maybe(0.12, () => this.#overlay()),
    ]
    const body = this.#wrap(parts.join('\n'), 'page', below(this.#random, 3))
    const bodyClass = this.#maybe(
      0.5,
      () =>
        ` class="${this.#one(['home page', 'single single-post has-sidebar', 'article-page comments-enabled', 'node-type-news', 'no-js', 'widget-on'])}"`,
    )
    const lang = this.#text.pack.tag
    const separator = this.#one([' | ', ' - ', ' – ', ' » '])
    const title = this.#chance(0.85) ? `${this.#title}${separator}${site}` : site
    return `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><title>${title}</title></head><body${bodyClass}>${body}</body></html>`
  }

  #columns(): string {
    const main = this.#part(
      this.#markup === 'sections' && this.#chance(0.6) ? 'main' : 'div',
      'main',
      this.#mainColumn(),
    )
    const before = this.#maybe(0.18, () => this.#sidebar())
    const after = this.#maybe(0.55, () => this.#sidebar())
    if (this.#markup === 'tables') {
      const cell = (inner: string): string => (inner === '' ? '' : `<td valign="top">${inner}</td>`)
      return `<table width="100%"><tr>${cell(before)}${cell(main)}${cell(after)}</tr></table>`
    }
    return this.#wrap(before + main + after, 'columns', below(this.#random, 3))
  }

  #mainColumn(): string {
    const article = this.#article()
    return [
      this.#maybe(0.06, () => this.#promotion()),
      article,
      this.#maybe(0.12, () => this.#pager()),
      this.#maybe(0.25, () => this.#promotion()),
      this.#maybe(0.5, () => this.#teasers(0.5)),
      this.#maybe(this.#kind === 'forum' ? 0.05 : 0.42, () => this.#comments()),
      this.#maybe(0.2, () => this.#teasers(0.7)),
      this.#maybe(0.1, () => this.#newsletter()),
    ].join('\n')
  }

  #article(): string {
    if (this.#kind === 'forum') return this.#forum()
    if (this.#kind === 'product') return this.#product()
    const tag = this.#markup === 'sections' && this.#chance(0.7) ? 'article' : 'div'
    const header = this.#part(
      this.#markup === 'sections' && this.#chance(0.5) ? 'header' : 'div',
      'articleHeader',
      [
        this.#maybe(0.3, () => this.#leaf('span', 'tags', this.#text.title(1 + below(this.#random, 2)))),
        this.#leaf(this.#one(['h1', 'h1', 'h1', 'h2', 'div']), 'title', this.#title, eitherText),
        this.#maybe(0.3, () =>
          this.#leaf(
            this.#one(['p', 'h2', 'div']),
            'lead',
            this.#text.prose(1 + below(this.#random, 2)),
            mainText,
          ),
        ),
        this.#maybe(0.75, () => this.#byline()),
        this.#maybe(0.35, () => this.#share()),
      ].join('\n'),
    )
    const inner = [
      this.#chance(0.75)
        ? header
        : `${this.#leaf('h1', 'title', this.#title, eitherText)}${this.#maybe(0.5, () => this.#byline())}`,
      this.#maybe(0.25, () => this.#figure()),
      this.#wrap(this.#part('div', 'body', this.#body()), 'plain', below(this.#random, 2)),
      this.#maybe(0.2, () => this.#byline()),
      this.#maybe(0.35, () => this.#tags()),
      this.#maybe(0.4, () => this.#share()),
      this.#maybe(0.25, () => this.#biography()),
      this.#maybe(0.15, () => this.#newsletter()),
      this.#maybe(0.2, () => this.#teasers(0.4)),
    ]
    return this.#part(tag, 'article', inner.join('\n'))
  }

  /** The text itself, with what gets in between. */
  #body(): string {
    const random = this.#random
    const count = this.#kind === 'brief' ? 1 + below(random, 4) : 3 + below(random, 8) + below(random, 12)
    const parts: string[] = []
    const length = (): number => 1 + below(random, 4) + (this.#kind === 'brief' ? 0 : below(random, 3))
    if (this.#chance(0.15)) parts.push(`<p${mainText}><strong>${this.#text.prose(2)}</strong></p>`)
    if (this.#chance(this.#kind === 'docs' ? 0.5 : 0.06)) parts.push(this.#contents())
    if (this.#paragraphs === 'breaks') {
      const line = this.#one(['<br><br>', '<br>\n<br>\n', '<br/>'])
      const texts = Array.from({ length: count }, () => this.#inline(this.#text.prose(length())))
      const holder = this.#one(['div', 'div', 'td', 'font', 'span'])
      const open = holder === 'td' ? `<table><tr><td${mainText}>` : `<${holder}${mainText}>`
      parts.push(`${open}${texts.join(line)}${holder === 'td' ? '</td></tr></table>' : `</${holder}>`}`)
      return parts.join('\n')
    }
    // Many systems lay every paragraph into a box of its own, or some paragraphs into one.
    const boxed = this.#one(['no', 'no', 'no', 'no', 'each', 'some', 'some'])
    const isListicle = boxed === 'some' && this.#chance(0.4)
    const paragraphClass = this.#maybe(0.25, () => this.#naming.attributes('paragraph'))
    let box: string[] = []
    const endBox = (): void => {
      if (box.length > 0)
        parts.push(this.#part(this.#markup === 'sections' ? 'section' : 'div', 'section', box.join('\n')))
      box = []
    }
    const push = (part: string): void => {
      if (boxed === 'each')
        parts.push(this.#part('div', 'section', this.#wrap(part, 'plain', this.#chance(0.2) ? 1 : 0)))
      else if (boxed === 'some') box.push(part)
      else parts.push(part)
    }
    for (let index = 0; index < count; index++) {
      const share = this.#kind === 'docs' ? 0.3 : 0.14
      if (boxed === 'some' && (isListicle || this.#chance(0.35))) endBox()
      if (isListicle) push(`<h3${mainText}>${this.#text.title(2 + below(random, 6))}</h3>`)
      else if (index > 0 && this.#chance(share)) push(this.#heading())
      if (index > 0 && this.#chance(this.#kind === 'docs' ? 0.4 : 0.1)) push(this.#special())
      if (index > 0 && this.#chance(0.1)) push(this.#interruption())
      const text = this.#inline(this.#text.prose(this.#chance(0.15) ? 1 : length()))
      if (this.#paragraphs === 'p') push(`<p${paragraphClass}${mainText}>${text}</p>`)
      else if (this.#paragraphs === 'divisions') push(`<div${paragraphClass}${mainText}>${text}</div>`)
      else push(`<p${mainText}><span>${text}</span></p>`)
    }
    endBox()
    return parts.join('\n')
  }

  #heading(): string {
    const text = this.#text.title(2 + below(this.#random, 6))
    return this.#one([
      `<h2${mainText}>${text}</h2>`,
      `<h3${mainText}>${text}</h3>`,
      `<h2${mainText}>${text}</h2>`,
      `<p${mainText}><strong>${text}</strong></p>`,
      `<div${mainText}><b>${text}</b></div>`,
    ])
  }

  /** Lists, code, tables, quotations and pictures are content as paragraphs are. */
  #special(): string {
    const random = this.#random
    const items = (most: number, make: () => string): string =>
      Array.from({ length: 2 + below(random, most) }, make).join('\n')
    const cell = (tag: string): string =>
      `<${tag}${mainText}>${this.#chance(0.4) ? String(below(random, 10_000) / 10) : this.#text.words(1 + below(random, 4))}</${tag}>`
    switch (below(random, 7)) {
      case 0:
        return `<ul>${items(7, () => `<li${mainText}>${this.#inline(this.#chance(0.4) ? this.#text.words(2 + below(random, 6)) : this.#text.sentence())}</li>`)}</ul>`
      case 1:
        return `<ol>${items(6, () => `<li><p${mainText}>${this.#inline(this.#text.prose(1 + below(random, 2)))}</p></li>`)}</ol>`
      case 2:
        return `<pre${mainText}><code>${items(9, () => `  ${this.#text.words(2)} = ${this.#text.words(1)}(${below(random, 99)})\n`)}</code></pre>`
      case 3:
        return `<blockquote${this.#maybe(0.3, () => ' class="pullquote"')}><p${mainText}>${this.#text.prose(1 + below(random, 3))}</p></blockquote>`
      case 4:
        return `<table><tr>${cell('th')}${cell('th')}${cell('th')}</tr>${items(6, () => `<tr>${cell('td')}${cell('td')}${cell('td')}</tr>`)}</table>`
      case 5:
        return `<dl>${items(4, () => `<dt${mainText}>${this.#text.words(2)}</dt><dd${mainText}>${this.#text.sentence()}</dd>`)}</dl>`
      default:
        return this.#figure()
    }
  }

  #figure(): string {
    const caption =
      this.#text.prose(1) +
      this.#maybe(0.5, () => ` ${this.#one(['Foto: ', 'Photo: ', '© ', 'Credit: '])}${this.#text.name()}`)
    const tag = this.#markup === 'sections' ? 'figure' : 'div'
    const inner =
      this.#markup === 'sections'
        ? `<figcaption${this.#naming.attributes('caption')}${mainText}>${caption}</figcaption>`
        : `<p${this.#naming.attributes('caption')}${mainText}>${caption}</p>`
    return this.#part(tag, 'figure', `<img src="data:,">${inner}`)
  }

  /** What stands between paragraphs and is none of the text. */
  #interruption(): string {
    switch (below(this.#random, 6)) {
      case 0:
        return this.#promotion()
      case 1:
        return this.#newsletter()
      case 2:
        return `<p><strong>${this.#text.phrase('related')}: <a href="#">${this.#text.title(6)}</a></strong></p>`
      case 3:
        return this.#part('aside', 'related', this.#links(2, 4))
      case 4:
        return this.#leaf(
          'div',
          'promotion',
          this.#one(['Advertisement', 'Anzeige', 'Publicité', 'AD', 'Werbung']),
        )
      default:
        return this.#part(
          'div',
          'infobox',
          `<h4${eitherText}>${this.#text.title(2)}</h4><p${eitherText}>${this.#text.prose(2)}</p>`,
        )
    }
  }

  #byline(): string {
    const { date, name } = { date: this.#text.date(), name: this.#text.name() }
    const by = this.#text.phrase('by')
    const linked = this.#chance(0.5) ? `<a href="#">${name}</a>` : name
    const forms = [
      `${by} ${linked}`,
      `${by} ${linked} | ${date}`,
      `${date}`,
      `<span>${linked}</span><span>${date}</span><span>${this.#text.phrase('comments')}</span>`,
      `<time>${date}</time>, ${linked}`,
    ]
    return this.#leaf(this.#one(['div', 'p', 'span', 'ul']), 'byline', this.#one(forms))
  }

  #share(): string {
    const phrases = this.#text.phrases('share')
    const list = Array.from(
      { length: 2 + below(this.#random, 4) },
      () =>
        `<li><a href="#">${this.#one([...phrases, 'Facebook', 'Twitter', 'WhatsApp', 'Pinterest', 'LinkedIn', 'Xing', 'E-Mail'])}</a></li>`,
    )
    return this.#part(
      'div',
      'share',
      `${this.#maybe(0.4, () => `<h4>${this.#one(phrases)}</h4>`)}<ul>${list.join('')}</ul>`,
    )
  }

  #tags(): string {
    const links = Array.from(
      { length: 1 + below(this.#random, 7) },
      () => `<a href="#">${this.#text.words(1 + below(this.#random, 2))}</a>`,
    )
    return this.#leaf(
      this.#one(['div', 'p', 'footer']),
      'tags',
      `${this.#maybe(0.7, () => `${this.#text.phrase('tags')} `)}${links.join(this.#one([', ', ' ', ' | ']))}`,
    )
  }

  #biography(): string {
    return this.#part(
      'div',
      'biography',
      `<h4>${this.#text.name()}</h4><p>${this.#text.prose(1 + below(this.#random, 4))}</p>${this.#maybe(0.4, () => `<a href="#">${this.#text.phrase('more')}</a>`)}`,
    )
  }

  #newsletter(): string {
    const lines = this.#text.phrases('news')
    const text = `${this.#maybe(0.6, () => `<h3>${this.#one(lines)}</h3>`)}<p>${this.#one(lines)} ${this.#maybe(0.5, () => this.#text.prose(1))}</p><form><input><button>OK</button></form>`
    return this.#part(
      'div',
      'newsletter',
      `${text}${this.#maybe(0.5, () => `<small>${this.#one(lines)}</small>`)}`,
    )
  }

  #promotion(): string {
    return this.#part(
      'div',
      'promotion',
      `<p>${this.#text.prose(1 + below(this.#random, 2))} ${this.#maybe(0.6, () => `<a href="#">${this.#text.phrase('more')}</a>`)}</p>`,
    )
  }

  #consent(): string {
    const lines = this.#text.phrases('consent')
    return this.#part(
      'div',
      'consent',
      `<p>${lines[0]} ${this.#maybe(0.4, () => this.#text.prose(1 + below(this.#random, 3)))} <a href="#">${this.#text.phrase('legal')}</a></p><a href="#">${this.#one(lines.slice(1))}</a>`,
    )
  }

  #overlay(): string {
    return this.#part(
      'div',
      'overlay',
      `<h2>${this.#text.title(4)}</h2><p>${this.#text.prose(2)}</p><a href="#">${this.#text.phrase('news')}</a>`,
    )
  }

  #header(site: string): string {
    const depth = this.#chance(0.3)
    const menu = Array.from(
      { length: 4 + below(this.#random, 9) },
      () =>
        `<li><a href="#">${this.#text.phrase('menu')}</a>${depth && this.#chance(0.5) ? this.#links(3, 6) : ''}</li>`,
    )
    const nav = this.#part(
      this.#markup === 'sections' ? 'nav' : 'div',
      'navigation',
      `<ul>${menu.join('')}</ul>`,
    )
    return this.#part(
      this.#markup === 'sections' ? 'header' : 'div',
      'header',
      `<div><a href="/">${site}</a>${this.#maybe(0.3, () => `<p>${this.#text.title(5)}</p>`)}</div>${nav}${this.#maybe(0.3, () => this.#part('form', 'search', `<label>${this.#text.phrase('menu')}</label><input>`))}`,
    )
  }

  #breadcrumb(): string {
    const links = Array.from(
      { length: 2 + below(this.#random, 3) },
      () => `<a href="#">${this.#text.phrase('menu')}</a>`,
    )
    return this.#leaf(
      'div',
      'breadcrumb',
      `${links.join(this.#one([' › ', ' / ', ' &gt; ', ' » ']))} ${this.#maybe(0.5, () => this.#title)}`,
    )
  }

  #links(least: number, more: number): string {
    const items = Array.from(
      { length: least + below(this.#random, more) },
      () =>
        `<li><a href="#">${this.#text.title(1 + below(this.#random, 8))}</a>${this.#maybe(0.1, () => ` (${below(this.#random, 99)})`)}</li>`,
    )
    return `<ul>${items.join('')}</ul>`
  }

  #pager(): string {
    return this.#part(
      'div',
      'pager',
      `<a href="#">« ${this.#text.title(4)}</a> <a href="#">${this.#text.title(5)} »</a>`,
    )
  }

  /** Other articles: a heading, often a few sentences of each, which read like the text itself. */
  #teasers(withText: number): string {
    const hasText = this.#chance(withText)
    const tag = this.#markup === 'sections' && this.#chance(0.5) ? 'article' : this.#one(['div', 'div', 'li'])
    const heading = this.#one(['h2', 'h3', 'h4', 'span', 'div'])
    const hasDate = this.#chance(0.35)
    const hasMore = this.#chance(0.3)
    const count = 2 + below(this.#random, 7)
    const all = Array.from({ length: count }, () => {
      const inner = [
        hasDate ? `<span>${this.#text.date()}</span>` : '',
        `<${heading}><a href="#">${this.#text.title(3 + below(this.#random, 8))}</a></${heading}>`,
        hasText
          ? `<p>${this.#text.prose(1 + below(this.#random, 3))}${this.#maybe(0.2, () => ' [...]')}</p>`
          : '',
        hasMore ? `<a href="#">${this.#text.phrase('more')}</a>` : '',
      ]
      return this.#part(tag, 'teaser', inner.join('\n'))
    })
    const list = tag === 'li' ? `<ul>${all.join('')}</ul>` : all.join('\n')
    return this.#part(
      this.#one(['div', 'section', 'aside', 'div']),
      'related',
      `${this.#maybe(0.75, () => `<h3>${this.#text.phrase('related')}</h3>`)}${list}`,
    )
  }

  #comments(): string {
    const random = this.#random
    const count = below(random, 5) + below(random, this.#chance(0.2) ? 50 : 12)
    const item = this.#one(['li', 'div', 'article'])
    const long = 1 + below(random, 5)
    const all = Array.from({ length: count }, () => {
      const paragraphs = Array.from(
        { length: 1 + below(random, 3) },
        () => `<p>${this.#text.prose(1 + below(random, long))}</p>`,
      )
      const head = `<div><b>${this.#text.name()}</b> <span>${this.#text.date()}</span></div>`
      return `<${item}${this.#naming.attributes('comment')}>${head}${this.#wrap(paragraphs.join(''), 'plain', below(random, 2))}<a href="#">${this.#text.phrase('comments')}</a></${item}>`
    })
    const list = item === 'li' ? `<ol>${all.join('\n')}</ol>` : all.join('\n')
    const form = this.#maybe(
      0.7,
      () =>
        `<div><h3>${this.#text.phrase('comments')}</h3><form><p>${this.#text.phrases('comments').at(-1)}</p><textarea></textarea></form></div>`,
    )
    return this.#part(
      this.#one(['div', 'section']),
      'comments',
      `<h3>${this.#text.phrase('comments')}</h3>${list}${form}`,
    )
  }

  #sidebar(): string {
    const widgets = Array.from({ length: 1 + below(this.#random, 6) }, () => {
      const title = this.#maybe(0.8, () => `<h3>${this.#text.phrase('related')}</h3>`)
      switch (below(this.#random, 6)) {
        case 0:
          return this.#part('div', 'widget', `${title}<p>${this.#text.prose(1 + below(this.#random, 4))}</p>`)
        case 1:
          return this.#part('div', 'widget', this.#teasers(0.5))
        case 2:
          return this.#newsletter()
        case 3:
          return this.#promotion()
        default:
          return this.#part('div', 'widget', `${title}${this.#links(3, 12)}`)
      }
    })
    return this.#part(
      this.#markup === 'sections' && this.#chance(0.6) ? 'aside' : 'div',
      'sidebar',
      widgets.join('\n'),
    )
  }

  #footer(site: string): string {
    const columns = Array.from(
      { length: below(this.#random, 5) },
      () =>
        `<div>${this.#maybe(0.6, () => `<h4>${this.#text.title(2)}</h4>`)}${this.#chance(0.3) ? `<p>${this.#text.prose(1 + below(this.#random, 4))}</p>` : this.#links(3, 8)}</div>`,
    )
    const legal = Array.from({ length: 1 + below(this.#random, 5) }, () =>
      this.#chance(0.6) ? `<a href="#">${this.#text.phrase('legal')}</a>` : this.#text.phrase('legal'),
    )
    return this.#part(
      this.#markup === 'sections' ? 'footer' : 'div',
      'footer',
      `${columns.join('')}${this.#leaf('div', 'legal', `© ${2000 + below(this.#random, 27)} ${site} ${legal.join(' | ')}`)}`,
    )
  }

  #contents(): string {
    return this.#part('div', 'contents', `<p>${this.#text.title(1)}</p>${this.#links(4, 8)}`)
  }

  #forum(): string {
    const posts = Array.from({ length: 2 + below(this.#random, 8) }, () => {
      const user = this.#part(
        'div',
        'forumUser',
        `<a href="#">${this.#text.words(1)}</a><p>${this.#text.title(1)}</p><p>${below(this.#random, 3_000)} Posts</p>`,
      )
      const text = Array.from(
        { length: 1 + below(this.#random, 4) },
        () => `<p${mainText}>${this.#inline(this.#text.prose(1 + below(this.#random, 4)))}</p>`,
      )
      const body = this.#chance(0.5)
        ? `<div${mainText}>${text
            .join('')
            .replaceAll(/<p[^>]*>/g, '')
            .replaceAll('</p>', '<br><br>')}</div>`
        : text.join('')
      const signature = this.#maybe(0.25, () => `<div class="signature">${this.#text.sentence()}</div>`)
      return this.#part(
        'div',
        'forumPost',
        `${user}<p>${this.#text.date()}</p>${body}${signature}<a href="#">${this.#text.phrase('comments')}</a>`,
      )
    })
    return `${this.#leaf('h1', 'title', this.#title, eitherText)}${posts.join('\n')}${this.#pager()}`
  }

  #product(): string {
    const price = this.#part(
      'div',
      'price',
      `<span>${below(this.#random, 900)},99 €</span><p>${this.#text.title(3)}</p><a href="#">${this.#text.title(2)}</a>`,
    )
    const text = this.#part('div', 'productText', this.#body())
    const rows = Array.from(
      { length: 3 + below(this.#random, 7) },
      () => `<tr><th${mainText}>${this.#text.title(1)}</th><td${mainText}>${this.#text.words(2)}</td></tr>`,
    )
    return this.#part(
      'div',
      'product',
      `${this.#leaf('h1', 'title', this.#title, eitherText)}${price}${text}<table>${rows.join('')}</table>`,
    )
  }

  /** Links, emphasis and line breaks inside of a paragraph. */
  #inline(text: string): string {
    const words = text.split(' ')
    if (words.length < 8 || !this.#chance(0.35)) return text
    const from = below(this.#random, words.length - 5)
    const to = from + 1 + below(this.#random, 4)
    const tag = this.#one(['a href="#"', 'a href="#"', 'em', 'b', 'strong'])
    return [
      ...words.slice(0, from),
      `<${tag}>${words.slice(from, to).join(' ')}</${tag.split(' ')[0]}>`,
      ...words.slice(to),
    ].join(' ')
  }

  #leaf(tag: string, part: PartName, text: string, truth = ''): string {
    const inner = tag === 'ul' ? `<li>${text}</li>` : text
    return `<${tag}${this.#naming.attributes(part)}${truth}>${inner}</${tag}>`
  }

  #part(tag: string, part: PartName, inner: string): string {
    return `<${tag}${this.#naming.attributes(part)}>\n${inner}\n</${tag}>`
  }

  #wrap(inner: string, part: PartName, levels: number): string {
    let wrapped = inner
    for (let level = 0; level < levels; level++)
      wrapped = `<div${this.#naming.attributes(level === 0 ? part : 'plain')}>${wrapped}</div>`
    return wrapped
  }

  #maybe(probability: number, make: () => string): string {
    return this.#chance(probability) ? make() : ''
  }

  #chance(probability: number): boolean {
    return this.#random() < probability
  }

  #one<T>(list: readonly T[]): T {
    const chosen = list[below(this.#random, list.length)]
    if (chosen === undefined) throw new RangeError('Nothing to choose from')
    return chosen
  }
}
