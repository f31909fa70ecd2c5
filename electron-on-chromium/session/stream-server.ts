import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { HeaderEntry } from './request-interceptor.ts'

/** A response whose body is still coming. */
interface StreamedAnswer {
  readonly status: number
  readonly statusText: string
  readonly headers: readonly HeaderEntry[]
  readonly body: AsyncIterable<Uint8Array>
}

/** Chromium opens six connections to an address at most, and a stream keeps one: so there are several addresses. */
const addresses = Array.from({ length: 16 }, (_, index) => `127.0.0.${index + 10}`)

/**
 * Hands responses to Chromium piece by piece, which DevTools cannot: a held request is sent on to a server of ours on
 * the loopback interface, unseen by the page, where its answer waits under a secret name that works once.
 */
export class StreamServer implements Disposable {
  readonly #servers = new Map<string, Promise<{ server: Server; port: number }>>()
  readonly #waiting = new Map<string, StreamedAnswer>()
  #offerCount = 0

  /** Resolves with the URL under which Chromium can fetch the answer. */
  async offer(answer: StreamedAnswer): Promise<string> {
    const address = addresses[this.#offerCount++ % addresses.length] ?? '127.0.0.1'
    let listening = this.#servers.get(address)
    if (!listening) {
      listening = this.#listen(address)
      this.#servers.set(address, listening)
    }
    const { port } = await listening
    const name = `/${randomBytes(24).toString('base64url')}`
    this.#waiting.set(name, answer)
    return `http://${address}:${port}${name}`
  }

  [Symbol.dispose](): void {
    for (const listening of this.#servers.values())
      listening.then(
        ({ server }) => {
          server.closeAllConnections()
          server.close()
        },
        () => {},
      )
    this.#servers.clear()
    this.#waiting.clear()
  }

  #listen(address: string): Promise<{ server: Server; port: number }> {
    return new Promise((resolve, reject) => {
      const server = createServer((request, response) => void this.#serve(request, response))
      server.once('error', reject)
      server.listen(0, address, () => {
        // The application may end while a server waits.
        server.unref()
        resolve({ server, port: (server.address() as AddressInfo).port })
      })
    })
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const name = request.url ?? ''
    const answer = this.#waiting.get(name)
    if (!answer) {
      response.writeHead(404).end()
      return
    }
    this.#waiting.delete(name)
    try {
      response.writeHead(
        answer.status,
        answer.statusText || undefined,
        answer.headers.flatMap(({ name, value }) => [name, value]),
      )
      response.flushHeaders()
      for await (const chunk of answer.body) {
        if (response.destroyed) break
        if (!response.write(chunk)) await drained(response)
      }
      response.end()
    } catch {
      // The stream of the application failed: the page sees a body that breaks off.
      response.destroy()
    }
  }
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise(resolve => {
    response.once('drain', resolve)
    response.once('close', resolve)
  })
}
