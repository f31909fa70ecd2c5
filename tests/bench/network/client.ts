import { createHash } from 'node:crypto'
import { connect, type Socket } from 'node:net'

/** How a request gets to the site. */
export interface Way {
  /** Where to connect. */
  readonly port: number
  readonly kind: 'direct' | 'plain' | 'tunnel'
  readonly sitePort: number
  readonly authorization: string
}

/** The engine's buffer for what it reads. */
const readBytes = 256 * 1024

/** A connection that sends requests one after another, as the engine does, and reads with as little work as can be. */
export class Client implements Disposable {
  readonly #way: Way
  readonly #socket: Socket
  #take: (bytes: Buffer) => void = () => {}
  #fail: (error: Error) => void = () => {}

  private constructor(way: Way) {
    this.#way = way
    const buffer = Buffer.alloc(readBytes)
    this.#socket = connect({
      host: '127.0.0.1',
      port: way.port,
      noDelay: true,
      onread: {
        buffer,
        callback: count => {
          this.#take(buffer.subarray(0, count))
          return true
        },
      },
    })
    this.#socket.on('error', error => this.#fail(error))
    this.#socket.on('close', () => this.#fail(new Error('The connection was closed')))
  }

  static async open(way: Way): Promise<Client> {
    const client = new Client(way)
    await new Promise<void>((resolve, reject) => {
      client.#fail = reject
      client.#socket.once('connect', resolve)
    })
    if (way.kind === 'tunnel') {
      const site = `127.0.0.1:${way.sitePort}`
      const head = await client.#head(`CONNECT ${site} HTTP/1.1\r\nHost: ${site}\r\n${way.authorization}\r\n`)
      if (!head.text.startsWith('HTTP/1.1 200')) throw new Error(`No tunnel: ${head.text}`)
    }
    return client
  }

  /** Fetches; `onBytes` sees the body. Resolves with its length. */
  async get(path: string, onBytes: (bytes: Buffer) => void = () => {}): Promise<number> {
    const site = `127.0.0.1:${this.#way.sitePort}`
    const isPlain = this.#way.kind === 'plain'
    const target = isPlain ? `http://${site}${path}` : path
    const authorization = isPlain ? this.#way.authorization : ''
    const { text, rest } = await this.#head(`GET ${target} HTTP/1.1\r\nHost: ${site}\r\n${authorization}\r\n`)
    const [, length] = /\r\ncontent-length: (\d+)/i.exec(text) ?? []
    if (!text.startsWith('HTTP/1.1 200') || length === undefined) throw new Error(`No answer: ${text}`)
    let left = Number(length) - rest.length
    onBytes(rest)
    if (left > 0) {
      await new Promise<void>((resolve, reject) => {
        this.#fail = reject
        this.#take = bytes => {
          onBytes(bytes)
          left -= bytes.length
          if (left <= 0) resolve()
        }
      })
    }
    return Number(length)
  }

  /** Sends a request that is never answered. */
  hold(): void {
    const site = `127.0.0.1:${this.#way.sitePort}`
    this.#socket.write(`GET http://${site}/held HTTP/1.1\r\nHost: ${site}\r\n${this.#way.authorization}\r\n`)
  }

  get isOpen(): boolean {
    return !this.#socket.destroyed && this.#socket.readyState === 'open'
  }

  [Symbol.dispose](): void {
    this.#fail = () => {}
    this.#socket.destroy()
  }

  #head(request: string): Promise<{ readonly text: string; readonly rest: Buffer }> {
    return new Promise((resolve, reject) => {
      let collected = Buffer.alloc(0)
      this.#fail = reject
      this.#take = bytes => {
        collected = Buffer.concat([collected, bytes])
        const end = collected.indexOf('\r\n\r\n')
        if (end === -1) return
        this.#take = () => {}
        resolve({ text: collected.toString('latin1', 0, end), rest: collected.subarray(end + 4) })
      }
      this.#socket.write(request)
    })
  }
}

/** One download, in MB/s. `checks` takes its SHA-256 on the way, as a download does that is kept. */
export async function download(way: Way, bytes: number, checks: boolean): Promise<number> {
  using client = await Client.open(way)
  const hash = createHash('sha256')
  const startedAt = performance.now()
  await client.get(`/bytes/${bytes}`, checks ? part => void hash.update(part) : undefined)
  hash.digest()
  return bytes / 1_000 / (performance.now() - startedAt)
}

/** How long each of `count` small requests took on one connection, in ms. */
export async function smallRequests(way: Way, count: number): Promise<number[]> {
  using client = await Client.open(way)
  for (let warm = 0; warm < 50; warm += 1) await client.get('/small')
  const times: number[] = []
  for (let done = 0; done < count; done += 1) {
    const startedAt = performance.now()
    await client.get('/small')
    times.push(performance.now() - startedAt)
  }
  return times
}
