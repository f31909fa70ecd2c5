import { type Browser, chromium, type Page } from 'playwright-core'
import { build } from 'vite'

/** Pages of a test in a real Chromium, with code of ours in a world of its own, as a tab's preload is. */
export interface IsolatedPages extends AsyncDisposable {
  readonly page: Page
  /** Shows a page and loads the code beside it. */
  show(html: string): Promise<IsolatedPage>
  /** Loads the code beside the page that is shown now; expressions see what the code exports as `code`. */
  here(): Promise<IsolatedPage>
}

export interface IsolatedPage {
  /** In our world. */
  ours(expression: string): Promise<unknown>
  /** In the world of the page's own scripts. */
  theirs(expression: string): Promise<unknown>
}

/** Bundles one file for the browser and starts Chromium. */
export async function openIsolatedPages(entry: URL): Promise<IsolatedPages> {
  const code = await bundle(entry.pathname)
  const browser: Browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox'],
  })
  const page = await browser.newPage()
  const session = await page.context().newCDPSession(page)
  const here = async (): Promise<IsolatedPage> => {
    const { frameTree } = await session.send('Page.getFrameTree')
    const { executionContextId } = await session.send('Page.createIsolatedWorld', {
      frameId: frameTree.frame.id,
    })
    const ours = async (expression: string): Promise<unknown> => {
      const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
        expression,
        contextId: executionContextId,
        returnByValue: true,
      })
      if (exceptionDetails !== undefined)
        throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text)
      return result.value
    }
    await ours(`globalThis.code = (() => { ${code}; return code })(); 0`)
    return { ours, theirs: expression => page.evaluate(expression) }
  }
  return {
    page,
    here,
    async show(html) {
      await page.goto('about:blank')
      await page.setContent(html)
      return await here()
    },
    async [Symbol.asyncDispose]() {
      await browser.close()
    },
  }
}

async function bundle(entry: string): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    publicDir: false,
    build: {
      write: false,
      minify: false,
      target: 'chrome140',
      lib: { entry, formats: ['iife'], name: 'code' },
    },
  })
  const [result] = Array.isArray(built) ? built : [built]
  if (result === undefined || !('output' in result)) throw new Error(`${entry} was not built`)
  return result.output[0].code
}
