import { CircleAlert, Info, TriangleAlert, X } from 'lucide-react'
import type { Notice } from '../../contracts/browser.ts'

export interface NoticeBarProps {
  notices: readonly Notice[]
  onDismiss(id: string): void
}

/**
 * What happened outside any page: a service that came back, an intent that failed. It stands between the toolbar and the
 * plates, where no page can draw, and is read out when the reader is free.
 */
export function NoticeBar(props: NoticeBarProps) {
  return (
    <div className="nx-notices" role="log" aria-live="polite" aria-label="Notices">
      {props.notices.map(notice => (
        <div className="nx-note" data-tone={notice.tone} key={notice.id}>
          <NoticeIcon tone={notice.tone} />
          <p>{notice.message}</p>
          <button
            type="button"
            className="nx-ib nx-ib--s"
            aria-label={`Dismiss: ${notice.message}`}
            onClick={() => props.onDismiss(notice.id)}
          >
            <X className="i" />
          </button>
        </div>
      ))}
    </div>
  )
}

function NoticeIcon({ tone }: { tone: Notice['tone'] }) {
  switch (tone) {
    case 'info':
      return <Info className="i" />
    case 'warning':
      return <TriangleAlert className="i" />
    case 'problem':
      return <CircleAlert className="i" />
  }
}
