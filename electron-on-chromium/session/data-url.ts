/** What stands in a `data:` address (RFC 2397); null for any other address, and for one that is malformed. */
export function fileOfDataUrl(url: string): { readonly type: string; readonly body: Buffer } | null {
  const [, head, text] = /^data:([^,]*),(.*)$/is.exec(url) ?? []
  if (head === undefined || text === undefined) return null
  const isBase64 = /;\s*base64$/i.test(head)
  const type = head.replace(/;\s*base64$/i, '') || 'text/plain;charset=US-ASCII'
  try {
    const decoded = decodeURIComponent(text)
    return { type, body: isBase64 ? Buffer.from(decoded, 'base64') : Buffer.from(decoded, 'utf8') }
  } catch {
    return null
  }
}
