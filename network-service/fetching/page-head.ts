import { Parser } from 'htmlparser2'
import type { LinkPreview } from '../../contracts/fetching.ts'

/** What a page says of itself in its head. */
type Head = Omit<LinkPreview, 'url'>

/** Characters of a head that are looked at. */
const mostCharacters = 512 * 1024
const mostLine = 500

/** Names of `<meta>` in order of preference (Open Graph, Twitter cards, plain HTML). */
const sources = {
  title: ['og:title', 'twitter:title'],
  description: ['og:description', 'twitter:description', 'description'],
  siteName: ['og:site_name', 'application-name'],
  imageUrl: ['og:image:secure_url', 'og:image:url', 'og:image', 'twitter:image', 'twitter:image:src'],
} as const

/**
 * Reads the head of a page with a parser that only takes apart: nothing is run, loaded or laid out. Every word is the
 * page's own claim, given as plain text.
 */
export function readPageHead(html: string, url: string): Head {
  const metas = new Map<string, string>()
  let title = ''
  let isInTitle = false
  let isOver = false
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (name === 'body') isOver = true
        if (isOver) return
        if (name === 'title' && title === '') isInTitle = true
        if (name !== 'meta') return
        const key = (attributes.property ?? attributes.name ?? '').toLowerCase()
        const content = attributes.content ?? ''
        if (key !== '' && content.trim() !== '' && !metas.has(key)) metas.set(key, content)
      },
      ontext(text) {
        if (isInTitle && !isOver && title.length < mostLine * 4) title += text
      },
      onclosetag(name) {
        if (name === 'title') isInTitle = false
        if (name === 'head') isOver = true
      },
    },
    { decodeEntities: true },
  )
  // In pieces, so that what follows the head costs nothing.
  for (let at = 0; at < Math.min(html.length, mostCharacters) && !isOver; at += 4_096) {
    parser.write(html.slice(at, Math.min(at + 4_096, mostCharacters)))
  }
  parser.end()
  const find = (names: readonly string[]): string | null =>
    names.map(name => lineOf(metas.get(name) ?? '')).find(line => line !== null) ?? null
  return {
    title: find(sources.title) ?? lineOf(title),
    description: find(sources.description),
    siteName: find(sources.siteName),
    imageUrl: addressOf(find(sources.imageUrl), url),
  }
}

/** One line without control characters, shortened; null when nothing is left. */
function lineOf(text: string): string | null {
  const line = text
    .slice(0, mostLine * 8)
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  if (line === '') return null
  return line.length <= mostLine ? line : `${line.slice(0, mostLine - 1).toWellFormed()}…`
}

function addressOf(text: string | null, base: string): string | null {
  const url = text === null ? null : URL.parse(text, base)
  return url !== null && (url.protocol === 'http:' || url.protocol === 'https:') ? url.href : null
}

/** Decodes a page by what its header, its first bytes or its own head say; UTF-8 otherwise. */
export function decodePage(bytes: Uint8Array, contentTypeHeader: string): string {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 1_024))
  const label =
    byteOrderMark(bytes) ??
    /charset\s*=\s*["']?([\w:.-]+)/i.exec(contentTypeHeader)?.[1] ??
    /<meta[^>]+charset\s*=\s*["']?([\w:.-]+)/i.exec(start)?.[1] ??
    'utf-8'
  try {
    return new TextDecoder(label).decode(bytes)
  } catch {
    return new TextDecoder().decode(bytes)
  }
}

function byteOrderMark(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  return null
}
