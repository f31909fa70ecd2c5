import { integerOf, textOf } from './row.ts'
import type { SqlDatabase, SqlStatement } from './sqlite-driver.ts'

/** The latest so many are kept; an analysis can be made again. */
export const maxAnalyses = 2_000

export interface SavedAnalysis {
  readonly contentHash: string
  readonly url: string
  readonly analysisJson: string
  /** Milliseconds since the epoch. */
  readonly at: number
}

/** What was understood of pages, under the hash of the text that it was made from. */
export class Analyses {
  readonly #database: SqlDatabase
  readonly #save: SqlStatement
  readonly #trim: SqlStatement
  readonly #latestOf: SqlStatement

  constructor(database: SqlDatabase) {
    this.#database = database
    this.#save = database.prepare(`
      INSERT INTO analyses (content_hash, url, analysis_json, at) VALUES (?, ?, ?, ?)
      ON CONFLICT (content_hash) DO UPDATE SET url = excluded.url, analysis_json = excluded.analysis_json,
        at = excluded.at`)
    this.#trim = database.prepare(`
      DELETE FROM analyses WHERE content_hash IN (
        SELECT content_hash FROM analyses ORDER BY at DESC LIMIT -1 OFFSET ${maxAnalyses})`)
    this.#latestOf = database.prepare(
      'SELECT analysis_json, at FROM analyses WHERE url = ? ORDER BY at DESC LIMIT 1',
    )
  }

  save({ contentHash, url, analysisJson, at }: SavedAnalysis): void {
    this.#database.transaction(() => {
      this.#save.run(contentHash, url, analysisJson, at)
      this.#trim.run()
    })
  }

  /** Of one address, or all when `url` is null; gives how many. */
  delete(url: string | null): number {
    const values = url === null ? [] : [url]
    return this.#database
      .prepare(`DELETE FROM analyses ${url === null ? '' : 'WHERE url = ?'}`)
      .run(...values).changes
  }

  /** The latest of this address. */
  load(url: string): { analysisJson: string; at: number } | null {
    const row = this.#latestOf.get(url)
    return row === undefined ? null : { analysisJson: textOf(row, 'analysis_json'), at: integerOf(row, 'at') }
  }
}
