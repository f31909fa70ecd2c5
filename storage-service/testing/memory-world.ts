import type { PageMemory } from '../../contracts/memory.ts'
import { Analyses } from '../analyses.ts'
import { History } from '../history/history.ts'
import { Memory } from '../memory/memory.ts'
import type { MemoryLimits } from '../memory/readings.ts'
import { MemorySearch } from '../memory/search.ts'
import { migrate } from '../migrations.ts'
import { openSqlite, type SqlDatabase } from '../sqlite-driver.ts'
import { dimensions } from '../vectors/vector-index.ts'

export const now = 1_800_000_000_000

/** A direction between the named places, for tests in which the meaning of a text is chosen. */
export function meaning(...places: readonly number[]): Uint8Array {
  const vector = new Int8Array(dimensions)
  for (const place of places) vector[place] = Math.round(127 / Math.sqrt(places.length))
  return new Uint8Array(vector.buffer)
}

export const nothing = new Uint8Array()

/** A page with one vector for each passage, where there are any. */
export function pageOf(
  url: string,
  passages: readonly string[],
  more: Partial<PageMemory> & { readonly meanings?: readonly Uint8Array[] } = {},
): PageMemory {
  const { meanings = [], ...rest } = more
  return {
    url,
    title: `Title of ${new URL(url).pathname}`,
    passages: passages.map((text, paragraph) => ({ paragraph, text })),
    vectors: Buffer.concat(meanings),
    pageVector: meanings[0] ?? nothing,
    keywords: ['harbour', 'tide'],
    topic: 'science',
    language: 'en',
    at: now,
    ...rest,
  }
}

/** Everything about memory on one database, for tests. */
export class MemoryWorld implements Disposable {
  readonly database: SqlDatabase = openSqlite(':memory:')
  readonly warnings: string[] = []
  readonly history: History
  readonly analyses: Analyses
  readonly memory: Memory
  readonly search: MemorySearch
  #visits = 0

  constructor(limits?: MemoryLimits) {
    migrate(this.database)
    this.history = new History(this.database)
    this.analyses = new Analyses(this.database)
    this.memory = this.freshMemory(limits)
    this.search = this.searchIn(this.memory)
  }

  /** As after a restart: nothing is loaded. */
  freshMemory(limits?: MemoryLimits): Memory {
    return new Memory({
      database: this.database,
      history: this.history,
      analyses: this.analyses,
      pause: () => Promise.resolve(),
      warn: message => this.warnings.push(message),
      ...(limits === undefined ? {} : { limits }),
    })
  }

  searchIn(memory: Memory): MemorySearch {
    return new MemorySearch({ database: this.database, memory, history: this.history })
  }

  visit(url: string, title = '', at = now): void {
    this.#visits += 1
    this.history.recordVisit({ visitId: `v${this.#visits}`, url, title, at })
  }

  [Symbol.dispose](): void {
    this.database.close()
  }
}
