import type { Page } from 'playwright-core'
import Value from 'typebox/value'
import { PageText } from '../../../contracts/page.ts'
import { type IsolatedPages, openIsolatedPages } from './isolated-page.ts'

/** The tab's reader in a real Chromium. */
export class Reader implements AsyncDisposable {
  readonly #pages: IsolatedPages

  private constructor(pages: IsolatedPages) {
    this.#pages = pages
  }

  static async open(): Promise<Reader> {
    return new Reader(await openIsolatedPages(new URL('../page-reader.ts', import.meta.url)))
  }

  get page(): Page {
    return this.#pages.page
  }

  /** Reads the document that is shown now, and holds the answer against the contract. */
  async read(): Promise<PageText> {
    return Value.Parse(PageText, await this.evaluate('code.readPage(document)'))
  }

  /** Evaluates in a new world beside the page's, as a tab's preload has one; the reader is there as `code`. */
  async evaluate(expression: string): Promise<unknown> {
    const { ours } = await this.#pages.here()
    return await ours(expression)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#pages[Symbol.asyncDispose]()
  }
}
