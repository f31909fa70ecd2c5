import { useCallback, useEffect, useState } from 'react'
import type { BookmarkNode } from '../../contracts/storage-library.ts'
import type { BrowserLink } from '../system/browser-link.ts'
import { BookmarkTree } from './bookmark-tree.ts'

export type BookmarksState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'loaded'; readonly tree: BookmarkTree }
  | { readonly kind: 'failed'; readonly message: string }

/** All bookmarks, read again whenever one has changed, as long as they are wanted. */
export function useBookmarks(link: BrowserLink, isWanted = true): BookmarksState {
  const [state, setState] = useState<BookmarksState>({ kind: 'loading' })
  const load = useCallback(
    async (signal: AbortSignal) => {
      try {
        const nodes: BookmarkNode[] = []
        for await (const node of link.area('library').bookmarks({}, { signal })) nodes.push(node)
        setState({ kind: 'loaded', tree: new BookmarkTree(nodes) })
      } catch (error) {
        if (!signal.aborted) setState({ kind: 'failed', message: reasonOf(error) })
      }
    },
    [link],
  )
  useBookmarkChanges(link, isWanted, load)
  return state
}

/** Calls `look` now and after each change; the signal ends what is no longer wanted. */
export function useBookmarkChanges(
  link: BrowserLink,
  isWanted: boolean,
  look: (signal: AbortSignal) => void,
): void {
  useEffect(() => {
    if (!isWanted) return
    let current = new AbortController()
    const listening = link.area('library').on('bookmarksChanged', () => {
      current.abort()
      current = new AbortController()
      look(current.signal)
    })
    look(current.signal)
    return () => {
      current.abort()
      listening[Symbol.dispose]()
    }
  }, [link, isWanted, look])
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : 'Storage does not answer.'
}
