import type { FoundBookmark } from '../../contracts/storage-library.ts'
import { parseSearchQuery } from '../history/search-query.ts'
import type { SqlDatabase, SqlRow, SqlValue } from '../sqlite-driver.ts'
import { bookmarkColumns, isBookmark, nodeOf } from './bookmark-rows.ts'
import type { Bookmarks } from './bookmarks.ts'

export interface BookmarkQuery {
  readonly query: string
  readonly tag: string | null
  readonly limit: number
}

/** By the beginnings of words in title, address and tags, best first; the latest for a blank query. */
export function findBookmarks(
  database: SqlDatabase,
  bookmarks: Bookmarks,
  { query, tag, limit }: BookmarkQuery,
): FoundBookmark[] {
  const parsed = parseSearchQuery(query)
  const conditions = ['url IS NOT NULL']
  const values: SqlValue[] = []
  if (tag !== null) {
    conditions.push('EXISTS (SELECT 1 FROM bookmark_tags WHERE bookmark_id = bookmarks.id AND tag = ?)')
    values.push(tag)
  }
  const byWords = parsed !== null && !parsed.needsScan ? parsed.fullText : null
  const rows = byWords === null ? scan() : search(byWords)
  return rows.flatMap(row => {
    const node = nodeOf(row)
    return isBookmark(node) ? [{ bookmark: node, path: bookmarks.pathOf(node).slice(0, 100) }] : []
  })

  function search(words: string): readonly SqlRow[] {
    return database
      .prepare(`
        SELECT ${bookmarkColumns} FROM (
          SELECT rowid AS row, bm25(bookmarks_search, 3.0, 1.0, 3.0) AS relevance
          FROM bookmarks_search WHERE bookmarks_search MATCH ?
        ) AS matched JOIN bookmarks ON bookmarks.number = matched.row
        WHERE ${conditions.join(' AND ')} ORDER BY relevance, added_at DESC LIMIT ?`)
      .all(words, ...values, limit)
  }

  function scan(): readonly SqlRow[] {
    const patterns = parsed?.patterns ?? []
    for (const pattern of patterns) {
      conditions.push("(url || ' ' || title) LIKE ? ESCAPE '\\'")
      values.push(pattern)
    }
    return database
      .prepare(`
        SELECT ${bookmarkColumns} FROM bookmarks WHERE ${conditions.join(' AND ')}
        ORDER BY added_at DESC, number DESC LIMIT ?`)
      .all(...values, limit)
  }
}
