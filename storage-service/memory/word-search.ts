import { integerOf } from '../row.ts'
import type { SqlDatabase, SqlStatement } from '../sqlite-driver.ts'
import { type Term, termsIn, termsOf } from './terms.ts'

/** A word in more passages than this says little, and weighing them all would take long. */
const commonPassages = 5_000

export interface WordMatch {
  readonly passageId: number
  /** Relevance against the best match of the same search, above 0 to 1. */
  readonly relevance: number
}

/** What a search by words found, and how to tell how much of the query a text covers. */
export interface WordMatches {
  /** Most relevant first. */
  readonly matches: readonly WordMatch[]
  /** 0 to 1: the share of the query's words that the text holds, rare words counting more. */
  coverageOf(text: string): number
}

/** Full-text search over passages: any of the words, by BM25. */
export class WordSearch {
  readonly #count: SqlStatement
  readonly #find: SqlStatement

  constructor(database: SqlDatabase) {
    this.#count = database.prepare(`
      SELECT count(*) AS count FROM (
        SELECT 1 FROM passages_search WHERE passages_search MATCH ? LIMIT ${commonPassages})`)
    this.#find = database.prepare(`
      SELECT rowid AS id, bm25(passages_search) AS relevance
      FROM passages_search WHERE passages_search MATCH ? ORDER BY relevance LIMIT ?`)
  }

  /** `passages` is how many there are. */
  search(query: string, limit: number, passages: number): WordMatches {
    const weighed = termsOf(query).map(term => {
      const count = integerOf(this.#count.get(term.expression) ?? {}, 'count')
      return { term, count, weight: Math.log(1 + (passages - count + 0.5) / (count + 0.5)) }
    })
    const present = weighed.filter(one => one.count > 0)
    const telling = present.filter(one => one.count < commonPassages)
    const wholeWeight = weighed.reduce((sum, one) => sum + one.weight, 0)
    return {
      matches: this.#matches(
        telling.length > 0 ? telling : present,
        // Of common words alone all have to occur, so that few passages remain to be weighed.
        telling.length > 0 ? ' OR ' : ' AND ',
        limit,
      ),
      coverageOf: text => {
        const held = new Set(
          termsIn(
            text,
            weighed.map(one => one.term),
          ),
        )
        const weight = weighed.reduce((sum, one) => sum + (held.has(one.term) ? one.weight : 0), 0)
        return wholeWeight === 0 ? 0 : weight / wholeWeight
      },
    }
  }

  #matches(terms: readonly { readonly term: Term }[], operator: string, limit: number): WordMatch[] {
    if (terms.length === 0) return []
    const rows = this.#find.all(terms.map(one => one.term.expression).join(operator), limit)
    const best = Math.min(...rows.map(row => Number(row.relevance)), -Number.MIN_VALUE)
    return rows.map(row => ({ passageId: integerOf(row, 'id'), relevance: Number(row.relevance) / best }))
  }
}
