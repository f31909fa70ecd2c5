import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Browser, chromium, type Page } from '@playwright/test'
import { build } from 'vite'
import { type FolderServer, serveFolder } from '../../renderer/dev/serve.ts'
import './workbench.ts'

export interface OpenOptions {
  readonly graphics?: 'webgl2' | 'software' | 'automatic'
  readonly theme?: 'light' | 'dark'
  readonly width?: number
  readonly height?: number
}

/** What Chromium says by itself: of pixels that are read back, which tests do, and of WebGPU without an adapter. */
const expectedComplaint = /GPU stall due to ReadPixels|404|No available adapters|CONTEXT_LOST_WEBGL/

/** The compositor's page as it is built, in Chromium, under the product's policy, with a made-up controller. For tests. */
export class CompositorUnderTest implements AsyncDisposable {
  readonly page: Page
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
      if (!expectedComplaint.test(message.text())) this.complaints.push(message.text())
    })
    page.on('pageerror', error => this.complaints.push(error.message))
  }

  /** `isMoving` for whoever measures movements; they take no time otherwise. */
  static async start(isMoving = false): Promise<CompositorUnderTest> {
    const folder = await mkdtemp(path.join(tmpdir(), 'nexus-compositor-'))
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
    const context = await browser.newContext({ reducedMotion: isMoving ? 'no-preference' : 'reduce' })
    return new CompositorUnderTest(folder, server, browser, await context.newPage())
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#browser.close()
    await this.#server[Symbol.asyncDispose]()
    await rm(this.#folder, { recursive: true, force: true })
  }

  /** Loads the page anew, with nothing open. */
  async load({
    graphics = 'webgl2',
    theme = 'light',
    width = 1_000,
    height = 700,
  }: OpenOptions = {}): Promise<void> {
    await this.page.setViewportSize({ width, height })
    this.complaints = []
    await this.page.goto(`${this.#server.origin}/?${new URLSearchParams({ graphics, theme })}`)
    await this.page.waitForFunction(() => window.workbench !== undefined)
  }

  /** The overview with these tabs, standing and with all pictures. */
  async open(tabs: number | 'design', options: OpenOptions = {}): Promise<void> {
    await this.load(options)
    await this.page.evaluate(count => window.workbench.show(count), tabs)
    await this.settled()
  }

  /** Payloads of what the compositor announced under a name. */
  events(name: string): Promise<unknown[]> {
    return this.page.evaluate(
      wanted => window.workbench.events.filter(event => event.name === wanted).map(event => event.payload),
      name,
    )
  }

  /** Two frames later everything that was asked for is drawn. */
  async settled(): Promise<void> {
    await this.page.evaluate(
      () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))),
    )
  }

  /** The name of the option that has the focus. */
  focused(): Promise<string | null | undefined> {
    return this.page.evaluate(() => document.activeElement?.getAttribute('aria-label'))
  }
}
