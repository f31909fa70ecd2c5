import { useEffect, useState } from 'react'
import type { SimilarLook } from '../../../contracts/looks.ts'
import { shortHost } from '../../omnibox/address.ts'
import type { Ask } from '../../system/use-browser.ts'
import { SiteIcon } from '../../tabs/site-icon.tsx'
import { Section } from './section.tsx'

export interface LooksSectionProps {
  readonly url: string
  readonly ask: Ask
  onOpen(url: string): void
}

const mostShown = 4

/** Pages of other sites that look like this one. Not shown where there are none, or where nobody says. */
export function LooksSection({ url, ask, onOpen }: LooksSectionProps) {
  const [looks, setLooks] = useState<readonly SimilarLook[]>([])
  useEffect(() => {
    let isWanted = true
    setLooks([])
    ask('looksLike', { url }).then(
      found => {
        if (isWanted) setLooks(found.slice(0, mostShown))
      },
      () => {},
    )
    return () => {
      isWanted = false
    }
  }, [ask, url])
  if (looks.length === 0) return null
  return (
    <Section title="Looks like" milliseconds={null}>
      <ul className="nx-related" aria-label="Looks like">
        {looks.map(look => (
          <li key={look.url}>
            <button type="button" title={look.url} onClick={() => onOpen(look.url)}>
              <SiteIcon site={shortHost(look.url)} />
              <span className="ell">{look.title || shortHost(look.url)}</span>
              <span className="grow" />
              <span className="num t3" title="How alike the two pages look">
                {look.likeness.toFixed(2)}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </Section>
  )
}
