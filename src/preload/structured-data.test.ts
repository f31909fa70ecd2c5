import { describe, expect, it } from 'vitest'
import { readStructuredData } from './structured-data.ts'

const read = (...things: unknown[]) => readStructuredData(things.map(thing => JSON.stringify(thing)))

describe('JSON-LD', () => {
  it('tells title, authors, date, site and picture of an article', () => {
    expect(
      read({
        '@context': 'https://schema.org',
        '@type': 'NewsArticle',
        headline: 'A river',
        author: [{ '@type': 'Person', name: 'Ada Boatwright' }, { name: 'Ida Holm' }],
        datePublished: '2019-07-04',
        publisher: { '@type': 'Organization', name: 'Rivers' },
        image: [{ '@type': 'ImageObject', url: 'https://example.org/a.png' }],
        description: 'It rises in the hills.',
      }),
    ).toEqual({
      title: 'A river',
      author: 'Ada Boatwright, Ida Holm',
      publishedAt: '2019-07-04',
      siteName: 'Rivers',
      image: 'https://example.org/a.png',
      description: 'It rises in the hills.',
    })
  })

  it('follows references inside of a graph, and prefers the article to the page and its parts', () => {
    expect(
      read({
        '@graph': [
          { '@type': 'WebSite', '@id': '#site', name: 'Rivers' },
          { '@type': 'BreadcrumbList', name: 'Crumbs' },
          { '@type': 'WebPage', name: 'A river - Rivers', datePublished: '2001-01-01' },
          {
            '@type': 'https://schema.org/BlogPosting',
            headline: 'A river',
            author: { '@id': '#ada' },
            datePublished: '2019-07-04',
          },
          { '@type': 'Person', '@id': '#ada', name: 'Ada Boatwright' },
        ],
      }),
    ).toMatchObject({
      title: 'A river',
      author: 'Ada Boatwright',
      publishedAt: '2019-07-04',
      siteName: 'Rivers',
    })
  })

  it('does not take a related article for the page', () => {
    const page = { '@type': 'WebPage', relatedLink: [{ '@type': 'NewsArticle', headline: 'Another river' }] }
    expect(read(page).title).toBeUndefined()
  })

  it('bears what is no JSON, refers to itself, or is another shape', () => {
    for (const script of [
      '',
      '{',
      'null',
      '[]',
      '"text"',
      '{"@type":7}',
      '[[[[{}]]]]',
      '['.repeat(100_000),
    ]) {
      expect(readStructuredData([script]).title).toBeUndefined()
    }
    const circle = {
      '@graph': [{ '@type': 'Article', '@id': '#a', author: { '@id': '#a' }, image: { '@id': '#a' } }],
    }
    expect(read(circle).author).toBeUndefined()
    expect(read(Array.from({ length: 5_000 }, () => ({ '@type': 'Thing' }))).title).toBeUndefined()
  })
})
