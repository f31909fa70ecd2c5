import { listed, type RequestRecord } from './request-record.ts'

export interface HarOptions {
  readonly records: readonly RequestRecord[]
  readonly creatorVersion: string
  /** Whether cookies and credentials are written as they are. */
  readonly withSecrets: boolean
  /** The title of a tab, null where it is gone. */
  readonly titleOf: (tabId: string) => string | null
}

interface HarHeader {
  readonly name: string
  readonly value: string
}

/** Headers whose values let whoever reads them act as the person. */
const secretHeaders = new Set(['authorization', 'proxy-authorization', 'cookie', 'set-cookie'])
const redacted = '[redacted]'

/**
 * Requests in the HTTP Archive format 1.2 (http://www.softwareishard.com/blog/har-12-spec/), without bodies. What is not
 * known is -1, as the format wants it; members of ours begin with an underscore.
 */
export function harOf({ records, creatorVersion, withSecrets, titleOf }: HarOptions): string {
  const tabIds = [...new Set(records.flatMap(({ row }) => row.tabId ?? []))]
  const pages = tabIds.map(tabId => ({
    startedDateTime: isoTime(records.find(({ row }) => row.tabId === tabId)?.row.startedAt ?? 0),
    id: tabId,
    title: titleOf(tabId) ?? '',
    pageTimings: { onContentLoad: -1, onLoad: -1 },
  }))
  const log = {
    version: '1.2',
    creator: { name: 'Nexus', version: creatorVersion },
    pages,
    entries: records.map(record => entryOf(record, withSecrets)),
  }
  return `${JSON.stringify({ log }, null, 2)}\n`
}

function entryOf(record: RequestRecord, withSecrets: boolean): object {
  const { row } = record
  const requestHeaders = headersOf(listed(record.requestHeaders), withSecrets)
  const responseHeaders = headersOf(listed(record.responseHeaders), withSecrets)
  const blocked = row.decidedMs ?? -1
  const wait = row.firstByteMs === null ? 0 : Math.max(0, row.firstByteMs - Math.max(0, blocked))
  const receive = row.totalMs === null || row.firstByteMs === null ? 0 : row.totalMs - row.firstByteMs
  const { version, text } = statusOf(record.statusLine)
  return {
    ...(row.tabId === null ? {} : { pageref: row.tabId }),
    startedDateTime: isoTime(row.startedAt),
    // By the format it is the sum of its parts.
    time: Math.max(0, blocked) + wait + receive,
    request: {
      method: row.method,
      url: row.url,
      httpVersion: version,
      cookies: cookiesOf(record.requestHeaders, 'cookie', withSecrets),
      headers: requestHeaders,
      queryString: queryOf(row.url),
      headersSize: -1,
      bodySize: -1,
    },
    response: {
      status: row.status ?? 0,
      statusText: text,
      httpVersion: version,
      cookies: cookiesOf(record.responseHeaders, 'set-cookie', withSecrets),
      headers: responseHeaders,
      content: { size: row.bytes ?? -1, mimeType: row.mimeType ?? '' },
      redirectURL: row.redirectedTo ?? '',
      headersSize: -1,
      bodySize: row.isFromCache ? 0 : (row.bytes ?? -1),
    },
    cache: {},
    timings: { blocked, dns: -1, connect: -1, ssl: -1, send: 0, wait, receive },
    _resourceType: row.kind,
    _state: row.state,
    ...(row.initiator === null ? {} : { _initiator: row.initiator }),
    ...(row.error === null ? {} : { _error: row.error }),
    ...(row.filtering === null ? {} : { _filtering: row.filtering }),
  }
}

function headersOf(headers: readonly HarHeader[], withSecrets: boolean): HarHeader[] {
  return headers.map(({ name, value }) => ({
    name,
    value: withSecrets || !secretHeaders.has(name.toLowerCase()) ? value : redacted,
  }))
}

/** Names and values of the cookies in headers of that name (RFC 6265, sections 4.1 and 4.2). */
function cookiesOf(
  headers: RequestRecord['requestHeaders'] | RequestRecord['responseHeaders'],
  name: 'cookie' | 'set-cookie',
  withSecrets: boolean,
): HarHeader[] {
  const values = listed(headers)
    .filter(header => header.name.toLowerCase() === name)
    .map(({ value }) => value)
  const pairs = name === 'cookie' ? values.flatMap(value => value.split(';')) : values.map(firstPart)
  return pairs.flatMap(pair => {
    const [key = '', ...rest] = pair.trim().split('=')
    return key === '' ? [] : [{ name: key, value: withSecrets ? rest.join('=') : redacted }]
  })
}

function firstPart(value: string): string {
  return value.split(';')[0] ?? ''
}

function queryOf(url: string): HarHeader[] {
  return [...(URL.parse(url)?.searchParams ?? [])].map(([name, value]) => ({ name, value }))
}

/** A status line such as `HTTP/1.1 200 OK`; empty texts where none came. */
function statusOf(line: string | null): { version: string; text: string } {
  const [, version = '', text = ''] = /^(HTTP\/[\d.]+)\s+\d+\s*(.*)$/.exec(line ?? '') ?? []
  return { version, text }
}

function isoTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString()
}
