import type { BookmarkFolder, storageLibraryContract } from '../../contracts/storage-library.ts'
import { bookmarkRoots } from '../../contracts/storage-library.ts'
import type { Handlers } from '../../ipc/served-contract.ts'
import { RefusedChange } from '../refused-change.ts'
import type { ServedParts } from '../served-parts.ts'
import { Bookmarks } from './bookmarks.ts'
import { findBookmarks } from './find-bookmarks.ts'
import { importBookmarks } from './import-bookmarks.ts'
import { type NetscapeEvent, NetscapeReader } from './netscape-reader.ts'
import { netscapeDocument } from './netscape-writer.ts'

/** Titles of the roots in a document. Browsers know the bar by its mark, not by its title. */
const rootTitles: Readonly<Record<string, string>> = { bar: 'Bookmarks bar', other: 'Other bookmarks' }
/** A document that says more is refused: somebody sends what is no list of bookmarks. */
const mostEvents = 300_000

/** Implements the library's contract; `onChanged` is told the number of each new state, after it is on disk. */
export function libraryHandlers(
  { database, write, scrub }: ServedParts,
  onChanged: (revision: number) => void,
): Handlers<typeof storageLibraryContract> {
  const bookmarks = new Bookmarks(database)
  async function change<Result>(work: () => Result): Promise<Result> {
    const before = bookmarks.revision
    const result = await write(work)
    const { revision } = bookmarks
    if (revision !== before) onChanged(revision)
    return result
  }

  return {
    async *tree() {
      const { revision } = bookmarks
      yield* bookmarks.tree()
      return { revision }
    },
    addBookmark: node => change(() => bookmarks.addBookmark(node)),
    addFolder: node => change(() => bookmarks.addFolder(node)),
    edit: changes => change(() => bookmarks.edit(changes)),
    move: async ({ ids, parentId, position }) => {
      await change(() => bookmarks.move(ids, parentId, position))
      return {}
    },
    remove: async ({ ids, removalId }) => {
      const removed = await change(() => bookmarks.remove(ids, removalId))
      if (removed > 0) scrub()
      return { removed }
    },
    undoRemove: async ({ removalId }) => ({ putBack: await change(() => bookmarks.undoRemove(removalId)) }),
    find: query => findBookmarks(database, bookmarks, query),
    ofUrl: ({ url }) => bookmarks.rows.ofUrl(url),
    get: ({ id }) => bookmarks.rows.get(id),
    tags: () => bookmarks.tags(),
    renameTag: async ({ from, to, at }) => ({
      changed: await change(() => bookmarks.renameTag(from, to, at)),
    }),
    importNetscape: async ({ parentId, at }, call) => {
      bookmarks.requireFolder(parentId)
      const reader = new NetscapeReader()
      const events: NetscapeEvent[] = []
      let read = 0
      for await (const piece of call.input) {
        events.push(...reader.read(piece))
        if (events.length > mostEvents)
          throw new RefusedChange('BOOKMARK_REFUSED', 'The document holds too much')
        read += piece.length
        call.progress({ read })
      }
      events.push(...reader.end())
      call.signal.throwIfAborted()
      return change(() => importBookmarks(bookmarks, events, { parentId, at }))
    },
    async *exportNetscape({ folderId }) {
      let count = 0
      function* counted(id: string) {
        for (const node of bookmarks.tree(id)) {
          if (node.kind === 'bookmark') count += 1
          yield node
        }
      }
      const folder = folderId === null ? null : folderOf(bookmarks, folderId)
      yield* netscapeDocument(
        folder !== null
          ? [{ title: folder.title, isBar: false, nodes: counted(folder.id) }]
          : bookmarkRoots.map(id => ({
              title: rootTitles[id] ?? id,
              isBar: id === 'bar',
              nodes: counted(id),
            })),
      )
      return { bookmarks: count }
    },
  }
}

function folderOf(bookmarks: Bookmarks, id: string): Pick<BookmarkFolder, 'id' | 'title'> {
  bookmarks.requireFolder(id)
  return bookmarks.rows.get(id) ?? { id, title: rootTitles[id] ?? id }
}
