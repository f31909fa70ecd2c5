import { useId, useState } from 'react'
import type { MessageAlert } from '../../../contracts/messages.ts'
import { AlertGlyph } from './alert-mark.tsx'
import { alertCountWords, alertWords, sortedAlerts } from './alert-words.ts'
import { clockText, sinceText } from './message-readings.ts'
import type { WhoIs } from './talkers.ts'

/** More would push the table out of a low panel. */
const restingCount = 2
/** Even when all are asked for, no list is read beyond this. */
const mostCount = 100

/** What is wrong, the gravest first. Each leads to its row. */
export function AlertList(props: {
  alerts: readonly MessageAlert[]
  who: WhoIs
  /** When the alerts were read, in milliseconds since the epoch. */
  now: number
  onChoose(alert: MessageAlert): void
}) {
  const [isOpen, setIsOpen] = useState(false)
  const listId = useId()
  const sorted = sortedAlerts(props.alerts)
  const shown = sorted.slice(0, isOpen ? mostCount : restingCount)
  const last = shown.at(-1)
  const rest = sorted.length - Math.min(sorted.length, restingCount)
  return (
    <section className="nx-alerts" aria-label="Alerts" hidden={sorted.length === 0}>
      {/* said once when the number changes; the ages in the list are not */}
      <p className="sr" role="status">
        {sorted.length === 0 ? '' : alertCountWords(sorted)}
      </p>
      <ul id={listId}>
        {shown.map(alert => (
          <li key={alert.id}>
            <button
              type="button"
              className="nx-alert"
              data-level={alert.level}
              onClick={() => props.onChoose(alert)}
            >
              <AlertGlyph level={alert.level} />
              <span className="sr">{alert.level === 'critical' ? 'Critical: ' : 'Warning: '}</span>
              <span className="nx-alert__pair ell">
                {props.who(alert.from).name} to {props.who(alert.to).name}
              </span>
              {alert.method !== null && <span className="mono ell t2">{alert.method}</span>}
              <span className="nx-alert__rule">{alertWords(alert)}</span>
              <span className="grow" />
              <span className="nx-alert__since">
                since <span className="num">{clockText(alert.since)}</span>,{' '}
                {sinceText(Math.max(0, props.now - alert.since))}
              </span>
            </button>
            {alert === last && rest > 0 && (
              <button
                type="button"
                className="nx-chip"
                aria-expanded={isOpen}
                aria-controls={listId}
                onClick={() => setIsOpen(!isOpen)}
              >
                {isOpen ? 'Show fewer' : `${rest} more`}
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
