import * as Type from 'typebox'
import Value from 'typebox/value'
import { bundleForPages, ChromiumPages } from './chromium-pages.ts'

/** The blocks of one page as numbers, each with what it is: 1 main content, 0 something else, -1 nobody can say. */
export interface PageRows {
  readonly width: number
  readonly values: Float32Array
  readonly labels: Int8Array
  /** Weight of each block's text. */
  readonly weights: Float32Array
}

const source = `
import { collectBlocks } from 'preload/page-blocks.ts'
import { blockFeatures } from 'preload/content/features.ts'
const limits = { characters: 500_000, blocks: 3_000, nodes: 100_000 }
export const rowsOfPages = pages => pages.map(rowsOfPage)
function rowsOfPage({ html, main, notMain }) {
  // Not shown, for speed: the pages have no style that hides anything.
  const document = new DOMParser().parseFromString(html, 'text/html')
  const page = collectBlocks(document.body, limits, false)
  const { values, width, texts } = blockFeatures(page, document.title, () => false)
  const truths = new Map()
  const learn = (selector, truth) => {
    for (const element of selector === '' ? [] : document.querySelectorAll(selector)) {
      for (const { text } of collectBlocks(element, limits, false).blocks) truths.set(text, truth)
    }
  }
  learn(main, 1)
  learn(notMain, 0)
  learn('[data-truth="1"]', 1)
  learn('[data-truth="?"]', -1)
  const bytes = new Uint8Array(values.buffer)
  let binary = ''
  for (let at = 0; at < bytes.length; at += 30_000) binary += String.fromCharCode(...bytes.subarray(at, at + 30_000))
  return {
    width,
    values: btoa(binary),
    labels: page.blocks.map(({ text }) => truths.get(text) ?? 0),
    weights: texts.map(({ weight }) => weight),
  }
}`

const Answer = Type.Array(
  Type.Object({
    width: Type.Integer(),
    values: Type.String(),
    labels: Type.Array(Type.Integer()),
    weights: Type.Array(Type.Number()),
  }),
)

/** A page, and by which selectors its main content is told; made-up pages mark it themselves. */
export interface LabelledPage {
  readonly html: string
  readonly main: string
  readonly notMain: string
}

const pagesAtOnce = 25

/** Rows of pages in the order of the pages; a page without blocks gives none. */
export async function* readRowsOfPages(pages: Iterable<LabelledPage>): AsyncGenerator<PageRows> {
  await using chromium = await ChromiumPages.open(await bundleForPages(source))
  const read = async (some: readonly LabelledPage[]): Promise<PageRows[]> => {
    const call = `reader.rowsOfPages(${JSON.stringify(some)})`
    const answer = Value.Parse(Answer, await chromium.evaluate({ url: '', html: '' }, call))
    return answer
      .filter(({ labels }) => labels.length > 0)
      .map(({ width, values, labels, weights }) => {
        const bytes = Uint8Array.from(Buffer.from(values, 'base64'))
        return {
          width,
          values: new Float32Array(bytes.buffer, 0, bytes.length / 4),
          labels: Int8Array.from(labels),
          weights: Float32Array.from(weights),
        }
      })
  }
  let waiting: LabelledPage[] = []
  for (const page of pages) {
    waiting.push(page)
    if (waiting.length < pagesAtOnce) continue
    yield* await read(waiting)
    waiting = []
  }
  yield* await read(waiting)
}
