import { parse } from 'tldts'

/** What typed text is by its form. Decided by grammar alone, never by a model. */
export type TypedText =
  | { readonly kind: 'address'; readonly url: string }
  /** No address: words to search for, a question, or something to be done. */
  | { readonly kind: 'words' }
  /** Meant as an address, but of a kind that Nexus does not open. It must not reach a search engine either. */
  | { readonly kind: 'notOpened' }
  /** Has the form of an address and is none. */
  | { readonly kind: 'broken' }

/** Schemes that a person may type; every other one is refused with a reason. */
const openedSchemes = new Set(['http', 'https'])

/** Schemes that people paste and that must not be taken for a search, so that nothing private is sent to an engine. */
const knownSchemes = new Set(
  (
    'about blob brave chrome chrome-extension content data devtools edge file filesystem ftp ftps git irc ircs ' +
    'javascript jar magnet mailto moz-extension nexus news opera resource rtsp sftp sip sips sms ssh tel urn vbscript ' +
    'view-source vivaldi ws wss xmpp'
  ).split(' '),
)

const schemePattern = /^([a-z][a-z0-9+.-]*):(?=\S)/i

/** Folders that paths of this computer begin with; "/r/books" and "/s" are not paths but words. */
const pathPattern =
  /^(?:~\/|\\\\[^\s\\]|[a-z]:[\\/](?!\/)|\/(?:Applications|Library|System|Users|Volumes|bin|boot|dev|etc|home|lib|media|mnt|opt|private|proc|root|run|sbin|srv|sys|tmp|usr|var)(?:\/|$))/i

/** `name:password@host:port` before a path, a query or a fragment. */
const authorityPattern = /^(?:([^\s/?#@]*)@)?(\[[0-9a-f:.]+\]|[^\s/?#@:[\]]+)(?::(\d{1,5}))?(?=[/?#]|$)/i

/** Reads what was typed or pasted. Never throws. */
export function readTypedText(input: string): TypedText {
  const text = input.trim()
  if (pathPattern.test(text)) return { kind: 'notOpened' }
  const host = /\s/.test(text) ? null : bareHost(text)
  if (host !== null) return { kind: 'address', url: host }
  const scheme = schemePattern.exec(text)?.[1]?.toLowerCase()
  if (scheme === undefined) return { kind: 'words' }
  if (openedSchemes.has(scheme)) return withScheme(text)
  return { kind: knownSchemes.has(scheme) ? 'notOpened' : 'words' }
}

/** `https://…` as typed. A host with words behind it is a sentence about an address. */
function withScheme(text: string): TypedText {
  const url = URL.parse(text)
  if (url !== null && url.hostname !== '') return { kind: 'address', url: url.href }
  return { kind: /^\w+:\/*[^\s/?#]+\s/.test(text) ? 'words' : 'broken' }
}

/** The address of text that has no scheme and begins with a host; null when it does not. */
function bareHost(text: string): string | null {
  const [, user, typedHost, port] = authorityPattern.exec(text) ?? []
  if (typedHost === undefined) return null
  // somebody@example.com is written to, not visited
  if (user !== undefined && !user.includes(':') && /@[^/?#:]*$/.test(text)) return null
  // "mailto:somebody@example.com"
  if (user?.includes(':') && knownSchemes.has(user.split(':', 1)[0]?.toLowerCase() ?? '')) return null
  const host = typedHost.normalize('NFKC').replace(/[。｡]/g, '.').toLowerCase()
  const isNear = isNearby(host, port)
  if (!isNear && !isPublicHost(host)) return null
  const url = URL.parse(`${isNear ? 'http' : 'https'}://${text}`)
  return url === null || url.hostname === '' ? null : url.href
}

function isPublicHost(host: string): boolean {
  if (host.startsWith('[')) return URL.canParse(`http://${host}`)
  if (!host.replace(/\.$/, '').split('.').every(isLabel)) return false
  const { isIp, isIcann, domain } = parse(host, { extractHostname: false, allowPrivateDomains: false })
  return isIp === true || (isIcann === true && domain !== null)
}

function isLabel(label: string): boolean {
  return label !== '' && !label.startsWith('-') && !label.endsWith('-')
}

/** Hosts of this machine or of a private network, which rarely have a certificate. */
function isNearby(host: string, port: string | undefined): boolean {
  if (host === 'localhost' || /\.(?:localhost|local|test|internal|lan|home\.arpa)$/.test(host)) return true
  if (/^\[(?:::1|f[cd][0-9a-f]{2}:.*|fe[89ab][0-9a-f]:.*)\]$/.test(host))
    return URL.canParse(`http://${host}`)
  if (/^\d+(?:\.\d+){3}$/.test(host)) {
    const isPrivate = /^(?:127\.|10\.|192\.168\.|169\.254\.|172\.(?:1[6-9]|2\d|3[01])\.|0\.0\.0\.0$)/.test(
      host,
    )
    return isPrivate && URL.canParse(`http://${host}`)
  }
  // "nas:8080": a name without a dot is a host only with a port that nobody writes as a time or a verse
  const leastPortDigits = host.includes('-') ? 2 : 4
  return port !== undefined && port.length >= leastPortDigits && /^[a-z][a-z0-9-]*[a-z0-9]$/.test(host)
}
