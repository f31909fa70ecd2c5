import { parse } from 'tldts'
import type { PageProblem } from '../../contracts/browser.ts'

/** What typed text means. Decided by grammar alone, never by a model. */
export type OmniboxTarget =
  | { readonly kind: 'address'; readonly url: string }
  | { readonly kind: 'search'; readonly url: string }
  | { readonly kind: 'refused'; readonly problem: PageProblem }

/** Schemes that a person may type; every other one is refused with a reason. */
const openedSchemes = new Set(['http:', 'https:'])

const schemePattern = /^([a-z][a-z0-9+.-]*):/i

/**
 * Reads what was typed into the omnibox: an address where it is one by its form, else a search.
 * Never throws. `searchTemplate` holds `%s` for the encoded query.
 */
export function readOmniboxInput(input: string, searchTemplate: string): OmniboxTarget {
  const text = input.trim()
  const scheme = schemePattern.exec(text)?.[0].toLowerCase()
  if (scheme !== undefined && !looksLikeHostAndPort(text)) {
    if (openedSchemes.has(scheme)) return readAddress(text)
    if (isKnownScheme(scheme)) return refused(text, 'SCHEME_NOT_OPENED')
    return search(text, searchTemplate)
  }
  if (/\s/.test(text) || text === '') return search(text, searchTemplate)
  return isHost(text)
    ? readAddress(`${isLocal(text) ? 'http' : 'https'}://${text}`)
    : search(text, searchTemplate)
}

/**
 * Reads an address that must be one, as given on the command line or by a page. Null when it is not one that Nexus
 * opens.
 */
export function readWebAddress(text: string): string | null {
  const target = readOmniboxInput(text, 'https://search.invalid/%s')
  return target.kind === 'address' ? target.url : null
}

function readAddress(text: string): OmniboxTarget {
  const url = URL.parse(text)
  if (url === null || url.hostname === '') return refused(text, 'NOT_AN_ADDRESS')
  return { kind: 'address', url: url.href }
}

function search(text: string, template: string): OmniboxTarget {
  return { kind: 'search', url: template.replaceAll('%s', () => encodeURIComponent(text)) }
}

function refused(text: string, code: string): OmniboxTarget {
  return { kind: 'refused', problem: { kind: 'badAddress', code, url: text.slice(0, 2_000), host: '' } }
}

/** `localhost:8080/x` has the form of a scheme but means a host with a port. */
function looksLikeHostAndPort(text: string): boolean {
  return /^[^:/?#\s]+:\d{1,5}(?:[/?#]|$)/.test(text)
}

/** Schemes that people paste and that must not be taken for a search, so that nothing private is sent to an engine. */
function isKnownScheme(scheme: string): boolean {
  return [
    'javascript:',
    'data:',
    'file:',
    'blob:',
    'about:',
    'chrome:',
    'nexus:',
    'view-source:',
    'ftp:',
    'ws:',
    'wss:',
    'mailto:',
  ].includes(scheme)
}

function isHost(text: string): boolean {
  const host = text.split(/[/?#]/, 1)[0]?.replace(/:\d{1,5}$/, '') ?? ''
  if (host === '') return false
  if (isLocal(text)) return true
  const parsed = parse(host, { extractHostname: true, allowPrivateDomains: false })
  return parsed.isIp === true || (parsed.isIcann === true && parsed.domain !== null)
}

/** Hosts of this machine or of a private network, which rarely have a certificate. */
function isLocal(text: string): boolean {
  const host =
    text
      .split(/[/?#]/, 1)[0]
      ?.replace(/:\d{1,5}$/, '')
      .toLowerCase() ?? ''
  return (
    host === 'localhost' ||
    host.endsWith('.localhost') ||
    host.endsWith('.local') ||
    host.endsWith('.test') ||
    host === '[::1]' ||
    /^(?:127|10)(?:\.\d{1,3}){3}$/.test(host) ||
    /^192\.168(?:\.\d{1,3}){2}$/.test(host) ||
    /^172\.(?:1[6-9]|2\d|3[01])(?:\.\d{1,3}){2}$/.test(host)
  )
}
