import { randomUUID } from 'node:crypto'
import type { Bookmarks } from './bookmarks.ts'
import type { NetscapeEvent } from './netscape-reader.ts'

/** What an import brought. */
export interface Imported {
  folders: number
  bookmarks: number
  skipped: number
}

/**
 * Puts what a document says into a folder, after what is there. A folder of a name that stands there already is added to,
 * and an address that stands in it is not added again, so that importing twice changes nothing.
 */
export function importBookmarks(
  bookmarks: Bookmarks,
  events: readonly NetscapeEvent[],
  { parentId, at }: { readonly parentId: string; readonly at: number },
): Imported {
  bookmarks.requireFolder(parentId)
  const { rows } = bookmarks
  const imported: Imported = { folders: 0, bookmarks: 0, skipped: 0 }
  const open = [new FilledFolder(bookmarks, parentId)]
  for (const event of events) {
    const folder = open.at(-1)
    if (folder === undefined) break
    switch (event.kind) {
      case 'folderEnd':
        if (open.length > 1) open.pop()
        break
      case 'folder': {
        const known = folder.folders.get(event.title)
        const id = known ?? randomUUID()
        if (known === undefined) {
          const times = { addedAt: event.addedAt ?? at, changedAt: at }
          const place = { parentId: folder.id, position: folder.take() }
          rows.insert({ kind: 'folder', id, ...place, title: event.title, ...times })
          folder.folders.set(event.title, id)
          imported.folders += 1
        }
        open.push(new FilledFolder(bookmarks, id))
        break
      }
      case 'bookmark': {
        if (!isAddress(event.url) || folder.urls.has(event.url)) {
          imported.skipped += 1
          break
        }
        const { title, url, addedAt } = event
        const tags = [...event.tags].sort()
        const place = { parentId: folder.id, position: folder.take() }
        const times = { addedAt: addedAt ?? at, changedAt: at }
        rows.insert({ kind: 'bookmark', id: randomUUID(), ...place, title, url, tags, ...times })
        folder.urls.add(url)
        imported.bookmarks += 1
      }
    }
  }
  if (imported.folders + imported.bookmarks > 0) bookmarks.changed()
  return imported
}

/** A folder while it is filled: what stands in it is read once. */
class FilledFolder {
  readonly id: string
  readonly urls = new Set<string>()
  readonly folders = new Map<string, string>()
  #end = 0

  constructor({ rows }: Bookmarks, id: string) {
    this.id = id
    for (const node of rows.children(id)) {
      this.#end += 1
      if (node.kind === 'bookmark') this.urls.add(node.url)
      else this.folders.set(node.title, node.id)
    }
  }

  /** The next free position. */
  take(): number {
    this.#end += 1
    return this.#end - 1
  }
}

/** What a click may open. An address that runs as a script is none. */
function isAddress(url: string): boolean {
  return url.length <= 65_536 && /^https?:\/\//i.test(url) && URL.canParse(url)
}
