import { useEffect, useState } from 'react'
import type { Article } from '../../contracts/reading-for-chrome.ts'
import { CoverFrame, type CoverPageProps } from '../shell/cover-frame.tsx'

type Reading =
  | { readonly kind: 'reading' }
  | { readonly kind: 'read'; readonly article: Article }
  | { readonly kind: 'failed'; readonly reason: string }

/** The article of the page in view in our own type: plain text, and the picture that it names. */
export function ReaderPage(props: CoverPageProps) {
  const { link, tab } = props
  const tabId = tab?.id ?? null
  const [reading, setReading] = useState<Reading>({ kind: 'reading' })
  const [picture, setPicture] = useState<string | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another address is another page
  useEffect(() => {
    if (tabId === null) {
      setReading({ kind: 'failed', reason: 'No tab is open.' })
      return
    }
    const stop = new AbortController()
    const area = link.area('reading')
    setReading({ kind: 'reading' })
    setPicture(null)
    area.article({ tabId }, { signal: stop.signal }).then(
      article => {
        if (stop.signal.aborted) return
        setReading({ kind: 'read', article })
        if (article.metadata.imageUrl === null) return
        area.picture({ tabId }, { signal: stop.signal }).then(
          ({ dataUrl }) => {
            if (!stop.signal.aborted) setPicture(dataUrl)
          },
          () => {},
        )
      },
      (error: unknown) => {
        if (stop.signal.aborted) return
        setReading({
          kind: 'failed',
          reason: error instanceof Error ? error.message : 'It could not be read.',
        })
      },
    )
    return () => stop.abort()
  }, [link, tabId, tab?.url])
  return (
    <CoverFrame title="Reader" onClose={props.onClose}>
      <ReaderBody reading={reading} picture={picture} />
    </CoverFrame>
  )
}

function ReaderBody({ reading, picture }: { reading: Reading; picture: string | null }) {
  switch (reading.kind) {
    case 'reading':
      return (
        <p className="nx-reader__note" role="status">
          Reading the page
        </p>
      )
    case 'failed':
      return (
        <p className="nx-reader__note" role="alert">
          {reading.reason}
        </p>
      )
    case 'read': {
      const { article } = reading
      const { author, siteName, publishedAt } = article.metadata
      const byline = [author, siteName, publishedAt?.slice(0, 10)].filter(Boolean).join(' · ')
      return (
        <article className="nx-reader">
          <h2>{article.metadata.title ?? article.title}</h2>
          {byline !== '' && <p className="nx-reader__byline">{byline}</p>}
          {picture !== null && <img src={picture} alt="" />}
          {article.paragraphs.map((paragraph, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: an article is shown as it was read, and never reordered
            <p key={index}>{paragraph}</p>
          ))}
          {article.isCut && <p className="nx-reader__note">The page goes on; this is its beginning.</p>}
        </article>
      )
    }
  }
}
