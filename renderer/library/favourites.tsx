import { shortHost } from '../omnibox/address.ts'
import type { BrowserLink } from '../system/browser-link.ts'
import { SiteIcon } from '../tabs/site-icon.tsx'
import { bookmarkTitle } from './bookmark-tree.ts'
import { useBookmarks } from './use-bookmarks.ts'

/** As many as fill three rows. */
const mostShown = 12

/** The first of the favourites, on the new-tab page. Nothing where there are none. */
export function Favourites({ link, onOpen }: { link: BrowserLink; onOpen(url: string): void }) {
  const bookmarks = useBookmarks(link)
  if (bookmarks.kind !== 'loaded') return null
  const shown = bookmarks.tree
    .children('bar')
    .filter(node => node.kind === 'bookmark')
    .slice(0, mostShown)
  if (shown.length === 0) return null
  return (
    <section aria-label="Favourites">
      <div className="nx-newtab__head">
        <h2>Favourites</h2>
      </div>
      <ul className="nx-newtab__sites">
        {shown.map(bookmark => (
          <li key={bookmark.id}>
            <button type="button" onClick={() => onOpen(bookmark.url)} title={bookmark.url}>
              <SiteIcon site={shortHost(bookmark.url)} isLarge />
              <span className="nx-newtab__words">
                <span className="ell med">{bookmarkTitle(bookmark)}</span>
                <span className="ell t3 fs11">{shortHost(bookmark.url)}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
