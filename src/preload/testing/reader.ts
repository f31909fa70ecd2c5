import { type Browser, type CDPSession, chromium, type Page } from 'playwright-core'
import Value from 'typebox/value'
import { build } from 'vite'
import { PageText } from '../../../contracts/page.ts'

/** The tab's reader in a real Chromium. */
export class Reader implements AsyncDisposable {
  readonly #browser: Browser
  readonly page: Page
  readonly #code: string

  private constructor(browser: Browser, page: Page, code: string) {
    this.#browser = browser
    this.page = page
    this.#code = code
  }

  static async open(): Promise<Reader> {
    const code = await bundleReader()
    const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
    return new Reader(browser, await browser.newPage(), code)
  }

  /** Reads the document that is shown now, and holds the answer against the contract. */
  async read(): Promise<PageText> {
    return Value.Parse(PageText, await this.evaluate('reader.readPage(document)'))
  }

  /** Evaluates in a world of its own beside the page's, as a tab's preload is: the DOM is shared, prototypes are not. */
  async evaluate(expression: string): Promise<unknown> {
    const session: CDPSession = await this.page.context().newCDPSession(this.page)
    const { frameTree } = await session.send('Page.getFrameTree')
    const { executionContextId } = await session.send('Page.createIsolatedWorld', {
      frameId: frameTree.frame.id,
    })
    const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
      expression: `${this.#code}; ${expression}`,
      contextId: executionContextId,
      returnByValue: true,
    })
    await session.detach()
    if (exceptionDetails !== undefined)
      throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text)
    return result.value
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#browser.close()
  }
}

async function bundleReader(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    publicDir: false,
    build: {
      write: false,
      minify: false,
      target: 'chrome140',
      lib: {
        entry: new URL('../page-reader.ts', import.meta.url).pathname,
        formats: ['iife'],
        name: 'reader',
      },
    },
  })
  const [result] = Array.isArray(built) ? built : [built]
  if (result === undefined || !('output' in result)) throw new Error('The reader was not built')
  return result.output[0].code
}
