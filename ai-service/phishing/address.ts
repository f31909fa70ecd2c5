import { domainToUnicode } from 'node:url'
import { parse } from 'tldts'

/** Longer addresses are judged by their beginning. */
export const maxAddressCharacters = 2_000

/** An address taken apart for judging. All parts may be empty, none is trusted. */
export interface Address {
  /** Without scheme, "www." and closing slash: what is judged. */
  readonly norm: string
  /** What stands before an @ in front of the host. */
  readonly userInfo: string
  /** Lower case, international names in their ASCII form. */
  readonly host: string
  /** The host as a person reads it. */
  readonly shownHost: string
  readonly port: string
  readonly isIp: boolean
  /** The registrable domain, or the host where there is none. Names on a free host count as domains of their own. */
  readonly site: string
  /** First name of `site` as a person reads it. */
  readonly name: string
  /** What stands before `site`, without the dot. */
  readonly subdomain: string
  readonly suffix: string
  /** The suffix belongs to a service that gives names to anybody. */
  readonly isPrivateSuffix: boolean
  /** With the leading slash. */
  readonly path: string
  /** With the question mark or the hash. */
  readonly query: string
}

/** Takes an address apart, with or without scheme. Never throws, however broken the address is. */
export function readAddress(url: string): Address {
  const norm = normalizeAddress(url)
  const pathStart = norm.search(/[/?#\\]/)
  const authority = pathStart === -1 ? norm : norm.slice(0, pathStart)
  const rest = pathStart === -1 ? '' : norm.slice(pathStart)
  const at = authority.lastIndexOf('@')
  const userInfo = at === -1 ? '' : authority.slice(0, at)
  const hostAndPort = at === -1 ? authority : authority.slice(at + 1)
  const [, named = '', port = ''] = /^(\[[^\]]*\]|[^:]*)(?::(\d*))?/.exec(hostAndPort) ?? []
  const host = asciiHost(named)
  const parsed = parse(host, { allowPrivateDomains: true, validateHostname: false })
  const isIp = parsed.isIp === true || host.startsWith('[')
  const site = parsed.domain ?? host
  const shownSite = shown(site)
  const queryStart = rest.search(/[?#]/)
  return {
    norm,
    userInfo,
    host,
    shownHost: shown(host),
    port,
    isIp,
    site,
    name: isIp ? '' : (shownSite.split('.')[0] ?? ''),
    subdomain: isIp ? '' : (parsed.subdomain ?? ''),
    suffix: isIp ? '' : (parsed.publicSuffix ?? ''),
    isPrivateSuffix: parsed.isPrivate === true,
    path: queryStart === -1 ? rest : rest.slice(0, queryStart),
    query: queryStart === -1 ? '' : rest.slice(queryStart),
  }
}

/** The address as the model knows it: no scheme, no "www.", no closing slash, host in lower case. */
export function normalizeAddress(url: string): string {
  const bare = url
    .slice(0, maxAddressCharacters)
    .toWellFormed()
    // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly those are taken out
    .replace(/[\u0000-\u0020\u007f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+/g, '')
    .normalize('NFC')
    .replace(/^[a-z][a-z0-9+.-]{0,20}:\/\//i, '')
    .replace(/&amp;/g, '&')
  const pathStart = bare.search(/[/?#\\]/)
  const authority = (pathStart === -1 ? bare : bare.slice(0, pathStart)).toLowerCase().replace(/^www\./, '')
  return `${authority}${pathStart === -1 ? '' : bare.slice(pathStart)}`.replace(/\/+$/, '')
}

function asciiHost(named: string): string {
  const host = named.toLowerCase().replace(/\.+$/, '').slice(0, 300)
  // Only what goes beyond ASCII needs the standard's algorithm, which refuses much that attackers write.
  if (/^[\x21-\x7e]*$/.test(host)) return host
  return URL.parse(`http://${host}`)?.hostname ?? host
}

function shown(host: string): string {
  return host.includes('xn--') ? domainToUnicode(host) || host : host
}

/** Names that only lead around this computer or its own network. */
export function isPrivateHost(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '')
  return (
    bare === '' ||
    !(bare.includes('.') || bare.includes(':')) ||
    /(?:^|\.)(?:localhost|local|internal|lan|home|home\.arpa|intranet|corp)$/.test(bare) ||
    /^(?:127|10)\.\d+\.\d+\.\d+$/.test(bare) ||
    /^192\.168\.\d+\.\d+$/.test(bare) ||
    /^169\.254\.\d+\.\d+$/.test(bare) ||
    /^172\.(?:1[6-9]|2\d|3[01])\.\d+\.\d+$/.test(bare) ||
    /^(?:::1|::|f[cd][0-9a-f]{2}:.*|fe80:.*)$/.test(bare)
  )
}
