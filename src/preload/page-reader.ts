import { Readability } from '@mozilla/readability'
import { maxPageTextCharacters, type PageText } from '../../contracts/page.ts'
import { IpcError } from '../../ipc/errors.ts'
import { findMainContent } from './content/main-content.ts'
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
import { type BlockLimits, collectBlocks, type PageBlocks } from './page-blocks.ts'
import { readMetadata } from './page-metadata.ts'
import { collectSignals } from './page-signals.ts'

/** The document is a picture, a PDF, or something else without paragraphs. */
export class NotReadableError extends IpcError {
  constructor(contentType: string) {
    super('NOT_READABLE', `This is no page of text but ${describe(contentType)}.`)
  }
}

/** So long a page is walked over, and what was met by then is its text. */
const patienceForWalkMs = 1_500
/** So long after its reading began the model may go on; then it is a page for nobody's patience. */
const patienceForModelMs = 1_000

/** Most paragraphs of one page, as the contract has it. */
const limits: BlockLimits = { characters: maxPageTextCharacters, blocks: 100_000, nodes: 500_000 }

/** Beyond these a page is not for the model, which would hold it up for longer than people wait. */
const mostBlocksForModel = 20_000
const mostNodesForModel = 200_000
/** With less confidence Readability is asked. */
const leastConfidence = 0.6

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
  const isLateFor = (patienceMs: number) => () => performance.now() - startedMs > patienceMs
  const visible = body === null ? nothing : collectVisibleBlocks(body, isLateFor(patienceForWalkMs))
  const title = fold(titleOf(document)) ?? ''
  const found = isHtml ? findArticle(document, visible, title, isLateFor(patienceForModelMs)) : null
  const { method, paragraphs } = found ?? {
    method: 'visibleText',
    paragraphs: visible.blocks.map(block => block.text),
  }
  return {
    url: addressOf(document).slice(0, 65_536),
    title,
    declaredLanguage: (root === null ? null : attributeOf(root, 'lang'))?.trim().slice(0, 100) || null,
    metadata: readMetadata(document, Date.now()),
    signals: collectSignals(document, hiddenShare(visible)),
    paragraphs,
    method,
    isCut: visible.isCut,
    extractionMs: Math.max(0, performance.now() - startedMs),
  }
}

const nothing: PageBlocks = {
  blocks: [],
  containers: [],
  characters: 0,
  hiddenCharacters: 0,
  depth: 0,
  nodes: 0,
  isCut: false,
}

/** What style lets be seen; all of it where style hides the whole page, as some do until their scripts have run. */
function collectVisibleBlocks(body: Node, isLate: () => boolean): PageBlocks {
  const visible = collectBlocks(body, { ...limits, isLate }, true)
  return visible.characters > 0 ? visible : collectBlocks(body, { ...limits, isLate }, false)
}

function hiddenShare({ characters, hiddenCharacters }: PageBlocks): number {
  return hiddenCharacters === 0 ? 0 : hiddenCharacters / (characters + hiddenCharacters)
}

interface Article {
  readonly method: PageText['method']
  readonly paragraphs: string[]
}

/** By the model; by Readability where the model is unsure; null where neither finds an article. */
function findArticle(
  document: Document,
  visible: PageBlocks,
  title: string,
  isLate: () => boolean,
): Article | null {
  if (visible.isCut || visible.nodes > mostNodesForModel || visible.blocks.length > mostBlocksForModel)
    return null
  const least = Math.max(leastArticleCharacters, visible.characters * leastArticleShare)
  const content = findMainContent(visible, title, isLate)
  if (content === null) return null
  if (content.characters >= least && content.confidence >= leastConfidence) {
    return { method: 'model', paragraphs: content.paragraphs }
  }
  const article = isSmallEnough(document, visible) ? readArticle(document) : null
  if (article === null || article.characters < least) return null
  return { method: 'readability', paragraphs: article.blocks.map(block => block.text) }
}

function isSmallEnough(document: Document, visible: PageBlocks): boolean {
  return (
    visible.characters <= mostCharactersForReadability &&
    visible.depth <= mostDepthForReadability &&
    elementCountOf(document) <= mostElementsForReadability
  )
}

/** Null where Readability finds nothing, or fails: it was written for pages that mean well. */
function readArticle(document: Document): PageBlocks | null {
  try {
    const article = new Readability<Node>(inertCopyOf(document), {
      serializer: node => node,
      maxElemsToParse: mostElementsForReadability,
    }).parse()
    return article?.content ? collectBlocks(article.content, limits, false) : null
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
