import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ResponseHead } from '../connections/response-head.ts'
import type { AnswerTaker, ServerConnection } from '../connections/server-connection.ts'
import { asNetworkError, NetworkError } from '../network-error.ts'
import type { Exchange } from '../traffic.ts'
import { failureReply } from './failure-reply.ts'
import { Flow } from './flow.ts'
import { endToEnd, writeHead } from './headers.ts'
import type { ProxyParts } from './proxy-parts.ts'
import type { HttpTarget } from './request-target.ts'

/** Requests that may be sent again when a kept connection turns out to be closed: RFC 9110, 9.2.2. */
const repeatableMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

/** From this length on an answer goes to the page's connection without passing through the response object. */
const longAnswerBytes = 64 * 1024

/** Fetches `http://…` for a page and hands on the answer as it comes. */
export class PlainRequest implements AnswerTaker {
  readonly #parts: ProxyParts
  readonly #request: IncomingMessage
  readonly #response: ServerResponse
  readonly #target: HttpTarget
  readonly #exchange: Exchange
  readonly #method: string
  readonly #hasBody: boolean
  #connection: ServerConnection | null = null
  #flow: Flow | null = null
  #isOver = false

  constructor(parts: ProxyParts, request: IncomingMessage, response: ServerResponse, target: HttpTarget) {
    this.#parts = parts
    this.#request = request
    this.#response = response
    this.#target = target
    this.#method = request.method ?? 'GET'
    this.#hasBody =
      request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0
    const { host, port, url } = target
    this.#exchange = parts.traffic.begin({ kind: 'request', method: this.#method, host, port, url })
    response.once('close', () => this.#abandon())
  }

  /** Never rejects: what goes wrong is answered. */
  async send(isFresh: boolean): Promise<void> {
    const { host, port } = this.#target
    try {
      const isNew = isFresh || this.#hasBody || !repeatableMethods.has(this.#method)
      const connection = await this.#parts.pool.obtain(host, port, isNew)
      if (this.#isOver) {
        this.#parts.pool.giveBack(connection, host, port)
        return
      }
      this.#connection = connection
      this.#exchange.connected(connection.socket.remoteAddress ?? null)
      const head = this.#head()
      this.#exchange.bytesOut += head.length
      connection.send(head, this.#method, this)
      if (this.#hasBody) this.#sendBody(connection)
    } catch (error) {
      this.failed(asNetworkError(error), false)
    }
  }

  head(head: ResponseHead): void {
    this.#exchange.responded(head.status)
    // A server that is no proxy cannot ask for the proxy's credentials; nobody switches a connection that did not ask.
    if (head.status === 407 || head.status === 101)
      throw new NetworkError('badResponse', 'A misplaced status')
    const headers = endToEnd(
      head.rawHeaders,
      head.framing.kind === 'length' ? [] : lengthUnless(head, this.#method),
    )
    this.#response.sendDate = false
    this.#response.writeHead(head.status, head.statusText, withOneLength(headers))
    // Small answers go out together with their heads.
    if (head.framing.kind !== 'length' || head.framing.bytes < longAnswerBytes) return
    const socket = this.#response.socket
    // While an earlier answer on this connection is not out yet there is no socket: then the slower way is taken.
    if (socket === null || this.#method === 'HEAD') return
    this.#response.flushHeaders()
    this.#flow = new Flow(socket, () => this.#connection?.resume())
  }

  body(bytes: Buffer): boolean {
    this.#exchange.bytesIn += bytes.length
    if (this.#flow !== null) return this.#flow.write(bytes)
    // The buffer is used again at once, so what waits in the response has to be its own.
    const isOpen = this.#response.write(Buffer.from(bytes))
    if (!isOpen) this.#response.once('drain', () => this.#connection?.resume())
    return isOpen
  }

  ended(): void {
    this.#isOver = true
    const { host, port } = this.#target
    this.#response.end()
    this.#exchange.finish()
    const connection = this.#connection
    this.#connection = null
    if (connection === null) return
    // An answer before the end of the request: what is still to come of it would be taken for the next.
    if (this.#hasBody && !this.#request.complete) connection.destroy()
    else this.#parts.pool.giveBack(connection, host, port)
  }

  failed(error: NetworkError, isUntouched: boolean): void {
    if (this.#isOver) return
    this.#connection = null
    if (isUntouched && repeatableMethods.has(this.#method) && !this.#hasBody) {
      void this.send(true)
      return
    }
    this.#isOver = true
    this.#exchange.failed(error.kind)
    if (this.#response.headersSent) this.#response.destroy()
    else refuse(this.#response, error.kind)
  }

  #head(): string {
    const { path, authority } = this.#target
    const headers = endToEnd(this.#request.rawHeaders, ['host', 'expect'])
    if (this.#request.headers['transfer-encoding'] !== undefined) headers.push('Transfer-Encoding', 'chunked')
    return writeHead(`${this.#method} ${path} HTTP/1.1`, [
      'Host',
      authority,
      'Connection',
      'keep-alive',
      ...headers,
    ])
  }

  #sendBody(connection: ServerConnection): void {
    const { socket } = connection
    const isChunked = this.#request.headers['transfer-encoding'] !== undefined
    const resume = (): void => void this.#request.resume()
    socket.on('drain', resume)
    this.#request.on('data', (bytes: Buffer) => {
      this.#exchange.bytesOut += bytes.length
      if (socket.destroyed) return
      if (isChunked) socket.write(`${bytes.length.toString(16)}\r\n`, 'latin1')
      const isOpen = socket.write(bytes)
      if (isChunked) socket.write('\r\n', 'latin1')
      if (!isOpen) this.#request.pause()
    })
    this.#request.once('end', () => {
      socket.off('drain', resume)
      if (isChunked && !socket.destroyed) socket.write('0\r\n\r\n', 'latin1')
    })
  }

  /** The page left before the end. */
  #abandon(): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#exchange.finish()
    this.#connection?.destroy()
  }
}

/** Answers a request with the reason why it was not carried out. */
export function refuse(response: ServerResponse, kind: NetworkError['kind']): void {
  const { status, headers, body } = failureReply(kind)
  response.sendDate = false
  response.writeHead(status, kind, [...headers])
  response.end(body)
}

/** A length beside another framing is wrong, or was replaced by it; of an answer without a body it is kept. */
function lengthUnless({ framing }: ResponseHead, method: string): readonly string[] {
  return framing.kind === 'none' && method === 'HEAD' ? [] : ['content-length']
}

/** A length that was said several times is said once. */
function withOneLength(headers: readonly string[]): string[] {
  const kept: string[] = []
  let hasLength = false
  for (let at = 0; at + 1 < headers.length; at += 2) {
    const [name = '', value = ''] = [headers[at], headers[at + 1]]
    if (name.toLowerCase() === 'content-length') {
      if (hasLength) continue
      hasLength = true
      kept.push(name, value.split(',')[0]?.trim() ?? value)
    } else kept.push(name, value)
  }
  return kept
}
