import type { Bookmark, BookmarkFolder, BookmarkNode } from '../../contracts/storage-library.ts'
import { integerOf, textOf, textOrNullOf } from '../row.ts'
import type { SqlDatabase, SqlRow, SqlStatement } from '../sqlite-driver.ts'

const columns = `bookmarks.id AS id, parent_id, position, title, url, added_at, changed_at,
  (SELECT group_concat(tag, char(31) ORDER BY tag) FROM bookmark_tags WHERE bookmark_id = bookmarks.id) AS tags`

/** The table of bookmarks, one row at a time; what may be done with them is not its business. */
export class BookmarkRows {
  readonly #get: SqlStatement
  readonly #children: SqlStatement
  readonly #countChildren: SqlStatement
  readonly #insert: SqlStatement
  readonly #edit: SqlStatement
  readonly #place: SqlStatement
  readonly #delete: SqlStatement
  readonly #tag: SqlStatement
  readonly #untag: SqlStatement
  readonly #ofUrl: SqlStatement

  constructor(database: SqlDatabase) {
    this.#get = database.prepare(`SELECT ${columns} FROM bookmarks WHERE id = ?`)
    this.#children = database.prepare(
      `SELECT ${columns} FROM bookmarks WHERE parent_id = ? ORDER BY position, number`,
    )
    this.#countChildren = database.prepare('SELECT count(*) AS count FROM bookmarks WHERE parent_id = ?')
    this.#insert = database.prepare(`
      INSERT INTO bookmarks (id, parent_id, position, title, url, added_at, changed_at) VALUES (?, ?, ?, ?, ?, ?, ?)`)
    this.#edit = database.prepare('UPDATE bookmarks SET title = ?, url = ?, changed_at = ? WHERE id = ?')
    this.#place = database.prepare(
      'UPDATE bookmarks SET parent_id = ?1, position = ?2 WHERE id = ?3 AND (parent_id <> ?1 OR position <> ?2)',
    )
    this.#delete = database.prepare('DELETE FROM bookmarks WHERE id = ?')
    this.#tag = database.prepare('INSERT OR IGNORE INTO bookmark_tags (bookmark_id, tag) VALUES (?, ?)')
    this.#untag = database.prepare('DELETE FROM bookmark_tags WHERE bookmark_id = ?')
    this.#ofUrl = database.prepare(
      `SELECT ${columns} FROM bookmarks WHERE url = ? ORDER BY added_at DESC, number DESC LIMIT 100`,
    )
  }

  has(id: string): boolean {
    return this.#get.get(id) !== undefined
  }

  /** Null for a root too: it has no parent. */
  get(id: string): BookmarkNode | null {
    const row = this.#get.get(id)
    return row === undefined || row.parent_id === null ? null : nodeOf(row)
  }

  isFolder(id: string): boolean {
    return this.#get.get(id)?.url === null
  }

  /** In order. */
  children(parentId: string): BookmarkNode[] {
    return this.#children.all(parentId).map(nodeOf)
  }

  countChildren(parentId: string): number {
    return integerOf(this.#countChildren.get(parentId) ?? {}, 'count')
  }

  ofUrl(url: string): Bookmark[] {
    return this.#ofUrl.all(url).map(nodeOf).filter(isBookmark)
  }

  insert(node: BookmarkNode): void {
    const { id, parentId, position, title, addedAt, changedAt } = node
    this.#insert.run(id, parentId, position, title, isBookmark(node) ? node.url : null, addedAt, changedAt)
    if (isBookmark(node)) for (const tag of node.tags) this.#tag.run(id, tag)
  }

  /** Writes title and, of a bookmark, address and tags. */
  update(node: BookmarkNode): void {
    this.#edit.run(node.title, isBookmark(node) ? node.url : null, node.changedAt, node.id)
    if (!isBookmark(node)) return
    this.#untag.run(node.id)
    for (const tag of node.tags) this.#tag.run(node.id, tag)
  }

  /** These ids, in this order, are what stands in the folder. */
  arrange(parentId: string, ids: readonly string[]): void {
    for (const [position, id] of ids.entries()) this.#place.run(parentId, position, id)
  }

  /** With all that stands in it. */
  delete(id: string): void {
    this.#delete.run(id)
  }
}

/** A row of `bookmarks` with its tags; not of a root. */
export function nodeOf(row: SqlRow): BookmarkNode {
  const place: Omit<BookmarkFolder, 'kind'> = {
    id: textOf(row, 'id'),
    parentId: textOf(row, 'parent_id'),
    position: integerOf(row, 'position'),
    title: textOf(row, 'title'),
    addedAt: integerOf(row, 'added_at'),
    changedAt: integerOf(row, 'changed_at'),
  }
  const url = textOrNullOf(row, 'url')
  if (url === null) return { kind: 'folder', ...place }
  const tags = textOrNullOf(row, 'tags')
  return { kind: 'bookmark', ...place, url, tags: tags === null ? [] : tags.split('\u001f') }
}

export function isBookmark(node: BookmarkNode): node is Bookmark {
  return node.kind === 'bookmark'
}

export const bookmarkColumns = columns
