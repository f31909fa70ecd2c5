/** Schemes that a page may be, in a tab. The engine's own pages, files and our own scheme are not among them. */
const pageSchemes = new Set(['http:', 'https:'])

/** Whether an address is one of the web, which alone may be shown in a tab. */
export function isPageAddress(url: string): boolean {
  const parsed = URL.parse(url)
  return parsed !== null && pageSchemes.has(parsed.protocol)
}

/** Whether a page may take its own frames to this address. Sub-frames may also be blank or made by the page itself. */
export function mayNavigate(url: string, isMainFrame: boolean): boolean {
  if (isPageAddress(url)) return true
  if (isMainFrame) return false
  return url === 'about:blank' || url === 'about:srcdoc' || url.startsWith('blob:') || url.startsWith('data:')
}
