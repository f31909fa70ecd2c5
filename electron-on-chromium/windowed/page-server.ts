import { randomBytes, timingSafeEqual } from 'node:crypto'
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
  /** The address of the page: no secret, as the command line and the window's class show it to others. */
  readonly pageUrl: string
  /** A part of `pageUrl` that no other window has. */
  readonly windowKey: string
  /** The address of the frames: a secret, to be told to the page only. */
  readonly framesUrl: string
  /** Sends one record; false when the page is not listening (yet). */
  write(record: readonly Uint8Array[]): boolean
  /** Called each time a page begins to listen for frames; there is one such listener. */
  onOpened(listener: () => void): void
}

interface Slot {
  readonly secret: string
  response: http.ServerResponse | null
  opened: () => void
}

/**
 * Serves the compositor page and the frames on the loopback interface. The page is no secret; the frames of a
 * window are, and their address is told to its page alone, so that other users of the machine see nothing.
 */
export class PageServer implements AsyncDisposable {
  readonly #server: http.Server
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

  /** Makes room for a window. */
  addWindow(): FrameOutlet {
    const windowKey = `window-${randomBytes(6).toString('hex')}`
    const slot: Slot = { secret: randomBytes(24).toString('base64url'), response: null, opened: () => {} }
    this.#slots.set(windowKey, slot)
    const pageUrl = `${this.#origin}/${windowKey}`
    return {
      pageUrl,
      windowKey,
      framesUrl: `${pageUrl}/${slot.secret}`,
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
    const [, area = '', ...rest] = new URL(request.url ?? '/', this.#origin).pathname.split('/')
    const slot = this.#slots.get(area)
    // A page of some website whose name leads to this machine comes with its own name.
    if (`http://${request.headers.host}` !== this.#origin) response.writeHead(404).end()
    else if (slot && rest.length === 0) answer(response, 'text/html', pageHtml)
    else if (slot && rest.length === 1 && isSame(rest[0] ?? '', slot.secret)) this.#openFrames(slot, response)
    else if (area === 'source' && servedFiles.has(rest.join('/')))
      answer(response, 'text/javascript', this.#script(rest.join('/')))
    else response.writeHead(404).end()
  }

  #openFrames(slot: Slot, response: http.ServerResponse): void {
    response.writeHead(200, { 'content-type': 'application/octet-stream', 'cache-control': 'no-store' })
    response.flushHeaders()
    slot.response = response
    slot.opened()
  }

  #script(file: string): string {
    const known = this.#scripts.get(file)
    if (known !== undefined) return known
    const script = stripTypeScriptTypes(readFileSync(path.join(sourceRoot, file), 'utf8'))
    this.#scripts.set(file, script)
    return script
  }
}

function answer(response: http.ServerResponse, type: string, text: string): void {
  response.writeHead(200, { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store' })
  response.end(text)
}

function isSame(given: string, secret: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(secret)]
  return a.length === b.length && timingSafeEqual(a, b)
}
