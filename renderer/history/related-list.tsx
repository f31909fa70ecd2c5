import type { RelatedPage } from '../../contracts/memory.ts'
import { shortHost } from '../omnibox/address.ts'
import { SiteIcon } from '../tabs/site-icon.tsx'
import { pageTitle } from './history-words.ts'

export interface RelatedListProps {
  label: string
  pages: readonly RelatedPage[]
  onOpen(url: string): void
}

/** Pages about the same, nearest first. */
export function RelatedList({ label, pages, onOpen }: RelatedListProps) {
  return (
    <ul className="nx-related" aria-label={label}>
      {pages.map(page => (
        <li key={page.url}>
          <button type="button" title={page.url} onClick={() => onOpen(page.url)}>
            <SiteIcon site={shortHost(page.url)} />
            <span className="ell">{pageTitle(page)}</span>
            <span className="ell t3 fs12">{shortHost(page.url)}</span>
            <span className="grow" />
            {page.isNearDuplicate ? (
              <span className="nx-chip">Nearly the same</span>
            ) : (
              <span className="num t3" title="How alike the two pages are">
                {page.similarity.toFixed(2)}
              </span>
            )}
          </button>
        </li>
      ))}
    </ul>
  )
}
