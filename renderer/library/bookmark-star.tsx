import { Star, Trash2 } from 'lucide-react'
import { useCallback, useEffect, useRef, useState } from 'react'
import { Dialog, Popover } from 'react-aria-components'
import type { TabState } from '../../contracts/browser.ts'
import type { Bookmark } from '../../contracts/storage-library.ts'
import { usePageCover } from '../page-area/page-covers.tsx'
import type { BrowserLink } from '../system/browser-link.ts'
import type { Attempt } from '../system/use-browser.ts'
import { type BookmarkChange, BookmarkForm, editOf } from './bookmark-form.tsx'
import { BookmarkTree } from './bookmark-tree.ts'
import { useBookmarkChanges, useBookmarks } from './use-bookmarks.ts'

export interface BookmarkStarProps {
  link: BrowserLink
  tab: TabState | null
  attempt: Attempt
}

/** The star of the omnibox: filled where the page is kept. It keeps the page, and then shows what can be said of it. */
export function BookmarkStar({ link, tab, attempt }: BookmarkStarProps) {
  const button = useRef<HTMLButtonElement>(null)
  const [kept, setKept] = useState<Bookmark | null>(null)
  const [isOpen, setIsOpen] = useState(false)
  const [isNew, setIsNew] = useState(false)
  const tabId = tab?.id ?? null
  const isPage = tab !== null && tab.url !== '' && tab.content.kind !== 'newTab'
  // biome-ignore lint/correctness/useExhaustiveDependencies: another address is another page
  useEffect(() => {
    setKept(null)
    setIsOpen(false)
  }, [tabId, tab?.url])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another address is another page
  const look = useCallback(
    (signal: AbortSignal) => {
      if (tabId === null) return
      link
        .area('library')
        .bookmarksOfTab({ tabId }, { signal })
        .then(
          ([first]) => {
            if (!signal.aborted) setKept(first ?? null)
          },
          // A star that cannot be told whether it is filled says nothing; pressing it says what is wrong.
          () => {},
        )
    },
    [link, tabId, tab?.url],
  )
  useBookmarkChanges(link, isPage, look)
  if (!isPage || tabId === null) return null

  const press = () => {
    if (kept !== null) {
      setIsNew(false)
      setIsOpen(true)
      return
    }
    attempt('keep the page', async () => {
      const answer = await link.area('library').keepTab({ tabId })
      setKept(answer.bookmark)
      setIsNew(answer.isNew)
      setIsOpen(true)
    })
  }
  const close = () => {
    setIsOpen(false)
    button.current?.focus()
  }
  const save = (bookmark: Bookmark, change: BookmarkChange) => {
    close()
    attempt('save the bookmark', async () => {
      const library = link.area('library')
      const edit = editOf(bookmark, change)
      if (edit !== null) await library.editBookmark(edit)
      if (change.parentId !== bookmark.parentId) {
        await library.moveBookmarks({ ids: [bookmark.id], parentId: change.parentId, position: null })
      }
    })
  }
  return (
    <>
      <button
        type="button"
        className="nx-ib nx-star"
        id="bookmark-star"
        ref={button}
        aria-label={kept === null ? 'Bookmark this page' : 'Edit the bookmark of this page'}
        aria-pressed={kept !== null}
        aria-expanded={isOpen && kept !== null}
        aria-haspopup="dialog"
        title="Bookmark this page (Ctrl+D)"
        onClick={press}
      >
        <Star className="i" fill={kept === null ? 'none' : 'currentColor'} />
      </button>
      {kept !== null && (
        <Popover
          className="nx-pop"
          triggerRef={button}
          isOpen={isOpen}
          placement="bottom end"
          offset={8}
          containerPadding={8}
          onOpenChange={open => {
            if (!open) setIsOpen(false)
          }}
        >
          <KeptPage
            link={link}
            bookmark={kept}
            isNew={isNew}
            onSave={change => save(kept, change)}
            onCancel={close}
            onRemove={() => {
              close()
              attempt('remove the bookmark', () => link.area('library').removeBookmarks({ ids: [kept.id] }))
            }}
          />
        </Popover>
      )}
    </>
  )
}

const noTree = new BookmarkTree([])

function KeptPage(props: {
  link: BrowserLink
  bookmark: Bookmark
  isNew: boolean
  onSave(change: BookmarkChange): void
  onCancel(): void
  onRemove(): void
}) {
  const element = useRef<HTMLDivElement>(null)
  usePageCover(element, true)
  const bookmarks = useBookmarks(props.link)
  const tree = bookmarks.kind === 'loaded' ? bookmarks.tree : noTree
  const title = props.isNew ? 'Bookmark added' : 'Bookmark'
  return (
    <Dialog className="nx-keptdialog" aria-label={title}>
      <div className="nx-keptpage" ref={element}>
        <h2>{title}</h2>
        {bookmarks.kind !== 'loading' && (
          <BookmarkForm
            key={props.bookmark.id}
            node={props.bookmark}
            folders={tree.folderRows()}
            hasAddress={false}
            extra={
              <button type="button" className="nx-btn nx-btn--danger" onClick={props.onRemove}>
                <Trash2 className="i i-s" />
                Remove
              </button>
            }
            onSave={props.onSave}
            onCancel={props.onCancel}
          />
        )}
      </div>
    </Dialog>
  )
}
