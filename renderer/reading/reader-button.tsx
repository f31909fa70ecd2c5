import { FileText } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { TabState } from '../../contracts/browser.ts'
import type { BrowserLink } from '../system/browser-link.ts'

/** Asking makes the page read itself: not before it has come to rest. */
const restMs = 800

/** The mark in the omnibox of a page with an article, which opens the reader. */
export function ReaderButton(props: {
  link: BrowserLink
  tab: TabState | null
  isOpen: boolean
  onPress(): void
}) {
  const { link, tab } = props
  const tabId = tab?.id ?? null
  const isReady = tab?.content.kind === 'page' && !tab.isLoading
  const [hasArticle, setHasArticle] = useState(false)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another address is another page
  useEffect(() => {
    setHasArticle(false)
    if (tabId === null || !isReady) return
    const stop = new AbortController()
    const timer = setTimeout(() => {
      link
        .area('reading')
        .hasArticle({ tabId }, { signal: stop.signal })
        .then(
          answer => {
            if (!stop.signal.aborted) setHasArticle(answer.hasArticle)
          },
          // Without an answer there is nothing to offer.
          () => {},
        )
    }, restMs)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [link, tabId, tab?.url, isReady])
  if (!hasArticle) return null
  return (
    <button
      type="button"
      className="nx-ib nx-ib--s"
      id="open-reader"
      aria-label="Reader"
      aria-expanded={props.isOpen}
      title="Read in our own type (Ctrl+Alt+R)"
      onClick={props.onPress}
    >
      <FileText className="i i-s" />
    </button>
  )
}
