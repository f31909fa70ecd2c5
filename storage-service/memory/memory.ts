import type { Forgotten, PageMemory, RelatedPage, Remembered } from '../../contracts/memory.ts'
import type { Analyses } from '../analyses.ts'
import type { History } from '../history/history.ts'
import type { SqlDatabase } from '../sqlite-driver.ts'
import { dimensions } from '../vectors/vector-index.ts'
import { isNearDuplicate, isRelated, worthReading } from './likeness.ts'
import { type MemoryLimits, Readings, vectorAt } from './readings.ts'
import { VectorStore, type VectorStoreOptions, vectorFrom } from './vector-store.ts'

const memoryLimits: MemoryLimits = { passages: 100_000, readings: 20_000 }
/** Related pages that are weighed for what to read next. */
const consideredNext = 60

export interface MemoryOptions extends VectorStoreOptions {
  readonly history: History
  readonly analyses: Analyses
  readonly limits?: MemoryLimits
}

/** What was read: kept by address, found by likeness, shown and forgotten on demand. */
export class Memory {
  readonly readings: Readings
  readonly passageVectors: VectorStore
  readonly #pageVectors: VectorStore
  readonly #database: SqlDatabase
  readonly #history: History
  readonly #analyses: Analyses
  readonly #limits: MemoryLimits
  #passages: number

  constructor(options: MemoryOptions) {
    this.#database = options.database
    this.#history = options.history
    this.#analyses = options.analyses
    this.#limits = options.limits ?? memoryLimits
    this.readings = new Readings(options.database)
    this.passageVectors = new VectorStore('passages', options)
    this.#pageVectors = new VectorStore('readings', options)
    this.#passages = this.readings.counts().passages
  }

  /** How many there are. */
  get passages(): number {
    return this.#passages
  }

  save(page: PageMemory): { isChanged: boolean } {
    return this.#database.transaction(() => {
      const known = this.readings.find(page.url)
      if (known !== null && this.#isSame(known.id, known.vector, page)) {
        this.readings.refresh(known.id, page.title, page.at)
        return { isChanged: false }
      }
      if (known !== null) this.#drop(known.id)
      const { id, passageIds } = this.readings.insert(page)
      this.#passages += passageIds.length
      const pageVector = vectorFrom(page.pageVector)
      if (pageVector !== null) this.#pageVectors.set(id, pageVector)
      for (const [index, passageId] of passageIds.entries()) {
        const vector = vectorFrom(vectorAt(page, index))
        if (vector !== null) this.passageVectors.set(passageId, vector)
      }
      this.#makeRoom(id)
      return { isChanged: true }
    })
  }

  /** Nearest first. A `pageVector` of null stands for what is stored of `url`; without that nothing is related. */
  async related(url: string, pageVector: Uint8Array | null, limit: number): Promise<RelatedPage[]> {
    const query = vectorFrom(pageVector ?? this.readings.find(url)?.vector ?? null)
    if (query === null) return []
    const index = await this.#pageVectors.loaded()
    const here = withoutFragment(url)
    const found: RelatedPage[] = []
    // The page itself may stand there under several fragments.
    for (const { id, similarity } of index.nearest(query, limit + 10)) {
      if (!isRelated(similarity)) break
      const reading = this.readings.get(id)
      if (reading === null || withoutFragment(reading.url) === here) continue
      const visited = this.#history.find(reading.url)
      found.push({
        url: reading.url,
        title: reading.title,
        visits: visited?.visits ?? 0,
        lastVisitAt: visited?.lastVisitAt ?? null,
        keywords: [...reading.keywords],
        topic: reading.topic,
        similarity,
        isNearDuplicate: isNearDuplicate(similarity),
      })
    }
    return found.slice(0, limit)
  }

  async readNext(
    url: string,
    pageVector: Uint8Array | null,
    limit: number,
    now: number,
  ): Promise<RelatedPage[]> {
    return worthReading(await this.related(url, pageVector, consideredNext), now).slice(0, limit)
  }

  /** Apart from how it looked, which is kept elsewhere. */
  remembered(url: string): Omit<Remembered, 'look'> {
    const reading = this.readings.find(url)
    const visited = this.#history.find(url)
    const passages = reading === null ? [] : this.readings.passagesOf(reading.id)
    return {
      url,
      visited:
        visited === null
          ? null
          : {
              title: visited.title,
              visits: visited.visits,
              firstVisitAt: this.#history.firstVisitAt(url) ?? visited.lastVisitAt,
              lastVisitAt: visited.lastVisitAt,
            },
      read:
        reading === null
          ? null
          : {
              title: reading.title,
              at: reading.at,
              language: reading.language,
              topic: reading.topic,
              keywords: [...reading.keywords],
              passages: passages.map(({ paragraph, text }) => ({ paragraph, text })),
              vectors: passages.filter(one => one.vector?.length === dimensions).length,
            },
      analysis: this.#analyses.load(url),
    }
  }

  /** All of one address; of every address when `url` is null. */
  forget(url: string | null, withHistory: boolean): Forgotten {
    const before = this.readings.counts()
    const analyses = this.#database.transaction(() => {
      if (url === null) {
        this.#database.execute('DELETE FROM readings')
        this.passageVectors.clear()
        this.#pageVectors.clear()
      } else {
        const reading = this.readings.find(url)
        if (reading !== null) this.#drop(reading.id)
      }
      return this.#analyses.delete(url)
    })
    const after = this.readings.counts()
    this.#passages = after.passages
    const visited = withHistory ? this.#history.delete(url) : 0
    return {
      pages: Math.max(before.readings - after.readings, visited, analyses),
      passages: before.passages - after.passages,
    }
  }

  /** The tables were changed by another way, or a change was undone: what is in memory is read again. */
  reload(): void {
    this.passageVectors.reload()
    this.#pageVectors.reload()
    this.#passages = this.readings.counts().passages
  }

  #drop(id: number): void {
    const passages = this.readings.passagesOf(id)
    for (const passage of passages) this.passageVectors.delete(passage.id)
    this.#pageVectors.delete(id)
    this.readings.delete(id)
    this.#passages -= passages.length
  }

  #makeRoom(except: number): void {
    let { readings } = this.readings.counts()
    while (this.#passages > this.#limits.passages || readings > this.#limits.readings) {
      const oldest = this.readings.oldest(except)
      if (oldest === null) return
      this.#drop(oldest)
      readings -= 1
    }
  }

  #isSame(id: number, vector: Uint8Array | null, page: PageMemory): boolean {
    const stored = this.readings.passagesOf(id)
    return (
      stored.length === page.passages.length &&
      isSameBytes(vector, page.pageVector) &&
      stored.every(
        (passage, index) =>
          passage.text === page.passages[index]?.text &&
          passage.paragraph === page.passages[index]?.paragraph &&
          isSameBytes(passage.vector, vectorAt(page, index)),
      )
    )
  }
}

/** No bytes and no vector are the same. */
function isSameBytes(one: Uint8Array | null, other: Uint8Array | null): boolean {
  return Buffer.compare(one ?? new Uint8Array(), other ?? new Uint8Array()) === 0
}

function withoutFragment(url: string): string {
  return url.split('#', 1)[0] ?? url
}
