import type { UploadData } from 'electron'
import type { Protocol as DevTools } from '../chromium/devtools.ts'
import { requestHeaderFromEngine } from './headers.ts'
import type { PausedRequest } from './request-interceptor.ts'
import type { ResourceType } from './web-request.ts'

/** What DevTools calls a resource, as webRequest names it. A document is that of the main frame or of another. */
export function resourceTypeOf({ resourceType, request }: PausedRequest, isMainFrame: boolean): ResourceType {
  if (resourceType === 'Document') return isMainFrame ? 'mainFrame' : 'subFrame'
  const isWorkerScript = /^(script|sharedworker|worker)$/.test(request.headers['Service-Worker'] ?? '')
  if (resourceType === 'Other' && isWorkerScript) return 'script'
  return resourceTypes[resourceType]
}

const resourceTypes: Readonly<Record<DevTools.Network.ResourceType, ResourceType>> = {
  Document: 'mainFrame',
  Stylesheet: 'stylesheet',
  Image: 'image',
  Media: 'media',
  Font: 'font',
  Script: 'script',
  TextTrack: 'media',
  XHR: 'xhr',
  Fetch: 'xhr',
  Prefetch: 'other',
  EventSource: 'xhr',
  WebSocket: 'webSocket',
  Manifest: 'other',
  SignedExchange: 'other',
  Ping: 'ping',
  CSPViolationReport: 'cspReport',
  Preflight: 'xhr',
  FedCM: 'other',
  Other: 'other',
}

export function headersOf({ request }: PausedRequest): Record<string, string> {
  return Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, requestHeaderFromEngine(name, value)]),
  )
}

export function bodyOf({ request }: PausedRequest): Buffer | null {
  const entries = request.postDataEntries?.flatMap(({ bytes }) =>
    bytes ? [Buffer.from(bytes, 'base64')] : [],
  )
  if (entries && entries.length > 0) return Buffer.concat(entries)
  return request.postData === undefined ? null : Buffer.from(request.postData, 'utf8')
}

export function uploadDataOf(paused: PausedRequest): UploadData[] {
  const bytes = bodyOf(paused)
  return bytes === null ? [] : [{ bytes }]
}

export function originOf(url: string): string | undefined {
  return /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i.exec(url)?.[0]
}

const netErrors: Readonly<Record<DevTools.Network.ErrorReason, string>> = {
  Failed: 'net::ERR_FAILED',
  Aborted: 'net::ERR_ABORTED',
  TimedOut: 'net::ERR_TIMED_OUT',
  AccessDenied: 'net::ERR_ACCESS_DENIED',
  ConnectionClosed: 'net::ERR_CONNECTION_CLOSED',
  ConnectionReset: 'net::ERR_CONNECTION_RESET',
  ConnectionRefused: 'net::ERR_CONNECTION_REFUSED',
  ConnectionAborted: 'net::ERR_CONNECTION_ABORTED',
  ConnectionFailed: 'net::ERR_CONNECTION_FAILED',
  NameNotResolved: 'net::ERR_NAME_NOT_RESOLVED',
  InternetDisconnected: 'net::ERR_INTERNET_DISCONNECTED',
  AddressUnreachable: 'net::ERR_ADDRESS_UNREACHABLE',
  BlockedByClient: 'net::ERR_BLOCKED_BY_CLIENT',
  BlockedByResponse: 'net::ERR_BLOCKED_BY_RESPONSE',
}

export function netErrorOf(reason: DevTools.Network.ErrorReason): string {
  return netErrors[reason]
}
