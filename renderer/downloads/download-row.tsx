import { Ellipsis, Folder, Pause, Play, RotateCw, TriangleAlert, X } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import type { DownloadEntry } from '../../contracts/downloads-for-chrome.ts'
import type { DownloadActions } from './download-actions.ts'
import { DownloadDetails } from './download-details.tsx'
import { DownloadGauge, FileIcon } from './download-parts.tsx'
import { progressText, sizeText, stateText } from './download-words.ts'

/** One download with all that can be done with it. */
export function DownloadRow(props: { entry: DownloadEntry; actions: DownloadActions; now: Date }) {
  const { entry, actions } = props
  const [isOpen, setIsOpen] = useState(false)
  const { state } = entry
  const canOpen = state.kind === 'completed' && entry.isThere
  return (
    <li className="nx-dl__row" data-state={state.kind}>
      <div className="nx-dl__line">
        <span className="nx-dl__icon">
          <FileIcon entry={entry} className="i i-l" />
        </span>
        <div className="nx-dl__main">
          <div className="row">
            <button
              type="button"
              className="nx-dl__name ell"
              title={canOpen ? 'Open' : entry.name}
              aria-expanded={canOpen ? undefined : isOpen}
              onClick={() => (canOpen ? actions.open(entry.id) : setIsOpen(!isOpen))}
              onKeyDown={event => {
                if (event.key === 'Delete') actions.remove(entry.id)
              }}
            >
              {entry.name}
            </button>
            {state.kind === 'held' && (
              <span className="nx-chip nx-chip--warn">
                <TriangleAlert className="i i-s" />
                Held
              </span>
            )}
            {entry.isPrivate && <span className="nx-chip">Private</span>}
          </div>
          <div className="nx-dl__state ell">
            {stateText(entry, props.now)}
            {entry.site !== '' && <span className="t3"> · from {entry.site}</span>}
          </div>
          <DownloadGauge entry={entry} />
        </div>
        <span className="num nx-dl__size">
          {state.kind === 'completed' || state.kind === 'held'
            ? sizeText(entry.size ?? entry.received)
            : progressText(entry.received, entry.size)}
        </span>
        <span className="nx-dl__actions">
          <RowActions entry={entry} actions={actions} />
          <IconButton
            label={isOpen ? 'Less' : 'More'}
            entry={entry}
            isExpanded={isOpen}
            onPress={() => setIsOpen(!isOpen)}
          >
            <Ellipsis className="i" />
          </IconButton>
        </span>
      </div>
      {isOpen && (
        <DownloadDetails
          entry={entry}
          onCopyAddress={() => actions.copyAddress(entry.id)}
          onRemove={() => actions.remove(entry.id)}
        />
      )}
    </li>
  )
}

function RowActions({ entry, actions }: { entry: DownloadEntry; actions: DownloadActions }) {
  const cancel = (
    <IconButton label="Cancel" entry={entry} onPress={() => actions.cancel(entry.id)}>
      <X className="i" />
    </IconButton>
  )
  switch (entry.state.kind) {
    case 'waiting':
    case 'running':
      return (
        <>
          {entry.canPause && (
            <IconButton label="Pause" entry={entry} onPress={() => actions.pause(entry.id)}>
              <Pause className="i" />
            </IconButton>
          )}
          {cancel}
        </>
      )
    case 'paused':
      return (
        <>
          {entry.canResume && (
            <IconButton label="Resume" entry={entry} onPress={() => actions.resume(entry.id)}>
              <Play className="i" />
            </IconButton>
          )}
          {cancel}
        </>
      )
    case 'held':
      return (
        <>
          <button
            type="button"
            className="nx-btn nx-btn--danger"
            aria-label={`Delete, ${entry.name}`}
            onClick={() => actions.cancel(entry.id)}
          >
            Delete
          </button>
          <button
            type="button"
            className="nx-btn nx-btn--quiet"
            aria-label={`Keep anyway, ${entry.name}`}
            onClick={() => actions.keep(entry.id)}
          >
            Keep anyway
          </button>
        </>
      )
    case 'failed':
    case 'cancelled': {
      const again = entry.state.kind === 'failed' && entry.received > 0 ? 'Continue' : 'Try again'
      return (
        <>
          {(entry.canResume || entry.state.kind === 'cancelled') && (
            <button
              type="button"
              className="nx-btn"
              aria-label={`${again}, ${entry.name}`}
              onClick={() => actions.resume(entry.id)}
            >
              <RotateCw className="i i-s" />
              {again}
            </button>
          )}
          <IconButton label="Remove" entry={entry} onPress={() => actions.remove(entry.id)}>
            <X className="i" />
          </IconButton>
        </>
      )
    }
    case 'completed':
      return entry.isThere ? (
        <IconButton label="Show in folder" entry={entry} onPress={() => actions.showInFolder(entry.id)}>
          <Folder className="i" />
        </IconButton>
      ) : null
  }
}

export function IconButton(props: {
  label: string
  entry: DownloadEntry
  isExpanded?: boolean
  children: ReactNode
  onPress(): void
}) {
  return (
    <button
      type="button"
      className="nx-ib"
      aria-label={`${props.label}, ${props.entry.name}`}
      aria-expanded={props.isExpanded}
      title={props.label}
      onClick={props.onPress}
    >
      {props.children}
    </button>
  )
}
