import { normalHost } from '../dns/host-names.ts'

/** Where a request goes. */
export interface RequestTarget {
  /** As `normalHost`: without brackets. */
  readonly host: string
  readonly port: number
}

export interface HttpTarget extends RequestTarget {
  /** What the server is asked for, and the name by which. */
  readonly path: string
  readonly authority: string
  readonly url: string
}

/** Reads the absolute form `http://host/path`; null for whatever else, also with a name and password in it. */
export function readHttpTarget(target: string): HttpTarget | null {
  if (!/^http:\/\//i.test(target)) return null
  const url = URL.parse(target)
  if (url === null || url.hostname === '' || url.username !== '' || url.password !== '') return null
  return {
    host: normalHost(url.hostname),
    port: url.port === '' ? 80 : Number(url.port),
    // As it was written: what the parser would change, servers may tell apart.
    path: pathOf(target),
    authority: url.host,
    url: url.href,
  }
}

/** Reads the authority form `host:port` of CONNECT. */
export function readTunnelTarget(target: string): RequestTarget | null {
  const [, name, port] = /^(\[[0-9a-f:.%]+\]|[^:/?#@[\]\s]+):(\d{1,5})$/i.exec(target) ?? []
  const number = Number(port)
  if (name === undefined || number < 1 || number > 65_535) return null
  const url = URL.parse(`http://${name}`)
  return url === null || url.hostname === '' ? null : { host: normalHost(url.hostname), port: number }
}

function pathOf(target: string): string {
  const [, rest = ''] = /^http:\/\/[^/?#]*([^#]*)/i.exec(target) ?? []
  return rest.startsWith('/') ? rest : `/${rest}`
}
