import type { RequestPart } from '../network/web-request.ts'

/** As many as may be under way between a click and its download. */
const mostRemembered = 100

/**
 * Addresses of pages and frames that were asked for with something other than GET: what they answer cannot be had by
 * asking again.
 */
export class PostedAddresses {
  readonly #urls = new Set<string>()

  /** For those who are told of every request. */
  readonly part: RequestPart = {
    name: 'downloads',
    onSent: ({ method, resourceType, url }) => {
      if (resourceType !== 'mainFrame' && resourceType !== 'subFrame') return
      this.#urls.delete(url)
      if (method === 'GET') return
      this.#urls.add(url)
      const [oldest] = this.#urls
      if (this.#urls.size > mostRemembered && oldest !== undefined) this.#urls.delete(oldest)
    },
  }

  has(url: string): boolean {
    return this.#urls.has(url)
  }
}
