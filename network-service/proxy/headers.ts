/** What concerns one connection only (RFC 9110, 7.6.1), and what belongs to the proxy itself. */
const ofConnection = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authentication-info',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'http2-settings',
])

/** Our own headers; nobody else may use them. */
const ownPrefix = 'x-nexus-'

/** Headers without those of the connection they came over. Names and values by turns, as they came. */
export function endToEnd(rawHeaders: readonly string[], also: readonly string[] = []): string[] {
  const dropped = new Set(ofConnection)
  for (const name of also) dropped.add(name)
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    if (rawHeaders[at]?.toLowerCase() !== 'connection') continue
    for (const name of (rawHeaders[at + 1] ?? '').split(',')) dropped.add(name.trim().toLowerCase())
  }
  const kept: string[] = []
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] ?? ''
    const lower = name.toLowerCase()
    if (!dropped.has(lower) && !lower.startsWith(ownPrefix)) kept.push(name, rawHeaders[at + 1] ?? '')
  }
  return kept
}

/** The head of a message, ready to be sent. */
export function writeHead(firstLine: string, headers: readonly string[]): string {
  let text = `${firstLine}\r\n`
  for (let at = 0; at + 1 < headers.length; at += 2) text += `${headers[at]}: ${headers[at + 1]}\r\n`
  return `${text}\r\n`
}
