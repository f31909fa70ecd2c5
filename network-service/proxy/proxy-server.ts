import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { endWith } from './end-with.ts'
import { writeHead } from './headers.ts'
import { Login, loginChallenge } from './login.ts'
import { PlainRequest, refuse } from './plain-request.ts'
import type { ProxyParts } from './proxy-parts.ts'
import { readHttpTarget, readTunnelTarget } from './request-target.ts'
import { openTunnel } from './tunnel.ts'
import { openUpgraded } from './upgraded-request.ts'

/** Nobody but this machine can connect to it. */
const address = '127.0.0.1'

export interface ProxyCounts {
  readonly clients: number
  readonly refusedLogins: number
  readonly refusedRequests: number
}

/**
 * The proxy that pages are set to. It answers nobody who does not know the secret, reads requests strictly (what has two
 * lengths, or a length and chunks, is refused: Node's parser), and lets nobody take long over a head.
 */
export class ProxyServer implements AsyncDisposable {
  readonly #parts: ProxyParts
  readonly #server: Server
  readonly #clients = new Set<Socket>()
  readonly #excess = new WeakSet<object>()
  #login: Login
  #refusedLogins = 0
  #refusedRequests = 0

  constructor(parts: ProxyParts, secret: string) {
    const { limits } = parts
    this.#parts = parts
    this.#login = new Login(secret)
    this.#server = createServer({
      maxHeaderSize: limits.headBytes,
      headersTimeout: limits.headMs,
      // An upload may take any time; who sends nothing at all is closed by the system's keep-alive.
      requestTimeout: 0,
      connectionsCheckingInterval: Math.min(1_000, limits.headMs / 4),
      keepAliveTimeout: limits.clientIdleMs,
      keepAlive: true,
      noDelay: true,
      insecureHTTPParser: false,
      requireHostHeader: false,
    })
    this.#server.maxConnections = limits.clients + limits.excessClients
    this.#server.on('connection', socket => this.#admit(socket))
    this.#server.on('request', (request, response) => this.#answer(request, response))
    this.#server.on('checkContinue', (request, response) => {
      response.writeContinue()
      this.#answer(request, response)
    })
    this.#server.on('connect', (request, socket, head) => this.#connect(request, socket, head))
    this.#server.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head))
    this.#server.on('clientError', (error, socket) => this.#refuseUnreadable(error, socket))
  }

  /** Opens the wanted port, or another where that one is taken; answers which. */
  async listen(wanted: number | null): Promise<number> {
    try {
      await this.#open(wanted ?? 0)
    } catch (error) {
      if (wanted === null) throw error
      await this.#open(0)
    }
    return this.port
  }

  get port(): number {
    return (this.#server.address() as AddressInfo | null)?.port ?? 0
  }

  get counts(): ProxyCounts {
    return {
      clients: this.#clients.size,
      refusedLogins: this.#refusedLogins,
      refusedRequests: this.#refusedRequests,
    }
  }

  changeSecret(secret: string): void {
    this.#login = new Login(secret)
  }

  /** Ends every connection of a page; answers how many there were. */
  closeConnections(): number {
    const { size } = this.#clients
    for (const socket of [...this.#clients]) socket.destroy()
    return size
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.closeConnections()
    if (!this.#server.listening) return
    await new Promise<void>(resolve => this.#server.close(() => resolve()))
  }

  #open(port: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject)
      this.#server.listen({ host: address, port, backlog: 1_024 }, () => {
        this.#server.off('error', reject)
        resolve()
      })
    })
  }

  #admit(socket: Socket): void {
    if (this.#clients.size >= this.#parts.limits.clients) this.#excess.add(socket)
    this.#clients.add(socket)
    socket.once('close', () => this.#clients.delete(socket))
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    if (this.#excess.has(request.socket)) {
      response.setHeader('Connection', 'close')
      refuse(response, 'busy')
      return
    }
    if (!this.#isKnown(request)) {
      request.resume()
      response.writeHead(407, { 'Proxy-Authenticate': loginChallenge, 'Content-Length': 0 }).end()
      return
    }
    const target = readHttpTarget(request.url ?? '')
    if (target === null) {
      this.#refusedRequests += 1
      request.resume()
      response.writeHead(400, { 'Content-Length': 0, Connection: 'close' }).end()
      return
    }
    void new PlainRequest(this.#parts, request, response, target).send(false)
  }

  #connect(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const target = this.#admitted(request, socket) ? readTunnelTarget(request.url ?? '') : undefined
    if (target === null) this.#refuseRequest(socket)
    else if (target !== undefined) void openTunnel(this.#parts, socket, target, head)
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const target = this.#admitted(request, socket) ? readHttpTarget(request.url ?? '') : undefined
    if (target === null) this.#refuseRequest(socket)
    else if (target !== undefined) void openUpgraded(this.#parts, request, socket, target, head)
  }

  /** For what leaves HTTP: whether it may go on. Otherwise it was answered. */
  #admitted(request: IncomingMessage, socket: Duplex): boolean {
    socket.on('error', () => socket.destroy())
    if (this.#excess.has(socket)) {
      endWith(socket, writeHead('HTTP/1.1 503 busy', ['Connection', 'close', 'X-Nexus-Problem', 'busy']))
      return false
    }
    if (this.#isKnown(request)) return true
    const headers = ['Proxy-Authenticate', loginChallenge, 'Content-Length', '0', 'Connection', 'close']
    endWith(socket, writeHead('HTTP/1.1 407 Proxy Authentication Required', headers))
    return false
  }

  #isKnown(request: IncomingMessage): boolean {
    const isKnown = this.#login.isValid(request.headers['proxy-authorization'])
    if (!isKnown) this.#refusedLogins += 1
    return isKnown
  }

  #refuseRequest(socket: Duplex): void {
    this.#refusedRequests += 1
    endWith(socket, writeHead('HTTP/1.1 400 Bad Request', ['Connection', 'close', 'Content-Length', '0']))
  }

  /** What the parser would not take, or waited for in vain. */
  #refuseUnreadable(error: NodeJS.ErrnoException, socket: Duplex): void {
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy()
      return
    }
    this.#refusedRequests += 1
    const status =
      error.code === 'HPE_HEADER_OVERFLOW'
        ? '431 Request Header Fields Too Large'
        : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
          ? '408 Request Timeout'
          : '400 Bad Request'
    endWith(socket, writeHead(`HTTP/1.1 ${status}`, ['Connection', 'close', 'Content-Length', '0']))
  }
}
