import { lookup as systemLookup } from 'node:dns'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { LookupFunction } from 'node:net'
import { pipeline, Readable } from 'node:stream'
import { createBrotliDecompress, createInflate, createUnzip, createZstdDecompress } from 'node:zlib'
import { answersChallenge, requestByProxy, type WebProxy } from './proxied-fetch.ts'

/** One request of the main process to a web server; redirects are the caller's. */
interface WebRequestInit {
  readonly method: string
  readonly headers: Headers
  readonly body: Uint8Array | null
  readonly signal: AbortSignal
  /** By which it goes; null goes straight. */
  readonly proxy: WebProxy | null
}

const bodilessStatuses: ReadonlySet<number> = new Set([101, 103, 204, 205, 304])

/**
 * Every name under localhost is this machine, as in Chromium; the system's resolver does not know that. Other names
 * are the system's.
 */
const lookup: LookupFunction = (hostname, options, callback) => {
  if (!/(^|\.)localhost\.?$/i.test(hostname)) return systemLookup(hostname, options, callback)
  const addresses = [
    { address: '127.0.0.1', family: 4 },
    { address: '::1', family: 6 },
  ].filter(({ family }) => !options.family || options.family === family)
  const [first] = addresses
  if (options.all) callback(null, addresses)
  else callback(null, first?.address ?? '127.0.0.1', first?.family ?? 4)
}

/** Resolves when the headers have come. Rejects with Node's own errors. */
export async function fetchOnce(url: string, init: WebRequestInit): Promise<Response> {
  const response = await send(url, init)
  if (response.status !== 407 || init.proxy === null) return response
  const challenge = response.headers.get('proxy-authenticate') ?? undefined
  if (!(await answersChallenge(challenge, init.proxy))) return response
  await response.body?.cancel()
  return send(url, init)
}

async function send(url: string, init: WebRequestInit): Promise<Response> {
  const headers: Record<string, string> = { 'accept-encoding': 'gzip, deflate, br, zstd', accept: '*/*' }
  for (const [name, value] of init.headers) headers[name] = value
  if (init.body) headers['content-length'] = `${init.body.length}`
  const { method, signal, proxy } = init
  const request = proxy
    ? await requestByProxy(url, { method, headers, signal }, proxy)
    : (url.startsWith('https:') ? httpsRequest : httpRequest)(url, { method, headers, lookup, signal })
  return new Promise((resolve, reject) => {
    request.once('response', message => resolve(toResponse(message, method)))
    request.once('error', reject)
    request.end(init.body ?? undefined)
  })
}

function toResponse(message: IncomingMessage, method: string): Response {
  const headers = new Headers()
  for (let at = 0; at + 1 < message.rawHeaders.length; at += 2)
    headers.append(message.rawHeaders[at] ?? '', message.rawHeaders[at + 1] ?? '')
  const status = message.statusCode ?? 200
  const isBodiless = method === 'HEAD' || bodilessStatuses.has(status)
  if (isBodiless) message.resume()
  const body = isBodiless ? null : (Readable.toWeb(decoded(message)) as ReadableStream)
  return new Response(body, { status, statusText: message.statusMessage ?? '', headers })
}

function decoded(message: IncomingMessage): Readable {
  const codings = (message.headers['content-encoding'] ?? '')
    .split(',')
    .map(coding => coding.trim().toLowerCase())
  return codings.reduceRight<Readable>((stream, coding) => {
    const decoder = decoderOf(coding)
    // A failure reaches the reader by the decoder: pipeline destroys it.
    return decoder ? pipeline(stream, decoder, () => {}) : stream
  }, message)
}

function decoderOf(coding: string) {
  switch (coding) {
    case 'gzip':
    case 'x-gzip':
      return createUnzip()
    case 'deflate':
      return createInflate()
    case 'br':
      return createBrotliDecompress()
    case 'zstd':
      return createZstdDecompress()
    default:
      return null
  }
}
