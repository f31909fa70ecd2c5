import type { MessageAlert } from '../../contracts/messages.ts'
import { alertCountWords } from './messages/alert-words.ts'
import { gravestLevel } from './messages/health.ts'
import { type ProcessWatch, useWatched } from './process-watch.ts'

const noAlerts: readonly MessageAlert[] = []

/** Opens and closes the processes; says how many there are, and what is wrong between them as far as somebody watches. */
export function ProcessesButton(props: {
  watch: ProcessWatch
  /** As main counted them; null while nothing has. Goes after what is watched. */
  count: number | null
  isOpen: boolean
  onPress(): void
}) {
  const watched = useWatched(props.watch, ({ tree }) => tree?.rows.length ?? null)
  const alerts = useWatched(props.watch, ({ traffic }) => traffic?.alerts ?? noAlerts)
  const count = watched ?? props.count
  const words = [
    'Processes',
    count === null ? '' : `${count} running`,
    alerts.length === 0 ? '' : alertCountWords(alerts),
  ]
    .filter(Boolean)
    .join(', ')
  return (
    <button
      type="button"
      className="nx-meterbtn"
      id="open-processes"
      aria-label={words}
      data-alert={gravestLevel(alerts) ?? undefined}
      aria-expanded={props.isOpen}
      title="Processes (Shift+Esc)"
      onClick={props.onPress}
    >
      <span className="nx-meterbtn__bars" aria-hidden="true">
        <i className="nx-meterbtn__bar1" />
        <i className="nx-meterbtn__bar2" />
        <i className="nx-meterbtn__bar3" />
      </span>
      {count !== null && <span className="num">{count}</span>}
    </button>
  )
}
