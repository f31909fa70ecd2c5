import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PageMetadata } from '../../contracts/page.ts'
import { Reader } from './testing/reader.ts'

let reader: Reader

beforeAll(async () => {
  reader = await Reader.open()
}, 60_000)

afterAll(() => reader?.[Symbol.asyncDispose]())

async function metadataOf(head: string, body = ''): Promise<PageMetadata> {
  await reader.page.setContent(`<!doctype html><html><head>${head}</head><body>${body}</body></html>`)
  return (await reader.read()).metadata
}

const nothing: PageMetadata = {
  title: null,
  author: null,
  publishedAt: null,
  siteName: null,
  imageUrl: null,
  description: null,
}

describe('what a page says about itself', () => {
  it('is taken from JSON-LD before other metadata', async () => {
    const article = {
      '@type': 'Article',
      headline: 'A river',
      author: { name: 'Ada Boatwright' },
      datePublished: '2019-07-04T08:00:00+02:00',
      image: 'https://example.org/river.png',
    }
    const head = `<script type="application/ld+json">${JSON.stringify(article)}</script>
      <meta property="og:title" content="Another title"><meta name="author" content="Somebody Else">
      <meta property="og:site_name" content="Rivers"><meta property="article:published_time" content="2001-01-01">
      <meta property="og:image" content="https://example.org/other.png"><meta name="description" content="Of a river.">`
    expect(await metadataOf(head)).toEqual({
      title: 'A river',
      author: 'Ada Boatwright',
      publishedAt: '2019-07-04T08:00:00+02:00',
      siteName: 'Rivers',
      imageUrl: 'https://example.org/river.png',
      description: 'Of a river.',
    })
  })

  it('is taken from Open Graph and other names of meta, the name of the site cut off the title', async () => {
    const head = `<title>A river | Rivers</title><meta property="og:title" content="A river | Rivers">
      <meta property="og:site_name" content="Rivers"><meta name="dc.creator" content="By Ada Boatwright">
      <meta name="citation_publication_date" content="2019/07/04"><meta name="date" content="2019-07-04">
      <meta name="twitter:image" content="/river.png"><base href="https://example.org/a/">`
    expect(await metadataOf(head)).toEqual({
      title: 'A river',
      author: 'Ada Boatwright',
      publishedAt: '2019-07-04',
      siteName: 'Rivers',
      imageUrl: 'https://example.org/river.png',
      description: null,
    })
  })

  it('is taken from microdata, links and what looks like a byline, where there is nothing better', async () => {
    const body = `<article><h1>A river</h1><p class="byline">By <span>Ada Boatwright</span></p><time datetime="2019-07-04T10:00">long ago</time></article>`
    expect(await metadataOf('<title>A river and more</title>', body)).toEqual({
      ...nothing,
      title: 'A river',
      author: 'Ada Boatwright',
      publishedAt: '2019-07-04',
    })
    const microdata = `<div itemprop="author"><span itemprop="name">Ida Holm</span></div><meta itemprop="datePublished" content="2018-01-02">`
    expect(await metadataOf('', microdata)).toMatchObject({ author: 'Ida Holm', publishedAt: '2018-01-02' })
  })

  it('is nothing where the page says nothing, or no such thing', async () => {
    expect(await metadataOf('')).toEqual(nothing)
    const head = `<meta name="author" content="https://example.org/ada"><meta name="date" content="2019-02-31">
      <meta property="og:image" content="javascript:alert(1)"><meta property="og:title" content="  ">
      <script type="application/ld+json">{"@type": "Article", </script>`
    expect(await metadataOf(head, '<time datetime="tomorrow">soon</time>')).toEqual(nothing)
  })
})
