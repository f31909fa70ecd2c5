/** Fetches a picture as a `data:` address; rejects when it cannot be had. */
export type FetchIcon = (url: string) => Promise<string>

const dataIcon = /^data:image\/(png|x-icon|vnd\.microsoft\.icon|jpeg|gif|webp|svg\+xml)[;,]/i
/** Characters of an icon that a page brings in its address. */
const mostCharacters = 256 * 1024

/**
 * The first usable icon of a page as a `data:` URL, or null. The chrome UI must not reach the network, so the bytes are
 * handed to it. Everything about the answer is the page's word: kind and size are checked where it is fetched.
 */
export async function fetchFavicon(urls: readonly string[], fetchIcon: FetchIcon): Promise<string | null> {
  for (const url of urls.slice(0, 3)) {
    const icon = await fetchOne(url, fetchIcon).catch(() => null)
    if (icon !== null) return icon
  }
  return null
}

async function fetchOne(url: string, fetchIcon: FetchIcon): Promise<string | null> {
  const protocol = URL.parse(url)?.protocol
  if (protocol === 'data:') return dataIcon.test(url) && url.length <= mostCharacters ? url : null
  return protocol === 'http:' || protocol === 'https:' ? await fetchIcon(url) : null
}
