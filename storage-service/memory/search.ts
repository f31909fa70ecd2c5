import type { FoundPage, Passage } from '../../contracts/memory.ts'
import type { History } from '../history/history.ts'
import type { SqlDatabase } from '../sqlite-driver.ts'
import { type Evidence, judge, tellingSimilarities, type Verdict } from './fusion.ts'
import type { Memory } from './memory.ts'
import { vectorFrom } from './vector-store.ts'
import { type WordMatches, WordSearch } from './word-search.ts'

/** Passages of each kind of search that are weighed against the others. */
const weighedPassages = 200
/** Every word of the query stands in the title or the address. */
const titleEvidence: Evidence = { coverage: 1, relevance: 1, similarity: null }

export interface MemorySearchOptions {
  readonly database: SqlDatabase
  readonly memory: Memory
  readonly history: History
}

interface Candidate {
  readonly title: string
  readonly readAt: number | null
  readonly passage: Passage | null
  readonly verdict: Verdict
}

/** Search over what was read and visited, by words and by meaning at once. */
export class MemorySearch {
  readonly #memory: Memory
  readonly #history: History
  readonly #words: WordSearch

  constructor({ database, memory, history }: MemorySearchOptions) {
    this.#memory = memory
    this.#history = history
    this.#words = new WordSearch(database)
  }

  /** Pages, best first, each with its best passage; the latest visits for a blank query. */
  async search(query: string, vector: Uint8Array | null, limit: number, now: number): Promise<FoundPage[]> {
    if (query.trim() === '') return this.#latest(limit, now)
    const meaning = vectorFrom(vector)
    const index = meaning === null ? null : await this.#memory.passageVectors.loaded()
    const similarities = tellingSimilarities(
      index === null || meaning === null ? [] : index.nearest(meaning, weighedPassages),
    )
    const words = this.#words.search(query, weighedPassages, this.#memory.passages)
    const pages = new Map<string, Candidate>()
    for (const entry of this.#history.search(query, limit, now)) {
      const verdict = judge(titleEvidence, index !== null)
      if (verdict !== null) pages.set(entry.url, { title: entry.title, readAt: null, passage: null, verdict })
    }
    this.#weighPassages(words, similarities, index !== null, pages)
    return [...pages]
      .map(([url, candidate]) => this.#found(url, candidate))
      .sort((a, b) => b.score - a.score || (b.lastVisitAt ?? 0) - (a.lastVisitAt ?? 0))
      .slice(0, limit)
  }

  #weighPassages(
    words: WordMatches,
    similarities: ReadonlyMap<number, number>,
    hasMeaning: boolean,
    pages: Map<string, Candidate>,
  ): void {
    const relevances = new Map(words.matches.map(match => [match.passageId, match.relevance]))
    for (const id of new Set([...relevances.keys(), ...similarities.keys()])) {
      const placed = this.#memory.readings.placed(id)
      if (placed === null) continue
      const { passage, reading } = placed
      const relevance = relevances.get(id)
      const evidence: Evidence = {
        coverage: relevance === undefined ? 0 : words.coverageOf(`${reading.title} ${passage.text}`),
        relevance: relevance ?? 0,
        similarity: similarities.get(id) ?? null,
      }
      const verdict = judge(evidence, hasMeaning)
      if (verdict === null) continue
      const known = pages.get(reading.url)
      // A title that matched keeps its place, and shows what the page says.
      if (known === undefined || known.passage === null || known.verdict.score < verdict.score) {
        pages.set(reading.url, {
          title: reading.title,
          readAt: reading.at,
          passage,
          verdict: known === undefined ? verdict : better(known.verdict, verdict),
        })
      }
    }
  }

  #latest(limit: number, now: number): FoundPage[] {
    return this.#history.search('', limit, now).map(entry => ({
      ...entry,
      readAt: this.#memory.readings.find(entry.url)?.at ?? null,
      passage: null,
      foundBy: 'latest',
      score: 0,
    }))
  }

  #found(url: string, { title, readAt, passage, verdict }: Candidate): FoundPage {
    const visited = this.#history.find(url)
    return {
      url,
      title: title === '' ? (visited?.title ?? '') : title,
      visits: visited?.visits ?? 0,
      lastVisitAt: visited?.lastVisitAt ?? null,
      readAt: readAt ?? this.#memory.readings.find(url)?.at ?? null,
      passage,
      ...verdict,
    }
  }
}

function better(one: Verdict, other: Verdict): Verdict {
  return {
    score: Math.max(one.score, other.score),
    foundBy: one.foundBy === other.foundBy ? one.foundBy : 'both',
  }
}
