import { createServer, type RequestListener, type Server } from 'node:http'
import { type AddressInfo, connect, createServer as createTcpServer, type Socket } from 'node:net'
import { SimulatedClock } from '../../../ipc/simulated-clock.ts'
import { type ProxyLimits, proxyLimits } from '../../connections/limits.ts'
import type { FoundAddresses } from '../../dns/name-source.ts'
import { NetworkCore } from '../../network-core.ts'

const secret = 'the secret of this test, long enough'
export const authorization = `Proxy-Authorization: Basic ${Buffer.from(`nexus:${secret}`).toString('base64')}\r\n`

/** A proxy, what is behind it, and connections to it as they are on the wire. All on loopback. */
export class ProxyWorld implements AsyncDisposable {
  readonly clock = new SimulatedClock()
  readonly core: NetworkCore
  port = 0
  readonly #opened = new AsyncDisposableStack()

  constructor(limits: Partial<ProxyLimits> = {}, names: Readonly<Record<string, FoundAddresses>> = {}) {
    this.core = new NetworkCore({
      clock: this.clock,
      limits: { ...proxyLimits, ...limits },
      system: { lookUp: async name => names[name] ?? { addresses: [], ttlSeconds: 30 } },
    })
    this.#opened.use(this.core)
  }

  static async open(
    limits: Partial<ProxyLimits> = {},
    names: Readonly<Record<string, FoundAddresses>> = {},
  ): Promise<ProxyWorld> {
    const world = new ProxyWorld(limits, names)
    world.port = await world.core.open(secret, null)
    return world
  }

  /** A site; answers its port. */
  async site(answer: RequestListener): Promise<{ readonly port: number; readonly server: Server }> {
    const server = createServer(answer)
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    this.#opened.defer(async () => {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    })
    return { port: (server.address() as AddressInfo).port, server }
  }

  /** A site that says what it wants; answers its port. */
  async rawSite(connected: (socket: Socket) => void): Promise<number> {
    const sockets = new Set<Socket>()
    const server = createTcpServer({ allowHalfOpen: true }, socket => {
      sockets.add(socket)
      socket.on('error', () => {})
      connected(socket)
    })
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    this.#opened.defer(async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise(resolve => server.close(resolve))
    })
    return (server.address() as AddressInfo).port
  }

  /** A connection to the proxy. */
  async connect(): Promise<Wire> {
    const wire = new Wire(this.port)
    this.#opened.defer(() => void wire.socket.destroy())
    await wire.opened
    return wire
  }

  /** Sends one request on a connection of its own; answers all that comes until the other side ends it. */
  async ask(text: string): Promise<string> {
    const wire = await this.connect()
    wire.send(text)
    return wire.untilEnd()
  }

  /** A plain request with everything that it needs; the connection is closed after it. */
  get(url: string, headers = ''): Promise<string> {
    const { host } = new URL(url)
    return this.ask(
      `GET ${url} HTTP/1.1\r\nHost: ${host}\r\n${authorization}${headers}Connection: close\r\n\r\n`,
    )
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#opened[Symbol.asyncDispose]()
  }
}

export class Wire {
  readonly socket: Socket
  readonly opened: Promise<void>
  #text = ''
  #isEnded = false
  #wake = (): void => {}

  constructor(port: number) {
    this.socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
    this.opened = new Promise(resolve => this.socket.once('connect', resolve))
    this.socket.on('data', (bytes: Buffer) => {
      this.#text += bytes.toString('latin1')
      this.#wake()
    })
    this.socket.on('error', () => {})
    for (const event of ['end', 'close']) {
      this.socket.on(event, () => {
        this.#isEnded = true
        this.#wake()
      })
    }
  }

  get text(): string {
    return this.#text
  }

  send(text: string): void {
    this.socket.write(text, 'latin1')
  }

  /** What came, once it fits. */
  async until(pattern: RegExp): Promise<string> {
    while (!pattern.test(this.#text)) {
      if (this.#isEnded) throw new Error(`Ended without ${pattern}: ${this.#text.slice(0, 500)}`)
      await new Promise<void>(resolve => {
        this.#wake = resolve
      })
    }
    return this.#text
  }

  async untilEnd(): Promise<string> {
    while (!this.#isEnded) {
      await new Promise<void>(resolve => {
        this.#wake = resolve
      })
    }
    return this.#text
  }
}
