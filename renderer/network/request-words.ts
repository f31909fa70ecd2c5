import type { RequestKind } from '../../contracts/network-filtering.ts'
import type { LoggedRequest } from '../../contracts/request-log.ts'
import { durationText, unknown } from '../processes/readings.ts'

/** What stands for a request in the list: the last part of its path, and its host. */
export function nameOf(url: string): { readonly name: string; readonly host: string } {
  const parsed = URL.parse(url)
  if (parsed === null) return { name: url, host: '' }
  const last = parsed.pathname.split('/').filter(Boolean).at(-1) ?? ''
  return { name: `${last === '' ? '/' : last}${parsed.search}`, host: parsed.host }
}

/** "812 B", "14.2 kB", "1.30 MB". A kilobyte is a thousand bytes here, as in other browsers. */
export function sizeText(bytes: number | null): string {
  if (bytes === null) return unknown
  if (bytes < 1_000) return `${bytes} B`
  if (bytes < 1_000_000) return `${(bytes / 1_000).toFixed(1)} kB`
  if (bytes < 1_000_000_000) return `${(bytes / 1_000_000).toFixed(2)} MB`
  return `${(bytes / 1_000_000_000).toFixed(2)} GB`
}

export function spanText(milliseconds: number | null): string {
  return milliseconds === null ? unknown : durationText(milliseconds)
}

/** What became of a request, in the column of its status. */
export function statusText({ state, status, error, filtering }: LoggedRequest): string {
  switch (state) {
    case 'pending':
      return status === null ? 'Waiting' : String(status)
    case 'done':
    case 'redirected':
      return status === null ? 'Done' : String(status)
    case 'blocked':
      return filtering?.kind === 'redirect' ? 'Emptied' : 'Blocked'
    case 'failed':
      return error === null ? 'Failed' : errorWords(error)
  }
}

/** The tone of that: what was stopped by us is no problem of the page's. */
export function toneOf({ state, status }: LoggedRequest): 'plain' | 'quiet' | 'blocked' | 'problem' {
  if (state === 'blocked') return 'blocked'
  if (state === 'failed' || (status !== null && status >= 400)) return 'problem'
  return state === 'pending' ? 'quiet' : 'plain'
}

const errors: Readonly<Record<string, string>> = {
  'net::ERR_ABORTED': 'Cancelled',
  'net::ERR_BLOCKED_BY_CLIENT': 'Blocked',
  'net::ERR_CONNECTION_REFUSED': 'Refused',
  'net::ERR_CONNECTION_RESET': 'Cut off',
  'net::ERR_CONNECTION_CLOSED': 'Cut off',
  'net::ERR_EMPTY_RESPONSE': 'No answer',
  'net::ERR_INTERNET_DISCONNECTED': 'Offline',
  'net::ERR_NAME_NOT_RESOLVED': 'No such name',
  'net::ERR_PROXY_CONNECTION_FAILED': 'No network',
  'net::ERR_TIMED_OUT': 'Too slow',
  'net::ERR_TUNNEL_CONNECTION_FAILED': 'No tunnel',
}

function errorWords(error: string): string {
  return errors[error] ?? (error.startsWith('net::ERR_CERT') ? 'Certificate' : 'Failed')
}

const kinds: Readonly<Record<RequestKind, string>> = {
  mainFrame: 'page',
  subFrame: 'frame',
  stylesheet: 'style',
  script: 'script',
  image: 'image',
  font: 'font',
  object: 'object',
  xhr: 'fetch',
  ping: 'ping',
  cspReport: 'report',
  media: 'media',
  webSocket: 'socket',
  other: 'other',
}

export function kindText(kind: RequestKind): string {
  return kinds[kind]
}

/** Why a request was stopped, or why it was not. */
export function filteringWords(filtering: LoggedRequest['filtering']): string | null {
  switch (filtering?.kind) {
    case undefined:
      return null
    case 'block':
      return `Blocked by a rule of ${filtering.list}`
    case 'redirect':
      return `Answered with an empty file by a rule of ${filtering.list}`
    case 'except':
      return `Let through by an exception of ${filtering.list}`
    case 'late':
      return 'Let through, because the lists did not answer in time'
  }
}
