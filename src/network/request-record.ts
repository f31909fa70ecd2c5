import type { LoggedHeader, LoggedRequest } from '../../contracts/request-log.ts'
import type { RequestHeaders, ResponseHeaders } from './web-request.ts'

const mostAddressCharacters = 4_096
const mostHeaders = 200

/** A request as main remembers it: its row, and what is told of it only when somebody asks. */
export interface RequestRecord {
  readonly row: LoggedRequest
  /** By the clock that never runs backwards. */
  readonly startedAt: number
  readonly referrer: string | null
  requestHeaders: RequestHeaders
  responseHeaders: ResponseHeaders
  statusLine: string | null
}

/** As much of an address as is remembered. */
export function kept(url: string): string {
  return url.slice(0, mostAddressCharacters)
}

/** The first value of a header, whatever the case of its name; null where there is none. */
export function headerOf(headers: ResponseHeaders, name: string): string | null {
  for (const [key, values] of Object.entries(headers)) {
    if (key.toLowerCase() === name) return values[0] ?? null
  }
  return null
}

/** What the server says that the body weighs, in bytes; null where it does not say. */
export function sizeOf(headers: ResponseHeaders): number | null {
  const length = headerOf(headers, 'content-length')
  if (length === null || !/^\d{1,15}$/.test(length)) return null
  return Number(length)
}

/** Headers as a list, each value by itself, bounded. */
export function listed(headers: RequestHeaders | ResponseHeaders): LoggedHeader[] {
  return Object.entries(headers)
    .flatMap(([name, values]) => [values].flat().map(value => ({ name, value })))
    .slice(0, mostHeaders)
    .map(({ name, value }) => ({ name: name.slice(0, 200), value: String(value).slice(0, 8_192) }))
}
