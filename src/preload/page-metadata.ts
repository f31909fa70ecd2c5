import type { PageMetadata } from '../../contracts/page.ts'
import { attributeOf, elementsIn } from './dom-access.ts'

/** What a page says about its main content. */
export function readMetadata(document: Document): PageMetadata {
  return {
    title: lineOf(document, 'meta[property="og:title" i]'),
    author: lineOf(document, 'meta[name=author i]'),
    publishedAt: null,
    siteName: lineOf(document, 'meta[property="og:site_name" i]'),
    imageUrl: null,
    description: lineOf(document, 'meta[name=description i]'),
  }
}

function lineOf(document: Document, selector: string): string | null {
  const [element] = elementsIn(document, selector, 1)
  const text = element === undefined ? null : attributeOf(element, 'content')
  return text?.slice(0, 20_000).replace(/\s+/gu, ' ').trim().slice(0, 2_000) || null
}
