import { Database, Trash2, Waypoints } from 'lucide-react'
import { type ReactNode, useRef, useState } from 'react'
import type { FoundPage } from '../../contracts/memory.ts'
import { shortHost } from '../omnibox/address.ts'
import { visitTimeText } from '../page-area/visited-sites.ts'
import { SiteIcon } from '../tabs/site-icon.tsx'
import { ForgetQuestion } from './forget-question.tsx'
import { pageTitle, reasonWords } from './history-words.ts'
import { Loaded } from './loaded.tsx'
import { excerptOf } from './marks.ts'
import type { MemoryLink } from './memory-link.ts'
import { RelatedList } from './related-list.tsx'
import { StoredDetails } from './stored-details.tsx'

export interface FoundRowProps {
  page: FoundPage
  query: string
  memory: MemoryLink
  onOpen(url: string): void
  /** Something of the page was deleted. */
  onForgotten(): void
}

type Opened = 'related' | 'stored' | 'forget'

/** One page that was found: why, the passage that speaks for it, and what can be done with it. */
export function FoundRow({ page, query, memory, onOpen, onForgotten }: FoundRowProps) {
  const [opened, setOpened] = useState<Opened | null>(null)
  const forgetButton = useRef<HTMLButtonElement>(null)
  const title = pageTitle(page)
  const seenAt = page.lastVisitAt ?? page.readAt
  const toggle = (part: Opened) => setOpened(opened === part ? null : part)
  const isByWords = page.foundBy === 'words' || page.foundBy === 'both'
  return (
    <li className="nx-found">
      <div className="nx-found__head">
        <SiteIcon site={shortHost(page.url)} />
        <button
          type="button"
          className="nx-found__title ell"
          title={page.url}
          data-found
          onClick={() => onOpen(page.url)}
          onKeyDown={event => {
            if (event.key === 'Delete') setOpened('forget')
          }}
        >
          {title}
        </button>
        {reasonWords(page.foundBy).map(reason => (
          <span className="nx-chip" title={reason.text} key={reason.name}>
            {reason.name}
          </span>
        ))}
      </div>
      <p className="nx-found__place">
        <span className="ell">{shortHost(page.url)}</span>
        {seenAt !== null && <span className="num">{visitTimeText(seenAt, Date.now())}</span>}
        {page.visits > 1 && <span>{page.visits} visits</span>}
      </p>
      {page.passage !== null && (
        <p className="nx-found__passage">
          {excerptOf(page.passage.text, isByWords ? query : '').map((piece, position) =>
            piece.isMarked ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: pieces stand in their order
              <mark key={position}>{piece.text}</mark>
            ) : (
              piece.text
            ),
          )}
        </p>
      )}
      <div className="nx-found__actions">
        <Action
          isOpen={opened === 'related'}
          label={`Pages related to ${title}`}
          icon={<Waypoints className="i i-s" />}
          onToggle={() => toggle('related')}
        >
          Related
        </Action>
        <Action
          isOpen={opened === 'stored'}
          label={`What is stored about ${title}`}
          icon={<Database className="i i-s" />}
          onToggle={() => toggle('stored')}
        >
          What is stored
        </Action>
        <button
          type="button"
          className="nx-btn nx-btn--quiet nx-btn--s"
          ref={forgetButton}
          aria-label={`Forget ${title}`}
          aria-expanded={opened === 'forget'}
          onClick={() => toggle('forget')}
        >
          <Trash2 className="i i-s" />
          Forget
        </button>
      </div>
      {opened === 'related' && (
        <Loaded load={() => memory.related(page.url)}>
          {related =>
            related.length === 0 ? (
              <p className="t2 fs12">No other page that was read is about the same.</p>
            ) : (
              <RelatedList label={`Related to ${title}`} pages={related} onOpen={onOpen} />
            )
          }
        </Loaded>
      )}
      {opened === 'stored' && (
        <Loaded load={() => memory.remembered(page.url)}>
          {stored => <StoredDetails stored={stored} />}
        </Loaded>
      )}
      {opened === 'forget' && (
        <ForgetQuestion
          title={`Forget ${title}?`}
          text="Its passages, their meaning and its analysis are deleted from this device."
          onForget={async withHistory => {
            await memory.forget(page.url, withHistory)
            onForgotten()
          }}
          onKeep={() => {
            setOpened(null)
            forgetButton.current?.focus()
          }}
        />
      )}
    </li>
  )
}

function Action(props: {
  isOpen: boolean
  label: string
  icon: ReactNode
  children: string
  onToggle(): void
}) {
  return (
    <button
      type="button"
      className="nx-btn nx-btn--quiet nx-btn--s"
      aria-label={props.label}
      aria-expanded={props.isOpen}
      onClick={props.onToggle}
    >
      {props.icon}
      {props.children}
    </button>
  )
}
