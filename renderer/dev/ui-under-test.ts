import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Browser, chromium, type Locator, type Page } from '@playwright/test'
import { build } from 'vite'
import type { BrowserMethod } from '../system/browser-link.ts'
import type { Crowd } from './fixtures/crowds.ts'
import { type FolderServer, serveFolder } from './serve.ts'

/** The whole UI as it is built, in Chromium, under the product's policy, on made-up data. For tests. */
export class UiUnderTest implements AsyncDisposable {
  readonly page: Page
  /** What the console has said since the page was opened; a refusal by the policy shows here. */
  complaints: string[] = []
  readonly #folder: string
  readonly #server: FolderServer
  readonly #browser: Browser

  private constructor(folder: string, server: FolderServer, browser: Browser, page: Page) {
    this.#folder = folder
    this.#server = server
    this.#browser = browser
    this.page = page
    page.on('console', message => {
      // the browser looks for an icon of the page by itself
      if (!message.location().url.endsWith('/favicon.ico')) this.complaints.push(message.text())
    })
    page.on('pageerror', error => this.complaints.push(error.message))
  }

  /** Builds with whatever NODE_ENV says; React wants "production" here. */
  static async start(): Promise<UiUnderTest> {
    const folder = await mkdtemp(path.join(tmpdir(), 'nexus-chrome-'))
    await build({
      configFile: path.join(import.meta.dirname, 'vite.config.mts'),
      logLevel: 'error',
      build: { outDir: folder, emptyOutDir: true },
    })
    const server = await serveFolder(folder)
    const browser = await chromium.launch({
      executablePath: process.env.NEXUS_CHROMIUM ?? '/usr/bin/chromium',
      // Chromium refuses to run sandboxed as root; the page under test is our own
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    })
    const context = await browser.newContext({ reducedMotion: 'reduce' })
    return new UiUnderTest(folder, server, browser, await context.newPage())
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#browser.close()
    await this.#server[Symbol.asyncDispose]()
    await rm(this.#folder, { recursive: true, force: true })
  }

  /** Shows a fixture, with everything as at the start. */
  async open(
    fixture: string,
    options: {
      readonly theme?: string
      readonly link?: 'port' | 'remote'
      readonly width?: number
      readonly crowd?: Crowd
    } = {},
  ): Promise<void> {
    await this.page.setViewportSize({ width: options.width ?? 1280, height: 800 })
    const query = new URLSearchParams({
      fixture,
      theme: options.theme ?? 'light',
      link: options.link ?? '',
      crowd: options.crowd ?? 'few',
    })
    this.complaints = []
    await this.page.goto(`${this.#server.origin}/?${query}`)
    await this.page.getByRole('toolbar').waitFor()
  }

  /** The arguments of all calls of one method, oldest first. */
  calls(method: BrowserMethod): Promise<unknown[]> {
    return this.page.evaluate(
      wanted => window.fixture.calls.filter(call => call.method === wanted).map(call => call.args),
      method,
    )
  }

  press(keys: string): Promise<void> {
    return this.page.keyboard.press(keys)
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name })
  }

  address(): Locator {
    return this.page.getByRole('combobox', { name: 'Address and search' })
  }

  /** Types into the omnibox and waits for the suggestions. */
  async typeAddress(text: string): Promise<void> {
    await this.press('Control+l')
    await this.page.keyboard.type(text)
    await this.page.getByRole('listbox', { name: 'Suggestions' }).waitFor()
  }

  selectedText(): Promise<string | undefined> {
    return this.page.evaluate(() => getSelection()?.toString())
  }

  focusedName(): Promise<string | null | undefined> {
    return this.page.evaluate(
      () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent,
    )
  }

  /** Two frames later, everything that follows from a change of the layout has been told. */
  async settled(): Promise<void> {
    await this.page.evaluate(
      () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))),
    )
  }

  async openProcesses(): Promise<void> {
    await this.open('page')
    await this.press('Shift+Escape')
    await this.page.getByRole('treegrid', { name: 'Processes' }).waitFor()
  }

  /** The message view of the process panel. */
  async openMessages(options: Parameters<UiUnderTest['open']>[1] = {}): Promise<void> {
    await this.open('page', options)
    await this.press('Shift+Escape')
    await this.page.getByRole('radio', { name: /^Messages/ }).check({ force: true })
  }
}
