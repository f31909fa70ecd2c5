import { Readability } from '@mozilla/readability'
import { maxPageTextCharacters, type PageText } from '../../contracts/page.ts'
import { IpcError } from '../../ipc/errors.ts'
import {
  addressOf,
  attributeOf,
  bodyOf,
  contentTypeOf,
  elementCountOf,
  inertCopyOf,
  rootOf,
  titleOf,
} from './dom-access.ts'
import { readMetadata } from './page-metadata.ts'
import { collectSignals } from './page-signals.ts'
import { type CollectedText, collectText, type TextLimits } from './visible-text.ts'

/** The document is a picture, a PDF, or something else without paragraphs. */
export class NotReadableError extends IpcError {
  constructor(contentType: string) {
    super('NOT_READABLE', `This is no page of text but ${describe(contentType)}.`)
  }
}

/** Most paragraphs of one page, as the contract has it. */
const limits: TextLimits = { characters: maxPageTextCharacters, paragraphs: 100_000, nodes: 1_000_000 }

/**
 * Beyond these a document is no article, and Readability, which walks it many times over, would hold the page up. At
 * each of them it took 0.1 to 1.3 s (Chromium 156, one core); at a depth of 2,000 it took 7 s.
 */
const mostElementsForReadability = 20_000
const mostCharactersForReadability = 1_000_000
const mostDepthForReadability = 150

/** With less than this Readability has found a caption or a cookie notice. */
const leastArticleCharacters = 250
/** An article that holds less than this share of what is visible is one of several, on a page that is none. */
const leastArticleShare = 0.08

/**
 * Reads the main content of a document, or all its visible text where there is no article. Runs in the isolated world
 * of a tab; the document is untrusted, is not changed, and can make this fail but not misbehave. Throws
 * NotReadableError for what is not text.
 */
export function readPage(document: Document): PageText {
  const startedMs = performance.now()
  const contentType = contentTypeOf(document)
  const isHtml = contentType === 'text/html' || contentType === 'application/xhtml+xml'
  if (!isHtml && contentType !== 'text/plain') throw new NotReadableError(contentType)
  const root = rootOf(document)
  const body: Node | null = bodyOf(document) ?? root
  const visible = body === null ? nothing : collectVisibleText(body)
  const article = isHtml && isSmallEnough(document, visible) ? readArticle(document) : null
  const isArticle =
    article !== null &&
    article.text.characters >= leastArticleCharacters &&
    article.text.characters >= visible.characters * leastArticleShare
  const text = isArticle ? article.text : visible
  return {
    url: addressOf(document).slice(0, 65_536),
    title: fold(titleOf(document)) ?? fold(article?.title) ?? '',
    declaredLanguage: (root === null ? null : attributeOf(root, 'lang'))?.trim().slice(0, 100) || null,
    metadata: readMetadata(document),
    signals: collectSignals(document, body === null ? 0 : hiddenShare(body, visible)),
    paragraphs: text.paragraphs,
    method: isArticle ? 'readability' : 'visibleText',
    isCut: text.isCut,
    extractionMs: Math.max(0, performance.now() - startedMs),
  }
}

interface Article {
  readonly text: CollectedText
  readonly title: string | null | undefined
}

const nothing: CollectedText = { paragraphs: [], characters: 0, depth: 0, isCut: false }

/** What style lets be seen; all of it where style hides the whole page, as some do until their scripts have run. */
function collectVisibleText(body: Node): CollectedText {
  const visible = collectText(body, limits, true)
  return visible.characters > 0 ? visible : collectText(body, limits, false)
}

function hiddenShare(body: Node, visible: CollectedText): number {
  const { characters } = collectText(body, limits, false)
  return characters === 0 ? 0 : 1 - visible.characters / characters
}

function isSmallEnough(document: Document, visible: CollectedText): boolean {
  return (
    visible.characters <= mostCharactersForReadability &&
    visible.depth <= mostDepthForReadability &&
    elementCountOf(document) <= mostElementsForReadability
  )
}

/** Null where Readability finds nothing, or fails: it was written for pages that mean well. */
function readArticle(document: Document): Article | null {
  try {
    const article = new Readability<Node>(inertCopyOf(document), {
      serializer: node => node,
      maxElemsToParse: mostElementsForReadability,
    }).parse()
    if (!article?.content) return null
    return {
      text: collectText(article.content, limits, false),
      title: article.title,
    }
  } catch {
    return null
  }
}

/** On one line and no longer than the contract allows; null when nothing is left. */
function fold(text: string | null | undefined): string | null {
  const folded = (text ?? '').slice(0, 20_000).replace(/\s+/gu, ' ').trim().slice(0, 2_000)
  return folded === '' ? null : folded
}

function describe(contentType: string): string {
  if (contentType === 'application/pdf') return 'a PDF'
  const kind = kinds[contentType.split('/', 1)[0] ?? '']
  return kind === undefined ? `a file of type ${contentType.slice(0, 100)}` : `${kind} (${contentType})`
}

const kinds: Readonly<Record<string, string>> = { image: 'a picture', video: 'a video', audio: 'a sound' }
