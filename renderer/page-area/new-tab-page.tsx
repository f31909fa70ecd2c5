import { Lock } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import type { HistoryEntry } from '../../contracts/storage.ts'
import { addressParts, shortHost } from '../omnibox/address.ts'
import { SiteIcon } from '../tabs/site-icon.tsx'
import { SearchField } from './search-field.tsx'
import { mostVisited, visitTimeText } from './visited-sites.ts'

export interface NewTabPageProps {
  /** Above the history. */
  favourites?: ReactNode
  search(query: string, limit: number): Promise<readonly HistoryEntry[]>
  onGo(input: string): void
}

const entriesToLookAt = 60
const mostSites = 8
const mostRows = 6

/** A field, the sites visited most and the latest pages: nothing that moves, nothing from the network. */
export function NewTabPage(props: NewTabPageProps) {
  const { search } = props
  const [entries, setEntries] = useState<readonly HistoryEntry[] | 'loading' | 'failed'>('loading')
  useEffect(() => {
    let isWanted = true
    search('', entriesToLookAt).then(
      found => isWanted && setEntries(found),
      () => isWanted && setEntries('failed'),
    )
    return () => {
      isWanted = false
    }
  }, [search])
  return (
    <div className="nx-page">
      <div className="nx-newtab">
        <h1 className="sr">New tab</h1>
        <SearchField onGo={props.onGo} />
        {props.favourites}
        {entries === 'failed' && (
          <p className="t2">Your history cannot be read just now. Everything else works as usual.</p>
        )}
        {typeof entries === 'object' && <History entries={entries} onGo={props.onGo} />}
        <footer className="nx-newtab__foot">
          <span>
            <Lock className="i i-s" />
            History is kept on this device only
          </span>
        </footer>
      </div>
    </div>
  )
}

function History({ entries, onGo }: { entries: readonly HistoryEntry[]; onGo(input: string): void }) {
  if (entries.length === 0) {
    return (
      <section>
        <div className="nx-newtab__head">
          <h2>Nothing visited yet</h2>
        </div>
        <p className="t2">
          Type an address above, or open any page and press Analyse to have it read on this computer.
        </p>
      </section>
    )
  }
  const now = Date.now()
  const latest = [...entries].sort((one, other) => other.lastVisitAt - one.lastVisitAt).slice(0, mostRows)
  return (
    <>
      <section aria-label="Most visited">
        <div className="nx-newtab__head">
          <h2>Most visited</h2>
        </div>
        <ul className="nx-newtab__sites">
          {mostVisited(entries, mostSites).map(site => (
            <li key={site.host}>
              <button type="button" onClick={() => onGo(site.url)} title={site.url}>
                <SiteIcon site={site.host} isLarge />
                <span className="nx-newtab__words">
                  <span className="ell med">{site.title === '' ? site.host : site.title}</span>
                  <span className="ell t3 fs11">{site.host}</span>
                </span>
              </button>
            </li>
          ))}
        </ul>
      </section>
      <section aria-label="Latest pages">
        <div className="nx-newtab__head">
          <h2>Latest</h2>
        </div>
        <ul className="nx-list nx-newtab__rows">
          {latest.map(entry => {
            const parts = addressParts(entry.url)
            return (
              <li key={entry.url}>
                <button type="button" onClick={() => onGo(entry.url)} title={entry.url}>
                  <SiteIcon site={shortHost(entry.url)} />
                  <span className="nx-newtab__words">
                    <span className="ell med">{entry.title === '' ? parts.host : entry.title}</span>
                    <span className="ell t3 fs12">
                      {parts.host}
                      {parts.after}
                    </span>
                  </span>
                  <span className="num t3">{visitTimeText(entry.lastVisitAt, now)}</span>
                </button>
              </li>
            )
          })}
        </ul>
      </section>
    </>
  )
}
