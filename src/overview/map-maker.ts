import { mostPlaced } from '../../contracts/ai.ts'
import type { MeaningMap } from '../../contracts/overview-scene.ts'
import { vectorBytes } from '../../contracts/page-analysis.ts'
import type { AiClient } from '../analysis/ai-client.ts'
import type { StorageClient } from '../storage/storage-client.ts'
import { type MappedPage, meaningMap, placeOf } from './meaning-map.ts'

export interface MapMakerOptions {
  readonly storage: Pick<StorageClient, 'meanings'>
  readonly ai: Pick<AiClient, 'run'>
  /** Tabs that may be shown beside what is remembered, by address. */
  readonly tabs: () => ReadonlyMap<string, string>
}

/** As many as are told apart on a screen, and as are placed within seconds. */
const mostPages = 2_000

type Placed = readonly Omit<MappedPage, 'tabId'>[]

/** Makes the map of what was read. What has its place keeps it until something else was read. */
export class MapMaker {
  readonly #options: MapMakerOptions
  #placed: Placed = []
  #placedOf = ''

  constructor(options: MapMakerOptions) {
    this.#options = options
  }

  /** Rejects with AI_UNAVAILABLE and the like where pages cannot be placed; what has its place already is kept. */
  async make(signal: AbortSignal): Promise<MeaningMap> {
    const limit = Math.min(mostPages, mostPlaced)
    const pages: { url: string; title: string; topic: string | null; vector: Uint8Array }[] = []
    for await (const { url, title, topic, vector } of this.#options.storage.meanings({ limit }, { signal }))
      if (vector.length === vectorBytes) pages.push({ url, title, topic, vector })
    const placedOf = pages.map(({ url }) => url).join('\n')
    if (placedOf !== this.#placedOf) {
      const places = await this.#place(pages, signal)
      this.#placed = pages.map(({ url, title, topic }, place) => ({
        url,
        title,
        topic,
        host: URL.parse(url)?.hostname ?? '',
        x: places[place * 2] ?? 0,
        y: places[place * 2 + 1] ?? 0,
      }))
      this.#placedOf = placedOf
    }
    const tabs = this.#options.tabs()
    return meaningMap(this.#placed.map(page => ({ ...page, tabId: tabs.get(page.url) ?? null })))
  }

  /** The address of a point; null for one that is not on the map any more. */
  urlOf(id: string): string | null {
    const place = placeOf(id)
    return place === null ? null : (this.#placed[place]?.url ?? null)
  }

  /** The places of these addresses, as far as they are on the map. */
  placesOf(urls: readonly string[]): readonly number[] {
    const places = new Map(this.#placed.map(({ url }, place) => [url, place]))
    return urls.flatMap(url => places.get(url) ?? [])
  }

  async #place(
    pages: readonly { readonly vector: Uint8Array }[],
    signal: AbortSignal,
  ): Promise<Float32Array> {
    if (pages.length === 0) return new Float32Array(0)
    const vectors = new Uint8Array(pages.length * vectorBytes)
    for (const [place, { vector }] of pages.entries()) vectors.set(vector, place * vectorBytes)
    const bytes = await this.#options.ai.run(client => client.place({ vectors }, { signal }), { signal })
    // A view needs numbers to begin at a multiple of four, which bytes out of a message need not.
    const { buffer } = bytes.slice()
    return new Float32Array(buffer, 0, Math.floor(buffer.byteLength / Float32Array.BYTES_PER_ELEMENT))
  }
}
