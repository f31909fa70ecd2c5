import { customSchemes } from './custom-schemes.ts'

/**
 * Stock Chromium cannot be taught a scheme: it refuses to navigate to `app://host/`, and DevTools never sees the
 * request. So a custom scheme lives inside Chromium under a host of its own,
 * `app://host/path` <-> `http://host.app.standin.localhost/path`: a secure context (it ends in .localhost), its
 * own origin, and answered by us before anything reaches the network.
 */
const engineSuffix = '.standin.localhost'

/** Hosts (and schemes) that are no valid host name are written as hexadecimal labels behind this prefix. */
const hexPrefix = 'hex--'
const hexCharactersPerLabel = 56
/** Stands for "no host": `app:path` of a scheme that is not standard. */
const opaqueLabel = 'opaque--'

/**
 * Rules for Chromium's `--host-resolver-rules`: a mapped host that no session handles must not resolve at all,
 * or it would be answered by whatever listens on port 80 of this machine.
 */
export const reservedHostRules = 'MAP *.standin.localhost ~NOTFOUND,MAP *.standin.localhost. ~NOTFOUND'

/** Adds our rules to those of the application (the value of its own `--host-resolver-rules`, if any). */
export function hostResolverRules(ofApplication: string | null): string {
  return ofApplication ? `${reservedHostRules},${ofApplication}` : reservedHostRules
}

/** The pattern, in the form of DevTools' Fetch domain, of every URL of a custom scheme. */
export function enginePatternOf(scheme: string): string {
  return `http://*.${encodeScheme(scheme)}${engineSuffix}/*`
}

const customUrlPattern = /^([a-z][a-z0-9+.-]*):(.*)$/is

/**
 * The URL under which Chromium knows this one. URLs of schemes that are not the application's own are returned
 * unchanged.
 */
export function toEngineUrl(url: string): string {
  const match = customUrlPattern.exec(url.trim())
  const scheme = match?.[1]?.toLowerCase()
  const rest = match?.[2]
  if (scheme === undefined || rest === undefined) return url
  if (scheme === 'view-source' || scheme === 'blob') return `${scheme}:${toEngineUrl(rest)}`
  if (!customSchemes.isCustom(scheme)) return url
  const isStandard = customSchemes.privilegesOf(scheme)?.standard === true
  const suffix = `.${encodeScheme(scheme)}${engineSuffix}`
  if (!isStandard && !rest.startsWith('//')) return `http://${opaqueLabel}${suffix}/${rest}`
  // A standard scheme is parsed like http: slashes before the host do not count.
  const afterSlashes = isStandard ? rest.replace(/^[/\\]+/, '') : rest.slice(2)
  const [, authority = '', path = ''] = /^([^/?#\\]*)(.*)$/s.exec(afterSlashes) ?? []
  const host = authority.slice(authority.lastIndexOf('@') + 1)
  const withSlash = path.startsWith('/') ? path : `/${path}`
  return `http://${encodeHost(host)}${suffix}${withSlash}`
}

const engineUrlPattern =
  /^(blob:|view-source:|filesystem:)?http:\/\/([^/?#@:]*)\.([^./?#@:]+)\.standin\.localhost(?:(?=[/?#])(.*))?$/is

/** The URL as the application knows it: the inverse of `toEngineUrl`. Other URLs are returned unchanged. */
export function fromEngineUrl(url: string): string {
  const match = engineUrlPattern.exec(url)
  if (!match) return url
  const [, prefix = '', host = '', schemeLabel = '', path] = match
  const scheme = decodeName(schemeLabel)
  if (scheme === null || scheme === '') return url
  if (host === opaqueLabel) return `${prefix}${scheme}:${(path ?? '').replace(/^\//, '')}`
  const decodedHost = decodeName(host)
  if (decodedHost === null) return url
  return `${prefix}${scheme}://${decodedHost}${path ?? ''}`
}

/** The scheme of a URL that Chromium knows, as the application names it: `app` for a mapped URL. */
export function schemeOfEngineUrl(url: string): string {
  return fromEngineUrl(url).split(':', 1)[0]?.toLowerCase() ?? ''
}

/** True for a URL that stands for one of a custom scheme, whoever handles it. */
export function isMappedUrl(url: string): boolean {
  return fromEngineUrl(url) !== url
}

const labelPattern = /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/

function isPlainLabel(label: string): boolean {
  return labelPattern.test(label) && !label.startsWith(hexPrefix)
}

/** A scheme becomes exactly one label, so that it can be found again behind a host with dots. */
function encodeScheme(scheme: string): string {
  const lower = scheme.toLowerCase()
  return isPlainLabel(lower) ? lower : hexLabel(Buffer.from(lower, 'utf8').toString('hex'))
}

function encodeHost(host: string): string {
  const lower = host.toLowerCase()
  if (lower.split('.').every(isPlainLabel)) return lower
  const hex = Buffer.from(lower, 'utf8').toString('hex')
  return (hex.match(hexChunkPattern) ?? ['']).map(hexLabel).join('.')
}

const hexChunkPattern = new RegExp(`.{1,${hexCharactersPerLabel}}`, 'g')

/** The `z` keeps a label from ending in a hyphen when it is empty. */
function hexLabel(hex: string): string {
  return `${hexPrefix}${hex}z`
}

function decodeName(name: string): string | null {
  if (!name.startsWith(hexPrefix)) return name
  let hex = ''
  for (const label of name.split('.')) {
    const match = /^hex--([0-9a-f]*)z$/.exec(label)
    if (!match) return null
    hex += match[1] ?? ''
  }
  return Buffer.from(hex, 'hex').toString('utf8')
}
