import { requestHeaderFromEngine, responseHeaderToEngine, transferHeaders } from './headers.ts'
import type { HeaderEntry, RequestDecision } from './request-interceptor.ts'

/**
 * A response of a protocol handler as an answer for Chromium. Streams are read to their end first: DevTools cannot
 * hand a response to a page piece by piece.
 */
export async function toDecision(response: Response): Promise<RequestDecision> {
  if (response.type === 'error') return { kind: 'fail', reason: 'Failed' }
  const body = Buffer.from(await response.arrayBuffer())
  const headers: HeaderEntry[] = []
  for (const [name, value] of response.headers)
    if (!transferHeaders.has(name) && name !== 'set-cookie')
      headers.push({ name, value: responseHeaderToEngine(name, value) })
  for (const value of response.headers.getSetCookie()) headers.push({ name: 'set-cookie', value })
  return {
    kind: 'fulfill',
    status: response.status,
    ...(response.statusText ? { statusText: response.statusText } : {}),
    headers,
    body,
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

export interface HandlerRequestInit {
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
