import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import http from 'node:http'
import { stripTypeScriptTypes } from 'node:module'
import type { AddressInfo } from 'node:net'
import path from 'node:path'

const sourceRoot = path.resolve(import.meta.dirname, '..')

/** What the compositor page is made of; nothing else of the disk can be asked for. */
const servedFiles = new Set([
  'page/compositor/bridge.ts',
  'page/compositor/frames.worker.ts',
  'page/compositor/keyboard.ts',
  'page/compositor/layers.ts',
  'page/compositor/main.ts',
  'page/compositor/modifiers.ts',
  'page/compositor/mouse.ts',
  'page/compositor/popup.ts',
  'windowed/wire.ts',
])

const pageHtml = readFileSync(path.join(sourceRoot, 'page/compositor/index.html'), 'utf8')

/** The frames of one window on their way to its page. */
export interface FrameOutlet extends Disposable {
  /** The address of the page. */
  readonly url: string
  /** Sends one record; false when the page is not listening (yet). */
  write(record: readonly Uint8Array[]): boolean
  /** Called each time a page begins to listen for frames; there is one such listener. */
  onOpened(listener: () => void): void
}

interface Slot {
  response: http.ServerResponse | null
  opened: () => void
}

/**
 * Serves the compositor page and its frames on the loopback interface. Every address begins with a secret
 * that only the page's own Chromium is told, so that other users of the machine see nothing.
 */
export class PageServer implements AsyncDisposable {
  readonly #server: http.Server
  readonly #secret = randomBytes(24).toString('base64url')
  readonly #slots = new Map<string, Slot>()
  readonly #scripts = new Map<string, string>()
  #origin = ''

  private constructor() {
    this.#server = http.createServer((request, response) => this.#answer(request, response))
    this.#server.on('connection', socket => socket.setNoDelay(true))
  }

  static async listen(): Promise<PageServer> {
    const server = new PageServer()
    await new Promise<void>((resolve, reject) => {
      server.#server.once('error', reject)
      server.#server.listen(0, '127.0.0.1', resolve)
    })
    // The windows keep the process alive, not the server behind them.
    server.#server.unref()
    const { port } = server.#server.address() as AddressInfo
    server.#origin = `http://127.0.0.1:${port}`
    return server
  }

  get origin(): string {
    return this.#origin
  }

  /** Makes room for a window. */
  addWindow(windowKey: string): FrameOutlet {
    const slot: Slot = { response: null, opened: () => {} }
    this.#slots.set(windowKey, slot)
    return {
      url: `${this.#origin}/${this.#secret}/window/${windowKey}/`,
      write: record => {
        const { response } = slot
        if (!response || response.destroyed) return false
        response.cork()
        for (const part of record) response.write(part)
        response.uncork()
        return true
      },
      onOpened: listener => {
        slot.opened = listener
      },
      [Symbol.dispose]: () => {
        slot.response?.end()
        this.#slots.delete(windowKey)
      },
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = new Promise<void>(resolve => this.#server.close(() => resolve()))
    this.#server.closeAllConnections()
    await closed
  }

  #answer(request: http.IncomingMessage, response: http.ServerResponse): void {
    const [, secret, area, ...rest] = new URL(request.url ?? '/', this.#origin).pathname.split('/')
    // A page of some website that guesses the port has another host or no secret.
    if (secret !== this.#secret || `http://${request.headers.host}` !== this.#origin) {
      response.writeHead(404).end()
      return
    }
    switch (area) {
      case 'window':
        this.#answerWindow(rest, response)
        return
      case 'source':
        this.#answerSource(rest.join('/'), response)
        return
      default:
        response.writeHead(404).end()
    }
  }

  #answerWindow([windowKey = '', part = '']: readonly string[], response: http.ServerResponse): void {
    const slot = this.#slots.get(windowKey)
    if (!slot) response.writeHead(404).end()
    else if (part === 'frames') {
      response.writeHead(200, { 'content-type': 'application/octet-stream', 'cache-control': 'no-store' })
      response.flushHeaders()
      slot.response = response
      slot.opened()
    } else {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' })
      response.end(pageHtml.replace('SOURCE', `/${this.#secret}/source`))
    }
  }

  #answerSource(file: string, response: http.ServerResponse): void {
    if (!servedFiles.has(file)) {
      response.writeHead(404).end()
      return
    }
    response.writeHead(200, { 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'no-store' })
    response.end(this.#script(file))
  }

  #script(file: string): string {
    const known = this.#scripts.get(file)
    if (known !== undefined) return known
    const script = stripTypeScriptTypes(readFileSync(path.join(sourceRoot, file), 'utf8'))
    this.#scripts.set(file, script)
    return script
  }
}
