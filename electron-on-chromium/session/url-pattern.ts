import { isMappedUrl, toEngineUrl } from './scheme-mapping.ts'

/**
 * A URL pattern as webRequest filters use them: `<all_urls>` or `scheme://host[:port]/path`, where the scheme may
 * be `*`, the host `*` or `*.domain`, and the path may hold `*` anywhere.
 */
export interface UrlPattern {
  readonly text: string
  matches(url: string): boolean
  /** The same, or wider, as a pattern of DevTools' Fetch domain. */
  readonly enginePattern: string
}

const patternSyntax = /^(\*|[a-z][a-z0-9+.-]*):\/\/([^/]*)(\/.*)$/i
const urlSyntax = /^([a-z][a-z0-9+.-]*):(?:\/\/(?:[^/?#@]*@)?([^/?#]*))?([^#]*)/i

/** Throws a TypeError for text that is no pattern. */
export function parseUrlPattern(text: string): UrlPattern {
  if (text === '<all_urls>') return { text, matches: () => true, enginePattern: '*' }
  const match = patternSyntax.exec(text)
  if (!match) throw new TypeError(`Invalid url pattern ${text}: ${reasonOf(text)}`)
  const [, scheme = '', hostAndPort = '', path = ''] = match
  const [, host = '', port = '*'] = /^(.*?)(?::(\d+|\*))?$/.exec(hostAndPort) ?? []
  if (host === '' && scheme.toLowerCase() !== 'file')
    throw new TypeError(`Invalid url pattern ${text}: Empty host.`)
  if (host.replace(/^\*\.?/, '').includes('*'))
    throw new TypeError(`Invalid url pattern ${text}: Invalid host wildcard.`)
  const pathExpression = new RegExp(`^${path.split('*').map(escapeExpression).join('.*')}$`, 's')
  const isSchemeRight = (candidate: string) => scheme === '*' || scheme.toLowerCase() === candidate
  return {
    text,
    matches: url => {
      const [, urlScheme = '', urlHostAndPort = '', urlPath = ''] = urlSyntax.exec(url) ?? []
      const [, urlHost = '', urlPort] = /^(.*?)(?::(\d+))?$/.exec(urlHostAndPort) ?? []
      const lowerScheme = urlScheme.toLowerCase()
      return (
        isSchemeRight(lowerScheme) &&
        isHostRight(host.toLowerCase(), urlHost.toLowerCase()) &&
        (port === '*' || port === (urlPort ?? defaultPortOf(lowerScheme))) &&
        pathExpression.test(urlPath === '' ? '/' : urlPath)
      )
    },
    enginePattern: enginePatternOf(scheme.toLowerCase(), host.toLowerCase(), path),
  }
}

function isHostRight(pattern: string, host: string): boolean {
  if (pattern === '*' || pattern === '') return true
  if (pattern.startsWith('*.')) return host === pattern.slice(2) || host.endsWith(pattern.slice(1))
  return host === pattern
}

function defaultPortOf(scheme: string): string {
  if (scheme === 'http' || scheme === 'ws') return '80'
  return scheme === 'https' || scheme === 'wss' ? '443' : ''
}

/** Wider than the pattern where DevTools' wildcards cannot say the same; the pattern itself decides afterwards. */
function enginePatternOf(scheme: string, host: string, path: string): string {
  const isWildHost = host.startsWith('*')
  const probe = `${scheme}://${isWildHost ? 'x' : host}/`
  if (scheme !== '*' && isMappedUrl(toEngineUrl(probe))) {
    const engineHost = new URL(toEngineUrl(probe)).host
    return `http://${isWildHost ? engineHost.replace(/^x/, '*') : engineHost}${escapeWildcards(path)}`
  }
  const engineHost = isWildHost ? host.replace(/^\*\.?/, '*') : host
  // The port, if any, is left to the pattern itself. A scheme `*` also stands for mapped schemes.
  if (scheme === '*') return isWildHost ? '*' : `*://${engineHost}*`
  return `${scheme}://${engineHost}*${escapeWildcards(path)}`
}

function escapeWildcards(text: string): string {
  return text.replace(/[\\?]/g, character => `\\${character}`)
}

function escapeExpression(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, character => `\\${character}`)
}

function reasonOf(text: string): string {
  if (!text.includes('://')) return 'Missing scheme separator.'
  return /^[^:]+:\/\/[^/]*$/.test(text) ? 'Empty path.' : 'Invalid scheme.'
}
