import { Search, X } from 'lucide-react'
import { useCallback, useEffect, useState } from 'react'
import type { SitesOverview } from '../../contracts/sites.ts'
import { sizeText } from '../downloads/download-words.ts'
import { CoverFrame, type CoverPageProps } from '../shell/cover-frame.tsx'
import { ClearSpanForm } from './clear-span-form.tsx'
import { SiteRow } from './site-row.tsx'

type Loaded =
  | { readonly kind: 'loading' }
  | { readonly kind: 'loaded'; readonly overview: SitesOverview }
  | { readonly kind: 'failed'; readonly reason: string }

/** A pause in typing, before the profile's folders are walked again. */
const typingMs = 200

/** What each site keeps and may do: looked at, changed and cleared. */
export function SitesPage(props: CoverPageProps) {
  const { link } = props
  const [query, setQuery] = useState(() => (props.tab?.content.kind === 'page' ? (props.tab.site ?? '') : ''))
  const [round, setRound] = useState(0)
  const [loaded, setLoaded] = useState<Loaded>({ kind: 'loading' })
  const [said, setSaid] = useState('')
  const again = useCallback((words: string) => {
    setSaid(words)
    setRound(known => known + 1)
  }, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: each round looks again
  useEffect(() => {
    const given = new AbortController()
    const timer = setTimeout(() => {
      link
        .area('sites')
        .overview({ query }, { signal: given.signal })
        .then(
          overview => setLoaded({ kind: 'loaded', overview }),
          (error: unknown) => {
            if (given.signal.aborted) return
            setLoaded({ kind: 'failed', reason: error instanceof Error ? error.message : 'Nobody answers.' })
          },
        )
    }, typingMs)
    return () => {
      clearTimeout(timer)
      given.abort()
    }
  }, [link, query, round])
  return (
    <CoverFrame title="Sites" onClose={props.onClose}>
      <div className="nx-sites">
        <p className="t2">
          What each site keeps on this computer, and what you allowed it. Sizes are those of its files, which
          may be larger than what is in them; local storage is measured in open tabs.
        </p>
        <div className="nx-field nx-field--l">
          <Search className="i" />
          <input
            aria-label="Search sites"
            placeholder="Part of a name"
            value={query}
            spellCheck={false}
            onChange={event => setQuery(event.currentTarget.value)}
          />
          {query !== '' && (
            <button
              type="button"
              className="nx-ib nx-ib--s"
              aria-label="Show all sites"
              title="Show all sites"
              onClick={() => setQuery('')}
            >
              <X className="i i-s" />
            </button>
          )}
        </div>
        <p className="fs12 t2" role="status">
          {said}
        </p>
        <Contents loaded={loaded} query={query} link={link} onDone={again} />
        <ClearSpanForm link={link} onDone={again} />
      </div>
    </CoverFrame>
  )
}

function Contents(props: {
  loaded: Loaded
  query: string
  link: CoverPageProps['link']
  onDone(words: string): void
}) {
  const { loaded } = props
  switch (loaded.kind) {
    case 'loading':
      return <p className="t2">Looking through the profile</p>
    case 'failed':
      return (
        <p className="t2" role="alert">
          The list could not be made. {loaded.reason}
        </p>
      )
    case 'loaded': {
      const { overview } = loaded
      return (
        <>
          {overview.sites.length === 0 ? (
            <p className="t2">
              {props.query === '' ? 'No site keeps anything.' : 'No such site keeps anything.'}
            </p>
          ) : (
            <ul className="nx-sites__list" aria-label="Sites">
              {overview.sites.map(use => (
                <SiteRow key={use.site} use={use} link={props.link} onDone={props.onDone} />
              ))}
            </ul>
          )}
          {overview.isCut && <p className="fs12 t3">There are more. Search for a part of the name.</p>}
          <dl className="nx-kv nx-sites__totals">
            <dt>Local storage, all sites</dt>
            <dd>{sizeText(overview.localStorageBytes)}</dd>
            <dt>Service workers, all sites</dt>
            <dd>{sizeText(overview.serviceWorkerBytes)}</dd>
            <dt>Pages kept to load faster</dt>
            <dd>{sizeText(overview.httpCacheBytes)}</dd>
          </dl>
        </>
      )
    }
  }
}
