import { type Browser, type BrowserContext, type CDPSession, chromium, type Page } from 'playwright-core'
import { build } from 'vite'

const folder = new URL('../../../src/preload/', import.meta.url).pathname

/**
 * Code for pages, from source of a module whose imports from `preload/` mean the tab's preload: the reader that people
 * get, bundled as it is for them. What the module exports stands in the global `reader`.
 */
export async function bundleForPages(source: string): Promise<string> {
  const name = `${folder}page-entry-source.ts`
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    publicDir: false,
    plugins: [
      {
        name: 'entry',
        enforce: 'pre',
        resolveId: id => {
          if (id.endsWith('page-entry')) return name
          return id.startsWith('preload/') ? `${folder}${id.slice('preload/'.length)}` : null
        },
        load: id => (id === name ? source : null),
      },
    ],
    build: {
      write: false,
      minify: false,
      target: 'chrome140',
      lib: { entry: 'page-entry', formats: ['iife'], name: 'reader' },
    },
  })
  const [result] = Array.isArray(built) ? built : [built]
  if (result === undefined || !('output' in result)) throw new Error('The reader was not built')
  return result.output[0].code
}

/** Nothing that a page asks for is fetched, nor is it asked for: each refusal would cost a message to Chromium. */
const headers = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'",
}

/** A page to look at, without any network: nothing else is fetched, and its scripts do not run. */
export interface StoredPage {
  readonly url: string
  readonly html: string
}

const patienceMs = 20_000

/** Shows stored pages in one Chromium, and runs code on them in an isolated world, as a preload is run. */
export class ChromiumPages implements AsyncDisposable {
  readonly #browser: Browser
  readonly #context: BrowserContext
  readonly #code: string
  #page: Page
  #session: CDPSession
  /** Given out once: a page that leads elsewhere by itself stays where it is. */
  #next: string | null = null

  private constructor(
    browser: Browser,
    context: BrowserContext,
    page: Page,
    session: CDPSession,
    code: string,
  ) {
    this.#browser = browser
    this.#context = context
    this.#page = page
    this.#session = session
    this.#code = code
  }

  static async open(code: string, executablePath = '/usr/bin/chromium'): Promise<ChromiumPages> {
    const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
    const context = await browser.newContext({ javaScriptEnabled: false })
    const page = await context.newPage()
    const pages = new ChromiumPages(browser, context, page, await context.newCDPSession(page), code)
    await context.route('**/*', route => {
      const request = route.request()
      const body = pages.#next
      if (!request.isNavigationRequest() || request.frame().parentFrame() !== null || body === null) {
        return route.abort()
      }
      pages.#next = null
      return route.fulfill({ headers, body })
    })
    return pages
  }

  /** Shows a page, laid out, and answers what an expression is there. Rejects when the page or the code fails. */
  async evaluate(stored: StoredPage, expression: string): Promise<unknown> {
    const url = /^https?:\/\//.test(stored.url) ? stored.url : 'http://page.test/'
    const show = async (waitUntil: 'commit' | 'domcontentloaded'): Promise<void> => {
      this.#next = stored.html
      await this.#page.goto(url, { waitUntil, timeout: patienceMs })
    }
    try {
      await show('domcontentloaded')
      return await this.#run(expression)
    } catch {
      // A page that goes on loading is left behind with its tab, and tried once more.
      await this.#page.close()
      this.#page = await this.#context.newPage()
      this.#session = await this.#context.newCDPSession(this.#page)
      await show('commit')
      await this.#page.waitForTimeout(1_000)
      return await this.#run(expression)
    }
  }

  async #run(expression: string): Promise<unknown> {
    const { frameTree } = await this.#session.send('Page.getFrameTree')
    const { executionContextId } = await this.#session.send('Page.createIsolatedWorld', {
      frameId: frameTree.frame.id,
    })
    const { result, exceptionDetails } = await this.#session.send('Runtime.evaluate', {
      expression: `document.documentElement.offsetHeight; ${this.#code}; ${expression}`,
      contextId: executionContextId,
      returnByValue: true,
    })
    if (exceptionDetails !== undefined) {
      throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text)
    }
    return result.value
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#browser.close()
  }
}
