import type { HstsHost } from '../../contracts/storage-sites.ts'
import { integerOf, textOf } from '../row.ts'
import type { SqlDatabase, SqlStatement } from '../sqlite-driver.ts'

/** The latest so many are kept: a page may name as many hosts as it likes. */
const mostHosts = 20_000

/** Hosts that are to be reached by HTTPS only; RFC 6797. */
export class HstsHosts {
  readonly #save: SqlStatement
  readonly #drop: SqlStatement
  readonly #trim: SqlStatement
  readonly #list: SqlStatement
  readonly #clear: SqlStatement

  constructor(database: SqlDatabase) {
    this.#save = database.prepare(`
      INSERT INTO hsts (host, includes_subdomains, seen_at, expires_at) VALUES (?, ?, ?, ?)
      ON CONFLICT (host) DO UPDATE SET includes_subdomains = excluded.includes_subdomains,
        seen_at = excluded.seen_at, expires_at = excluded.expires_at`)
    this.#drop = database.prepare('DELETE FROM hsts WHERE host = ?')
    this.#trim = database.prepare(
      'DELETE FROM hsts WHERE host IN (SELECT host FROM hsts ORDER BY seen_at DESC LIMIT -1 OFFSET ?)',
    )
    this.#list = database.prepare(
      'SELECT host, includes_subdomains, seen_at, expires_at FROM hsts WHERE expires_at > ? ORDER BY seen_at DESC LIMIT ?',
    )
    this.#clear = database.prepare('DELETE FROM hsts')
  }

  /** One that expires at once is forgotten. */
  record({ host, includesSubdomains, seenAt, expiresAt }: HstsHost): void {
    if (expiresAt <= seenAt) {
      this.#drop.run(host)
      return
    }
    this.#save.run(host, includesSubdomains ? 1 : 0, seenAt, expiresAt)
    this.#trim.run(mostHosts)
  }

  /** That hold at `now`, the latest first. */
  list(limit: number, now: number): HstsHost[] {
    return this.#list.all(now, limit).map(row => ({
      host: textOf(row, 'host'),
      includesSubdomains: integerOf(row, 'includes_subdomains') === 1,
      seenAt: integerOf(row, 'seen_at'),
      expiresAt: integerOf(row, 'expires_at'),
    }))
  }

  forget(host: string | null): void {
    if (host === null) this.#clear.run()
    else this.#drop.run(host)
  }
}
