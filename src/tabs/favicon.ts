/** Fetches by the tab's own session, so that cookies and the proxy of that session hold. */
export type FetchInSession = (url: string, init: { signal: AbortSignal }) => Promise<Response>

const allowedTypes = new Set([
  'image/png',
  'image/x-icon',
  'image/vnd.microsoft.icon',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'image/svg+xml',
])
const maximumBytes = 128 * 1024
const deadlineMs = 5_000

/**
 * The first usable icon of a page as a `data:` URL, or null. The chrome UI must not reach the network, so the bytes are
 * handed to it. Everything about the answer is the page's word: kind and size are checked.
 */
export async function fetchFavicon(
  urls: readonly string[],
  fetchInSession: FetchInSession,
): Promise<string | null> {
  for (const url of urls.slice(0, 3)) {
    const icon = await fetchOne(url, fetchInSession).catch(() => null)
    if (icon !== null) return icon
  }
  return null
}

async function fetchOne(url: string, fetchInSession: FetchInSession): Promise<string | null> {
  const { protocol } = new URL(url)
  if (protocol !== 'http:' && protocol !== 'https:' && protocol !== 'data:') return null
  const response = await fetchInSession(url, { signal: AbortSignal.timeout(deadlineMs) })
  const type = response.headers.get('content-type')?.split(';', 1)[0]?.trim().toLowerCase() ?? ''
  if (!response.ok || !allowedTypes.has(type)) return null
  const declared = Number(response.headers.get('content-length') ?? '0')
  if (declared > maximumBytes) return null
  const bytes = await readAtMost(response, maximumBytes)
  return bytes === null ? null : `data:${type};base64,${Buffer.from(bytes).toString('base64')}`
}

async function readAtMost(response: Response, limit: number): Promise<Uint8Array | null> {
  if (response.body === null) return null
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of response.body) {
    const bytes: Uint8Array = chunk
    length += bytes.byteLength
    if (length > limit) return null
    chunks.push(bytes)
  }
  return length === 0 ? null : Buffer.concat(chunks)
}
