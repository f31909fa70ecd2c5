import { requestHeaderFromEngine, responseHeaderToEngine, transferHeaders } from './headers.ts'
import type { HeaderEntry } from './request-interceptor.ts'

/** What a protocol handler answered, as Chromium must understand it. */
export interface HandlerAnswer {
  readonly status: number
  readonly statusText: string
  readonly headers: readonly HeaderEntry[]
  /** All of it, or what is still coming when there is much of it or it takes its time. */
  readonly body: Buffer | AsyncIterable<Uint8Array>
}

/** Bodies up to this size go through DevTools in one piece; more is faster by a connection. */
const wholeBodyLimitBytes = 512 * 1024
/** A body that is not complete after this time is a stream that the page wants to see coming. */
const wholeBodyPatienceMs = 15

/** null: `Response.error()`. */
export async function toAnswer(response: Response): Promise<HandlerAnswer | null> {
  if (response.type === 'error') return null
  const headers: HeaderEntry[] = []
  for (const [name, value] of response.headers)
    if (!transferHeaders.has(name) && name !== 'set-cookie')
      headers.push({ name, value: responseHeaderToEngine(name, value) })
  const cookies = response.headers.getSetCookie()
  for (const value of cookies) headers.push({ name: 'set-cookie', value })
  const isWholeNeeded = cookies.length > 0
  return {
    status: response.status,
    statusText: response.statusText,
    headers,
    body: isWholeNeeded ? Buffer.from(await response.arrayBuffer()) : await readWithPatience(response.body),
  }
}

/** Reads a body that is there; gives back a stream, with what was read in front, of one that is not. */
async function readWithPatience(
  body: ReadableStream<Uint8Array> | null,
): Promise<Buffer | AsyncIterable<Uint8Array>> {
  if (!body) return Buffer.alloc(0)
  const reader = body.getReader()
  const chunks: Uint8Array[] = []
  let size = 0
  let timer: NodeJS.Timeout | undefined
  const impatience = new Promise<'late'>(resolve => {
    timer = setTimeout(resolve, wholeBodyPatienceMs, 'late')
  })
  try {
    while (size <= wholeBodyLimitBytes) {
      const reading = reader.read()
      const result = await Promise.race([reading, impatience])
      if (result === 'late') return rest(chunks, reading, reader)
      if (result.done) return Buffer.concat(chunks)
      chunks.push(result.value)
      size += result.value.length
    }
    return rest(chunks, reader.read(), reader)
  } finally {
    clearTimeout(timer)
  }
}

async function* rest(
  chunks: readonly Uint8Array[],
  next: ReturnType<ReadableStreamDefaultReader<Uint8Array>['read']>,
  reader: ReadableStreamDefaultReader<Uint8Array>,
): AsyncIterable<Uint8Array> {
  try {
    yield* chunks
    for (let result = await next; !result.done; result = await reader.read()) yield result.value
  } finally {
    // The page went away: the application need not go on.
    reader.cancel().catch(() => {})
  }
}

/** True for what a protocol handler may give back. */
export function isResponse(value: unknown): value is Response {
  return (
    typeof value === 'object' &&
    value !== null &&
    'status' in value &&
    typeof value.status === 'number' &&
    'headers' in value &&
    typeof value.headers === 'object' &&
    'arrayBuffer' in value &&
    typeof value.arrayBuffer === 'function'
  )
}

interface HandlerRequestInit {
  readonly url: string
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer | null
  readonly initiatorOrigin: string | undefined
}

/** The request that a protocol handler is given. */
export function toHandlerRequest(init: HandlerRequestInit): Request {
  const headers = new Headers()
  for (const [name, value] of Object.entries(init.headers)) {
    const shown = requestHeaderFromEngine(name, value)
    if (name.toLowerCase() === 'origin' && shown === 'null') continue
    try {
      headers.append(name, shown)
    } catch {
      // Chromium sends a few headers (of its own making) that fetch's Headers do not admit; no handler needs them.
    }
  }
  const hasBody = init.body !== null && init.method !== 'GET' && init.method !== 'HEAD'
  const request = new Request(init.url, {
    method: init.method,
    headers,
    ...(hasBody && init.body ? { body: new Uint8Array(init.body) } : {}),
  })
  if (init.initiatorOrigin !== undefined)
    Object.defineProperty(request, 'initiatorOrigin', { value: init.initiatorOrigin, enumerable: true })
  return request
}
