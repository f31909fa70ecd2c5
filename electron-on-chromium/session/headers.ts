import { customSchemes } from './custom-schemes.ts'
import type { HeaderEntry } from './request-interceptor.ts'
import { fromEngineUrl, toEngineUrl } from './scheme-mapping.ts'

/** Headers that describe the transfer, not the content: bodies are handed over decoded and whole. */
export const transferHeaders: ReadonlySet<string> = new Set([
  'connection',
  'content-encoding',
  'content-length',
  'keep-alive',
  'transfer-encoding',
])

/** Headers as Electron's webRequest shows them in responses. */
export type HeaderListRecord = Record<string, string[]>

export function toHeaderListRecord(headers: readonly HeaderEntry[]): HeaderListRecord {
  const record: HeaderListRecord = {}
  for (const { name, value } of headers) {
    const known = Object.keys(record).find(key => key.toLowerCase() === name.toLowerCase()) ?? name
    record[known] = [...(record[known] ?? []), value]
  }
  return record
}

export function toHeaderEntries(
  headers: Readonly<Record<string, string | readonly string[]>>,
): HeaderEntry[] {
  return Object.entries(headers).flatMap(([name, value]) =>
    (typeof value === 'string' ? [value] : value).map(one => ({ name, value: String(one) })),
  )
}

/** Finds a header whatever its case. */
export function headerOf(headers: readonly HeaderEntry[], name: string): string | null {
  return headers.find(header => header.name.toLowerCase() === name)?.value ?? null
}

/** A request header as the application may see it: mapped origins under their own names. */
export function requestHeaderFromEngine(name: string, value: string): string {
  switch (name.toLowerCase()) {
    case 'origin':
      return originFromEngine(value)
    case 'referer':
      return fromEngineUrl(value)
    default:
      return value
  }
}

/** A request header of the application as Chromium must send it on. */
export function requestHeaderToEngine(name: string, value: string): string {
  switch (name.toLowerCase()) {
    case 'origin':
      return originToEngine(value)
    case 'referer':
      return toEngineUrl(value)
    default:
      return value
  }
}

/**
 * A response header of the application as Chromium must understand it: wherever it names one of the application's
 * own schemes, it names the host that stands for it.
 */
export function responseHeaderToEngine(name: string, value: string): string {
  switch (name.toLowerCase()) {
    case 'location':
    case 'content-location':
    case 'sourcemap':
      return toEngineUrl(value)
    case 'access-control-allow-origin':
      return originToEngine(value)
    case 'content-security-policy':
    case 'content-security-policy-report-only':
      return policyToEngine(value)
    default:
      return value
  }
}

/** `app://host` <-> `http://host.app.standin.localhost`: origins have no slash at the end. */
export function originFromEngine(origin: string): string {
  return fromEngineUrl(origin).replace(/\/$/, '')
}

export function originToEngine(origin: string): string {
  return toEngineUrl(origin).replace(/\/$/, '')
}

/** Sources of a Content-Security-Policy: `app:` is every host of the scheme, `app://host/path` one of them. */
function policyToEngine(policy: string): string {
  return policy.replace(/[^\s;,]+/g, source => {
    const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(source)?.[1]?.toLowerCase()
    if (scheme === undefined || !customSchemes.isCustom(scheme)) return source
    const rest = source.slice(scheme.length + 1)
    if (rest === '' || rest === '//*')
      return toEngineUrl(`${scheme}://wildcard/`).replace(/^http:\/\/wildcard(.*)\/$/, 'http://*$1')
    const hasPath = rest.replace(/^\/\//, '').includes('/')
    return hasPath ? toEngineUrl(source) : originToEngine(source)
  })
}
