import { X } from 'lucide-react'
import { type ReactNode, useEffect, useRef } from 'react'
import type { TabState } from '../../contracts/browser.ts'
import type { BrowserLink } from '../system/browser-link.ts'

/** What every page gets that is drawn here in place of the one in the tab. */
export interface CoverPageProps {
  link: BrowserLink
  tab: TabState | null
  tabs: readonly TabState[]
  /** Opens an address in the tab in view, and closes this page. */
  onOpen(url: string): void
  onClose(): void
}

/** A page of our own over the page area: a heading that takes the focus, what it holds, and a way out. */
export function CoverFrame(props: {
  title: string
  tools?: ReactNode
  /** Takes the whole width and lays itself out. */
  isWide?: boolean
  children: ReactNode
  onClose(): void
}) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <section
      className={props.isWide ? 'nx-cover nx-cover--wide' : 'nx-cover'}
      id="cover-page"
      aria-label={props.title}
    >
      <header className="nx-cover__head">
        <h1 className="nx-h1" tabIndex={-1} ref={heading}>
          {props.title}
        </h1>
        <span className="grow" />
        {props.tools}
        <button
          type="button"
          className="nx-ib"
          aria-label={`Close ${props.title.toLowerCase()}`}
          title="Close (Esc)"
          onClick={props.onClose}
        >
          <X className="i" />
        </button>
      </header>
      <div className="nx-cover__body">{props.children}</div>
    </section>
  )
}
