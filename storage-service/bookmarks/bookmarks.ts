import {
  type Bookmark,
  type BookmarkFolder,
  type BookmarkNode,
  bookmarkRoots,
} from '../../contracts/storage-library.ts'
import { Counter } from '../counter.ts'
import { RefusedChange } from '../refused-change.ts'
import { integerOf, textOf } from '../row.ts'
import type { SqlDatabase } from '../sqlite-driver.ts'
import { BookmarkRows, isBookmark } from './bookmark-rows.ts'

/** Removals that can be undone. They are held in memory only: what a person removes is not to stay on the disk. */
const removalsHeld = 5

export interface NewNode {
  readonly id: string
  readonly parentId: string
  /** Null for the end. */
  readonly position: number | null
  readonly title: string
  readonly at: number
}

export interface BookmarkChanges {
  readonly id: string
  readonly title?: string | undefined
  readonly url?: string | undefined
  readonly tags?: readonly string[] | undefined
  readonly at: number
}

/** Bookmarks in folders. What stands in a folder is numbered from 0 without gaps. Every change counts the revision up. */
export class Bookmarks {
  readonly rows: BookmarkRows
  readonly #database: SqlDatabase
  readonly #revision: Counter
  readonly #removals = new Map<string, readonly BookmarkNode[]>()

  constructor(database: SqlDatabase) {
    this.#database = database
    this.rows = new BookmarkRows(database)
    this.#revision = new Counter(database, 'bookmarks')
  }

  get revision(): number {
    return this.#revision.value
  }

  /** Counts up; to be called after a change that was made by way of `rows`. */
  changed(): void {
    this.#revision.next()
  }

  /** Folders before what stands in them; the inside of one folder, or of everything for null. */
  *tree(folderId: string | null = null): Generator<BookmarkNode> {
    for (const parent of folderId === null ? bookmarkRoots : [folderId]) {
      // A stack, not a recursion: an imported tree may be deep.
      const waiting = this.rows.children(parent).reverse()
      for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
        yield node
        if (node.kind === 'folder') waiting.push(...this.rows.children(node.id).reverse())
      }
    }
  }

  addBookmark(node: NewNode & { readonly url: string; readonly tags: readonly string[] }): Bookmark {
    const tags = [...new Set(node.tags)].sort()
    const added = this.#add(node, place => ({ kind: 'bookmark', ...place, url: node.url, tags }))
    if (!isBookmark(added)) throw new RefusedChange('BOOKMARK_REFUSED', 'There is a folder of this id')
    return added
  }

  addFolder(node: NewNode): BookmarkFolder {
    const added = this.#add(node, place => ({ kind: 'folder', ...place }))
    if (isBookmark(added)) throw new RefusedChange('BOOKMARK_REFUSED', 'There is a bookmark of this id')
    return added
  }

  edit({ id, title, url, tags, at }: BookmarkChanges): BookmarkNode {
    const node = this.#existing(id)
    const renamed = { ...node, title: title ?? node.title, changedAt: at }
    const edited = isBookmark(renamed)
      ? {
          ...renamed,
          url: url ?? renamed.url,
          tags: tags === undefined ? renamed.tags : [...new Set(tags)].sort(),
        }
      : renamed
    this.rows.update(edited)
    this.changed()
    return edited
  }

  /** `position` counts among what stands there besides. */
  move(ids: readonly string[], parentId: string, position: number | null): void {
    const moved = [...new Set(ids)].map(id => this.#existing(id))
    this.#requireFolder(parentId)
    const above = new Set(this.#pathTo(parentId))
    if (moved.some(node => above.has(node.id))) {
      throw new RefusedChange('BOOKMARK_REFUSED', 'A folder cannot be moved into itself')
    }
    const movedIds = moved.map(node => node.id)
    const left = new Set(moved.map(node => node.parentId).filter(id => id !== parentId))
    const others = this.#idsIn(parentId).filter(id => !movedIds.includes(id))
    this.rows.arrange(parentId, others.toSpliced(position ?? others.length, 0, ...movedIds))
    for (const folder of left) this.rows.arrange(folder, this.#idsIn(folder))
    this.changed()
  }

  /** Gives how many nodes are gone. */
  remove(ids: readonly string[], removalId: string): number {
    const removed: BookmarkNode[] = []
    for (const id of ids) {
      const node = this.rows.get(id)
      if (node === null) continue
      removed.push(node, ...this.tree(id))
      this.rows.delete(id)
      this.rows.arrange(node.parentId, this.#idsIn(node.parentId))
    }
    if (removed.length === 0) return 0
    this.#removals.set(removalId, removed)
    for (const oldest of [...this.#removals.keys()].slice(0, -removalsHeld)) this.#removals.delete(oldest)
    this.changed()
    return removed.length
  }

  /** What stood in a folder that is gone meanwhile is put among the other bookmarks. */
  undoRemove(removalId: string): number {
    const removed = (this.#removals.get(removalId) ?? []).filter(node => !this.rows.has(node.id))
    this.#removals.delete(removalId)
    if (removed.length === 0) return 0
    // Backwards what was removed from one folder in turn stands where it stood again.
    const tops = removed.filter(node => !removed.some(other => other.id === node.parentId))
    const topIds = new Set(tops.map(node => node.id))
    for (const node of tops.toReversed()) {
      const parentId = this.rows.isFolder(node.parentId) ? node.parentId : 'other'
      const siblings = this.#idsIn(parentId)
      this.rows.insert({ ...node, parentId, position: siblings.length })
      this.rows.arrange(parentId, siblings.toSpliced(node.position, 0, node.id))
    }
    for (const node of removed) if (!topIds.has(node.id)) this.rows.insert(node)
    this.changed()
    return removed.length
  }

  tags(): { tag: string; bookmarks: number }[] {
    return this.#database
      .prepare('SELECT tag, count(*) AS count FROM bookmark_tags GROUP BY tag ORDER BY tag LIMIT 10000')
      .all()
      .map(row => ({ tag: textOf(row, 'tag'), bookmarks: integerOf(row, 'count') }))
  }

  /** `to` of null removes it. Gives how many bookmarks had it. */
  renameTag(from: string, to: string | null, at: number): number {
    const ids = this.#database
      .prepare('SELECT bookmark_id FROM bookmark_tags WHERE tag = ?')
      .all(from)
      .map(row => textOf(row, 'bookmark_id'))
    for (const id of ids) {
      const node = this.rows.get(id)
      if (node === null || !isBookmark(node)) continue
      const kept = node.tags.filter(tag => tag !== from)
      const tags = to === null ? kept : [...new Set([...kept, to])].sort()
      this.rows.update({ ...node, tags, changedAt: at })
    }
    if (ids.length > 0) this.changed()
    return ids.length
  }

  /** Titles of the folders above, outermost first; a root by its id. */
  pathOf(node: BookmarkNode): string[] {
    return this.#pathTo(node.parentId)
      .map(id => this.rows.get(id)?.title ?? id)
      .reverse()
  }

  requireFolder(id: string): void {
    this.#requireFolder(id)
  }

  #add(node: NewNode, make: (place: Omit<BookmarkFolder, 'kind'>) => BookmarkNode): BookmarkNode {
    const known = this.rows.get(node.id)
    if (known !== null) return known
    this.#requireFolder(node.parentId)
    const end = this.rows.countChildren(node.parentId)
    const position = Math.min(node.position ?? end, end)
    const { id, parentId, title, at } = node
    const added = make({ id, parentId, position, title, addedAt: at, changedAt: at })
    if (position < end) {
      const siblings = this.#idsIn(parentId)
      this.rows.insert({ ...added, position: end })
      this.rows.arrange(parentId, siblings.toSpliced(position, 0, id))
    } else this.rows.insert(added)
    this.changed()
    return added
  }

  #idsIn(parentId: string): string[] {
    return this.rows.children(parentId).map(node => node.id)
  }

  /** The folder itself and all above it, innermost first. */
  #pathTo(folderId: string): string[] {
    const path: string[] = []
    for (
      let id: string | null = folderId;
      id !== null && !path.includes(id);
      id = this.rows.get(id)?.parentId ?? null
    ) {
      path.push(id)
    }
    return path
  }

  #existing(id: string): BookmarkNode {
    const node = this.rows.get(id)
    if (node !== null) return node
    if (this.rows.has(id)) throw new RefusedChange('BOOKMARK_REFUSED', 'This folder stays as it is')
    throw new RefusedChange('BOOKMARK_NOT_FOUND', 'There is no such bookmark')
  }

  #requireFolder(id: string): void {
    if (!this.rows.has(id)) throw new RefusedChange('BOOKMARK_NOT_FOUND', 'There is no such folder')
    if (!this.rows.isFolder(id)) throw new RefusedChange('BOOKMARK_REFUSED', 'A bookmark is no folder')
  }
}
