import { Globe, RotateCcw, X } from 'lucide-react'
import { useCallback, useEffect, useMemo, useState } from 'react'
import type { ClosedTabRow } from '../../contracts/library-for-chrome.ts'
import type { HistoryEntry } from '../../contracts/storage.ts'
import { countWords } from '../library/library-words.ts'
import { shortHost } from '../omnibox/address.ts'
import { visitTimeText } from '../page-area/visited-sites.ts'
import type { BrowserLink } from '../system/browser-link.ts'
import { SiteIcon } from '../tabs/site-icon.tsx'
import { daysOf } from './days.ts'
import { ForgetTime } from './forget-time.tsx'
import { pageTitle } from './history-words.ts'

const mostPages = 500

export interface DayListProps {
  link: BrowserLink
  onOpen(url: string): void
  /** Reads out what was done. */
  onSaid(words: string): void
}

/** Where somebody was, day by day, with a way to take each of it back: a page, a site, a time. */
export function DayList({ link, onOpen, onSaid }: DayListProps) {
  const library = useMemo(() => link.area('library'), [link])
  const [pages, setPages] = useState<readonly HistoryEntry[] | null>(null)
  const [closed, setClosed] = useState<readonly ClosedTabRow[]>([])
  const [failure, setFailure] = useState<string | null>(null)
  const load = useCallback(async () => {
    try {
      const [visited, tabs] = await Promise.all([
        library.visitedPages({ limit: mostPages }),
        library.closedTabs({}),
      ])
      setPages(visited)
      setClosed(tabs)
      setFailure(null)
    } catch (error) {
      setFailure(reasonOf(error))
    }
  }, [library])
  useEffect(() => void load(), [load])
  const attempt = (work: () => Promise<string>) => {
    work()
      .then(onSaid)
      .then(load)
      .catch((error: unknown) => setFailure(reasonOf(error)))
  }
  const forgetPage = (page: HistoryEntry) =>
    attempt(async () => {
      await link.call('forgetPage', { url: page.url, withHistory: true })
      return `${pageTitle(page)} was forgotten`
    })
  const forgetSite = (site: string) =>
    attempt(async () => {
      await library.forgetSite({ site })
      return `Everything of ${site} was forgotten`
    })
  const now = Date.now()
  return (
    <>
      <ForgetTime
        onForget={past =>
          attempt(async () => {
            const { rows } = await library.forgetTime({ past })
            return rows === 0 ? 'There was nothing to forget' : `${countWords(rows, 'entry')} forgotten`
          })
        }
      />
      {failure !== null && (
        <p className="nx-history__none" role="alert">
          {failure}
        </p>
      )}
      {closed.length > 0 && (
        <section aria-label="Recently closed">
          <h2 className="nx-history__count">Recently closed</h2>
          <ul className="nx-days">
            {closed.map(tab => (
              <li key={tab.id}>
                <RotateCcw className="i t3" />
                <button
                  type="button"
                  className="nx-days__title ell"
                  title={tab.url}
                  data-found
                  onClick={() => {
                    attempt(async () => {
                      await library.reopenClosedTab({ id: tab.id })
                      return `${pageTitle(tab)} was reopened`
                    })
                  }}
                >
                  {pageTitle(tab)}
                </button>
                <span className="ell t3 fs12">{shortHost(tab.url)}</span>
                <span className="grow" />
                <span className="num t3">{visitTimeText(tab.closedAt, now)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {pages?.length === 0 && <p className="nx-history__none">Nothing visited yet.</p>}
      {daysOf(pages ?? [], now).map(day => (
        <section aria-label={day.title} key={day.title}>
          <h2 className="nx-history__count">{day.title}</h2>
          <ul className="nx-days">
            {day.entries.map(page => (
              <li key={page.url}>
                <SiteIcon site={shortHost(page.url)} />
                <button
                  type="button"
                  className="nx-days__title ell"
                  title={page.url}
                  data-found
                  onClick={() => onOpen(page.url)}
                  onKeyDown={event => {
                    if (event.key === 'Delete') forgetPage(page)
                  }}
                >
                  {pageTitle(page)}
                </button>
                <span className="ell t3 fs12">{shortHost(page.url)}</span>
                <span className="grow" />
                <span className="num t3">{visitTimeText(page.lastVisitAt, now)}</span>
                <button
                  type="button"
                  className="nx-ib nx-ib--s"
                  aria-label={`Forget everything of ${shortHost(page.url)}`}
                  title={`Forget everything of ${shortHost(page.url)}`}
                  onClick={() => forgetSite(hostOf(page.url))}
                >
                  <Globe className="i i-s" />
                </button>
                <button
                  type="button"
                  className="nx-ib nx-ib--s"
                  aria-label={`Forget ${pageTitle(page)}`}
                  title="Forget this page (Delete)"
                  onClick={() => forgetPage(page)}
                >
                  <X className="i i-s" />
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  )
}

function hostOf(url: string): string {
  return (URL.parse(url)?.hostname ?? '').slice(0, 300) || url.slice(0, 300)
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : 'Storage does not answer.'
}
