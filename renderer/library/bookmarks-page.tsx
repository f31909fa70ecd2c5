import { Download, Undo2, Upload, X } from 'lucide-react'
import { useEffect, useMemo, useState } from 'react'
import type { BookmarkNode, FoundBookmark } from '../../contracts/storage-library.ts'
import { CoverFrame, type CoverPageProps } from '../shell/cover-frame.tsx'
import { type BookmarkChange, BookmarkForm, editOf } from './bookmark-form.tsx'
import { BookmarkList, type BookmarkRow } from './bookmark-list.tsx'
import { BookmarkTools } from './bookmark-tools.tsx'
import { type BookmarkOrder, BookmarkTree, folderTitle, rootTitle, sorted } from './bookmark-tree.ts'
import { FolderList } from './folder-list.tsx'
import { countWords, exportWords, importWords } from './library-words.ts'
import { useBookmarks } from './use-bookmarks.ts'

const emptyTree = new BookmarkTree([])
const mostFound = 500
/** What is said after something was done; with the way back, where there is one. */
interface Said {
  readonly text: string
  readonly isProblem?: boolean
  readonly removalId?: string
}

/** Everything that was kept: folders and tags on one side, what lies in them on the other. */
export function BookmarksPage(props: CoverPageProps) {
  const library = useMemo(() => props.link.area('library'), [props.link])
  const bookmarks = useBookmarks(props.link)
  const tree = bookmarks.kind === 'loaded' ? bookmarks.tree : emptyTree
  const [folderId, setFolderId] = useState('bar')
  const [tag, setTag] = useState<string | null>(null)
  const [query, setQuery] = useState('')
  const [order, setOrder] = useState<BookmarkOrder>('manual')
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const [editedId, setEditedId] = useState<string | null>(null)
  const [isDragging, setIsDragging] = useState(false)
  const [said, setSaid] = useState<Said | null>(null)
  const [found, setFound] = useState<readonly FoundBookmark[]>([])
  const [tags, setTags] = useState<readonly { tag: string; bookmarks: number }[]>([])
  const isSearching = query.trim() !== '' || tag !== null
  const shownFolder = tree.hasFolder(folderId) ? folderId : 'bar'

  // another tree may hold other tags and other answers
  // biome-ignore lint/correctness/useExhaustiveDependencies: a change of the tree is the occasion
  useEffect(() => {
    let isWanted = true
    const fail = (error: unknown) => isWanted && setSaid({ text: reasonOf(error), isProblem: true })
    library.bookmarkTags({}).then(all => isWanted && setTags(all), fail)
    if (isSearching) {
      library
        .findBookmarks({ query, tag, limit: mostFound })
        .then(answer => isWanted && setFound(answer), fail)
    }
    return () => {
      isWanted = false
    }
  }, [library, tree, query, tag, isSearching])

  const rows: readonly BookmarkRow[] = isSearching
    ? found.map(({ bookmark, path }) => ({ node: bookmark, path: pathWords(path) }))
    : sorted(tree.children(shownFolder), order).map(node => ({ node, path: null }))
  const chosen = rows.map(({ node }) => node).filter(({ id }) => selected.has(id))

  const show = (id: string) => {
    setFolderId(id)
    setTag(null)
    setQuery('')
    setSelected(new Set())
    setEditedId(null)
  }
  const attempt = (work: () => Promise<Said | null>) => {
    setSaid(null)
    work().then(
      words => words !== null && setSaid(words),
      (error: unknown) => setSaid({ text: reasonOf(error), isProblem: true }),
    )
  }
  const open = (node: BookmarkNode) => {
    if (node.kind === 'folder') show(node.id)
    else props.onOpen(node.url)
  }
  const openAll = () =>
    attempt(async () => {
      const ids = (chosen.length > 0 ? chosen : rows.map(({ node }) => node)).flatMap(node =>
        node.kind === 'bookmark' ? [node.id] : tree.bookmarksBelow(node.id).map(({ id }) => id),
      )
      if (ids.length === 0) return { text: 'There is nothing to open here.' }
      const { opened } = await library.openBookmarks({ ids })
      return { text: `${countWords(opened, 'tab')} opened in the background` }
    })
  const remove = (ids: readonly string[] = [...selected]) =>
    attempt(async () => {
      if (ids.length === 0) return null
      const { removalId, removed } = await library.removeBookmarks({ ids: [...ids] })
      setSelected(new Set())
      return { text: `${countWords(removed, 'bookmark')} removed`, removalId }
    })
  const undo = (removalId: string) =>
    attempt(async () => {
      const { putBack } = await library.undoRemoval({ removalId })
      return {
        text:
          putBack === 0 ? 'It is too late to put it back.' : `${countWords(putBack, 'bookmark')} put back`,
      }
    })
  const move = (parentId: string, position: number | null) =>
    attempt(async () => {
      const ids = chosen.map(({ id }) => id)
      if (ids.length > 0) await library.moveBookmarks({ ids, parentId, position })
      return null
    })
  const save = (node: BookmarkNode, change: BookmarkChange) =>
    attempt(async () => {
      const edit = editOf(node, change)
      if (edit !== null) await library.editBookmark(edit)
      if (change.parentId !== node.parentId) {
        await library.moveBookmarks({ ids: [node.id], parentId: change.parentId, position: null })
      }
      setEditedId(null)
      return { text: 'Saved' }
    })
  const addFolder = () =>
    attempt(async () => {
      const { id } = await library.addFolder({ parentId: shownFolder, title: 'New folder' })
      setOrder('manual')
      setSelected(new Set([id]))
      setEditedId(id)
      return null
    })
  const edited = editedId === null ? undefined : rows.find(({ node }) => node.id === editedId)?.node

  return (
    <CoverFrame
      title="Bookmarks"
      onClose={props.onClose}
      tools={
        <>
          <button
            type="button"
            className="nx-btn nx-btn--quiet nx-btn--s"
            onClick={() => attempt(async () => importWords(await library.importBookmarks({})))}
          >
            <Upload className="i i-s" />
            Import
          </button>
          <button
            type="button"
            className="nx-btn nx-btn--quiet nx-btn--s"
            onClick={() => attempt(async () => exportWords(await library.exportBookmarks({})))}
          >
            <Download className="i i-s" />
            Export
          </button>
        </>
      }
    >
      <div className="nx-library">
        <nav className="nx-library__side" aria-label="Folders and tags">
          <FolderList
            folders={tree.folderRows()}
            shownId={isSearching ? null : shownFolder}
            isDragging={isDragging}
            onShow={show}
            onDropInto={id => move(id, null)}
          />
          {tags.length > 0 && (
            <>
              <h2>Tags</h2>
              <ul className="nx-library__tags">
                {tags.map(one => (
                  <li key={one.tag}>
                    <button
                      type="button"
                      className="nx-chip"
                      aria-pressed={tag === one.tag}
                      onClick={() => setTag(tag === one.tag ? null : one.tag)}
                    >
                      {one.tag} <span className="num">{one.bookmarks}</span>
                    </button>
                  </li>
                ))}
              </ul>
            </>
          )}
        </nav>
        <div className="nx-library__main">
          <BookmarkTools
            query={query}
            order={order}
            isSearching={isSearching}
            hasRows={rows.length > 0}
            chosen={chosen.length}
            onQuery={words => {
              setQuery(words)
              setSelected(new Set())
            }}
            onOrder={setOrder}
            onOpenAll={openAll}
            onAddFolder={addFolder}
            onRemove={() => remove()}
          />
          <p className="nx-library__said" role="status" data-problem={said?.isProblem || undefined}>
            {said?.text ?? selectionWords(chosen.length, rows.length, isSearching)}
            {said?.removalId !== undefined && (
              <button
                type="button"
                className="nx-btn nx-btn--quiet nx-btn--s"
                onClick={() => undo(said.removalId ?? '')}
              >
                <Undo2 className="i i-s" />
                Undo
              </button>
            )}
            {said !== null && (
              <button
                type="button"
                className="nx-ib nx-ib--s"
                aria-label="Dismiss"
                onClick={() => setSaid(null)}
              >
                <X className="i i-s" />
              </button>
            )}
          </p>
          {bookmarks.kind === 'failed' && (
            <p className="t2" role="alert">
              Your bookmarks cannot be read just now. {bookmarks.message}
            </p>
          )}
          {bookmarks.kind === 'loaded' && rows.length === 0 && (
            <p className="t2 nx-library__none">
              {isSearching
                ? 'No bookmark is like that.'
                : 'Nothing here yet. Press the star beside an address, or Ctrl+D, to keep a page.'}
            </p>
          )}
          <BookmarkList
            rows={rows}
            selected={selected}
            isOrdered={!isSearching && order === 'manual'}
            editedId={edited?.id ?? null}
            editor={
              edited !== undefined && (
                <BookmarkForm
                  node={edited}
                  folders={tree.folderRows(edited.kind === 'folder' ? new Set([edited.id]) : undefined)}
                  hasAddress
                  onSave={change => save(edited, change)}
                  onCancel={() => setEditedId(null)}
                />
              )
            }
            onSelect={setSelected}
            onOpen={open}
            onEdit={setEditedId}
            onRemove={() => remove()}
            onRemoveOne={id => remove([id])}
            onMoveTo={(ids, index) => {
              const before = rows.slice(0, Math.max(0, index)).filter(({ node }) => !ids.has(node.id))
              attempt(async () => {
                await library.moveBookmarks({ ids: [...ids], parentId: shownFolder, position: before.length })
                return null
              })
            }}
            onDropInto={id => {
              if (!selected.has(id)) move(id, null)
            }}
            onDragging={setIsDragging}
          />
        </div>
      </div>
    </CoverFrame>
  )
}

function pathWords(path: readonly string[]): string {
  return path
    .map((title, depth) => (depth === 0 ? (rootTitle(title) ?? title) : folderTitle(title)))
    .join(' / ')
}

function selectionWords(chosen: number, all: number, isSearching: boolean): string {
  if (chosen > 1) return `${chosen} of ${all} selected`
  return isSearching ? `${countWords(all, 'bookmark')} found` : countWords(all, 'entry')
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : 'Storage does not answer.'
}
