/**
 * What is said of the page that a request comes from, as "strict-origin-when-cross-origin" has it: the address within one
 * origin, only the origin to another, nothing from a secure page to an insecure address.
 */
export function referrerFor(pageUrl: string, url: string): string | null {
  const [page, target] = [URL.parse(pageUrl), URL.parse(url)]
  if (page === null || target === null || !/^https?:$/.test(page.protocol)) return null
  if (page.protocol === 'https:' && target.protocol !== 'https:') return null
  return page.origin === target.origin ? `${page.origin}${page.pathname}${page.search}` : `${page.origin}/`
}
