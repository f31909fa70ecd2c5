import { siteOf } from '../tabs/site.ts'

/** Words in an address by which asking for it may do something, although GET should not. */
const doing =
  /(^|[^a-z])(log-?(in|out)|sign-?(in|out|up)|logoff|delete|remove|destroy|unsubscribe|subscribe|confirm|activate|verify|token|auth|oauth|cart|checkout|buy|order|pay|vote|like|follow|accept|approve|cancel|reset|add|edit|update|save|submit|send|action|cmd|do|download|export)([^a-z]|$)/i

/**
 * Whether the page behind a link may be fetched only because the pointer rests on it. Only within the site of the page,
 * which sees its own visitors anyway: another site must not learn that somebody looked at a link to it. And nothing whose
 * address sounds as if it did something.
 */
export function mayPreview(url: string, pageUrl: string): boolean {
  const [link, page] = [URL.parse(url), URL.parse(pageUrl)]
  if (link === null || page === null || !/^https?:$/.test(link.protocol)) return false
  if (link.protocol !== page.protocol || siteOf(url) !== siteOf(pageUrl) || link.port !== page.port)
    return false
  if (link.username !== '' || link.password !== '') return false
  // Another place of the same page is in view already.
  if (link.pathname === page.pathname && link.search === page.search) return false
  return !doing.test(`${link.pathname}${link.search}`)
}
