import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { LabelledPage } from './page-rows.ts'

/** Free documentation in Debian packages, whose templates say which part is the text. */
const packages: readonly { readonly name: string; readonly main: string; readonly notMain: string }[] = [
  { name: 'python-django-doc', main: 'div.body', notMain: '.headerlink' },
  { name: 'cmake-doc', main: 'div.body', notMain: '.headerlink' },
  {
    name: 'developers-reference-de',
    main: 'div.body, div[itemprop=articleBody]',
    notMain: '.headerlink, footer',
  },
  {
    name: 'developers-reference-fr',
    main: 'div.body, div[itemprop=articleBody]',
    notMain: '.headerlink, footer',
  },
  {
    name: 'developers-reference-ru',
    main: 'div.body, div[itemprop=articleBody]',
    notMain: '.headerlink, footer',
  },
  { name: 'git-doc', main: '#content, #preamble', notMain: '#footer' },
  { name: 'apache2-doc', main: '#page-content', notMain: '#quickview, .top, #comments_section' },
  { name: 'debian-reference-en', main: 'body', notMain: '.navheader, .navfooter' },
  { name: 'debian-reference-ja', main: 'body', notMain: '.navheader, .navfooter' },
  { name: 'libglib2.0-doc', main: 'body', notMain: 'table.navigation, .footer, .toc' },
  { name: 'nodejs-doc', main: '#apicontent', notMain: '#toc' },
]

/** Up to `most` pages of each package, taken evenly, from a folder that holds each unpacked under its name. */
export function* documentationPages(folder: string, most: number): Generator<LabelledPage> {
  for (const { name, main, notMain } of packages) {
    const files = readdirSync(path.join(folder, name), { recursive: true, encoding: 'utf8' })
      .filter(file => /\.html(?:\.\w\w)?(?:\.gz)?$/.test(file))
      .toSorted()
    const step = Math.max(1, files.length / most)
    for (let at = 0; at < files.length; at += step) {
      const file = path.join(folder, name, files[Math.floor(at)] ?? '')
      const bytes = readFileSync(file)
      const html = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
      if (html.length > 2_000 && html.length < 300_000) yield { html, main, notMain }
    }
  }
}
