import { type FetchPurpose, fetchingContract, type LinkPreview } from '../../contracts/fetching.ts'
import type { Client } from '../../ipc/client.ts'
import type { Endpoint } from '../../ipc/endpoint.ts'
import { endpointId } from '../../ipc/identity.ts'

/** The page for which something is fetched. */
export interface FetchingPage {
  readonly url: string
  readonly isPrivate: boolean
}

/**
 * Small things that the browser shows of pages, fetched by the network process: without cookies, by its cache, and never
 * from private addresses for a public page.
 */
export class OwnFetches {
  readonly #client: Client<typeof fetchingContract>
  readonly #userAgent: () => string

  constructor(endpoint: Endpoint, userAgent: () => string) {
    this.#client = endpoint.client(fetchingContract, endpointId('network'))
    this.#userAgent = userAgent
  }

  /** A picture as a `data:` address, for the chrome UI may not reach the network. Rejects when it cannot be had. */
  async picture(
    url: string,
    purpose: FetchPurpose,
    page: FetchingPage,
    signal?: AbortSignal,
  ): Promise<string> {
    const stream = this.#client.fetch({ url, purpose, context: this.#contextOf(page) }, { signal })
    const chunks: Uint8Array[] = []
    for await (const chunk of stream) chunks.push(chunk)
    const { contentType } = await stream.result
    return `data:${contentType};base64,${Buffer.concat(chunks).toString('base64')}`
  }

  /** What the page at this address says of itself. */
  preview(url: string, page: FetchingPage, signal?: AbortSignal): Promise<LinkPreview> {
    return this.#client.preview({ url, context: this.#contextOf(page) }, { signal })
  }

  #contextOf({ url, isPrivate }: FetchingPage) {
    return { pageUrl: url, isPrivate, userAgent: this.#userAgent() }
  }
}
