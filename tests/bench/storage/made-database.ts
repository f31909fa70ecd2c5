import { openDatabase } from '../../../storage-service/opening/opening.ts'
import type { MadeHistory } from './made-history.ts'

const rowsPerTransaction = 20_000
const halfLifeMs = 14 * 86_400_000

/** Writes a database with a made-up history of so many pages, as many years of browsing would have left it. */
export function writeMadeDatabase(file: string, history: MadeHistory, pages: number): void {
  const { database } = openDatabase(file, { wallClock: Date.now })
  database.execute('PRAGMA synchronous = OFF; PRAGMA cache_size = -400000')
  const page = database.prepare(
    'INSERT INTO pages (id, url, title, visits, last_visit_at, rank) VALUES (?, ?, ?, ?, ?, ?)',
  )
  const visit = database.prepare('INSERT INTO visits (visit_id, page_id, at) VALUES (?, ?, ?)')
  let id = 0
  database.begin()
  for (const { url, title, visits, lastVisitAt } of history.pages(pages)) {
    id += 1
    page.run(id, url, title, visits, lastVisitAt, lastVisitAt / halfLifeMs + Math.log2(visits))
    visit.run(`made-${id}`, id, lastVisitAt)
    if (id % rowsPerTransaction === 0) {
      database.commit()
      database.begin()
    }
  }
  database.commit()
  database.execute('PRAGMA synchronous = FULL; PRAGMA wal_checkpoint(TRUNCATE)')
  database.close()
}
