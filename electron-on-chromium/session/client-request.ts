import { Readable, Writable } from 'node:stream'
import type { ClientRequestConstructorOptions, UploadProgress } from 'electron'
import type { FetchInit } from './net-fetch.ts'

/** What a request of `net.request` needs of its session. */
interface RequestingSession {
  fetch(input: string, init?: FetchInit): Promise<Response>
}

const redirectStatuses: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])
const redirectLimit = 20

/** The response of `net.request`: a readable stream. */
export class IncomingMessage extends Readable {
  readonly statusCode: number
  readonly statusMessage: string
  readonly headers: Record<string, string | string[]>
  readonly rawHeaders: string[]
  readonly httpVersion = '1.1'
  readonly httpVersionMajor = 1
  readonly httpVersionMinor = 1
  readonly #body: ReadableStreamDefaultReader<Uint8Array> | null

  /** @internal */
  constructor(response: Response) {
    super()
    this.statusCode = response.status
    this.statusMessage = response.statusText
    this.headers = headersOf(response)
    this.rawHeaders = [...response.headers].flat()
    this.#body = response.body?.getReader() ?? null
  }

  override _read(): void {
    if (!this.#body) this.push(null)
    else
      this.#body.read().then(
        ({ done, value }) => this.push(done ? null : Buffer.from(value)),
        error => this.destroy(error instanceof Error ? error : new Error(String(error))),
      )
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    this.#body?.cancel().catch(() => {})
    callback(error)
  }
}

/** `net.request`. The body is sent when it has ended. */
export class ClientRequest extends Writable {
  chunkedEncoding = false
  readonly #session: RequestingSession
  readonly #url: string
  readonly #method: string
  readonly #redirect: 'follow' | 'error' | 'manual'
  readonly #credentials: 'include' | 'omit' | 'same-origin'
  readonly #bypass: boolean
  readonly #headers = new Map<string, { name: string; value: string }>()
  readonly #abort = new AbortController()
  readonly #chunks: Buffer[] = []
  #isStarted = false
  #isRedirectFollowed = false

  /** @internal */
  constructor(session: RequestingSession, options: ClientRequestConstructorOptions | string) {
    super({ autoDestroy: false })
    const given = typeof options === 'string' ? { url: options } : options
    this.#session = session
    this.#url = given.url ?? urlOf(given)
    if (!URL.canParse(this.#url)) throw new TypeError(`Invalid URL: ${this.#url}`)
    this.#method = (given.method ?? 'GET').toUpperCase()
    this.#redirect = given.redirect ?? 'follow'
    this.#credentials = given.credentials ?? (given.useSessionCookies ? 'include' : 'omit')
    this.#bypass = given.bypassCustomProtocolHandlers ?? false
    for (const [name, value] of Object.entries(given.headers ?? {}))
      this.setHeader(name, [value].flat().join(', '))
  }

  setHeader(name: string, value: string): void {
    if (this.#isStarted) throw new Error("Can't set headers after they are sent")
    if (typeof name !== 'string') throw new TypeError('`name` should be a string in setHeader(name, value)')
    if (value === undefined || value === null)
      throw new Error(`\`value\` required in setHeader("${name}", value)`)
    this.#headers.set(name.toLowerCase(), { name, value: String(value) })
  }

  getHeader(name: string): string {
    if (!name) throw new Error('`name` is required for getHeader(name)')
    return this.#headers.get(name.toLowerCase())?.value as string
  }

  removeHeader(name: string): void {
    if (this.#isStarted) throw new Error("Can't remove headers after they are sent")
    this.#headers.delete(name.toLowerCase())
  }

  abort(): void {
    if (this.#abort.signal.aborted) return
    this.#abort.abort()
    this.emit('abort')
    this.emit('close')
  }

  followRedirect(): void {
    this.#isRedirectFollowed = true
  }

  getUploadProgress(): UploadProgress {
    const current = this.#chunks.reduce((sum, chunk) => sum + chunk.length, 0)
    return { active: this.#isStarted, started: this.#isStarted, current, total: current }
  }

  override _write(chunk: Buffer | string, encoding: BufferEncoding, callback: () => void): void {
    this.#chunks.push(typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk)
    callback()
  }

  override _final(callback: () => void): void {
    this.#isStarted = true
    this.#send().then(
      response => {
        if (this.#abort.signal.aborted) return
        const message = new IncomingMessage(response)
        message.once('close', () => this.emit('close'))
        this.emit('response', message)
      },
      error => {
        if (this.#abort.signal.aborted) return
        this.emit('error', error)
        this.emit('close')
      },
    )
    callback()
  }

  async #send(): Promise<Response> {
    let url = this.#url
    let method = this.#method
    let body = this.#chunks.length > 0 ? new Uint8Array(Buffer.concat(this.#chunks)) : null
    for (let redirects = 0; redirects <= redirectLimit; redirects++) {
      const response = await this.#session.fetch(url, {
        method,
        headers: [...this.#headers.values()].map(({ name, value }): [string, string] => [name, value]),
        redirect: 'manual',
        credentials: this.#credentials,
        signal: this.#abort.signal,
        bypassCustomProtocolHandlers: this.#bypass,
        ...(body && method !== 'GET' && method !== 'HEAD' ? { body } : {}),
      })
      const location = response.headers.get('location')
      if (!redirectStatuses.has(response.status) || location === null) return response
      if (this.#redirect === 'error')
        throw new Error("Attempted to redirect, but redirect policy was 'error'")
      url = new URL(location, url).href
      if (
        response.status === 303 ||
        (response.status !== 307 && response.status !== 308 && method === 'POST')
      ) {
        method = 'GET'
        body = null
      }
      this.#isRedirectFollowed = false
      this.emit('redirect', response.status, method, url, headersOf(response))
      if (this.#redirect === 'manual' && !this.#isRedirectFollowed) throw new Error('Redirect was cancelled')
    }
    throw new Error('net::ERR_TOO_MANY_REDIRECTS')
  }
}

function headersOf(response: Response): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = Object.fromEntries(response.headers)
  const cookies = response.headers.getSetCookie()
  if (cookies.length > 0) headers['set-cookie'] = cookies
  return headers
}

function urlOf(options: ClientRequestConstructorOptions): string {
  const protocol = options.protocol ?? 'http:'
  const host = options.host ?? `${options.hostname ?? 'localhost'}${options.port ? `:${options.port}` : ''}`
  return `${protocol}//${host}${options.path ?? '/'}`
}
