import { Copy, Trash2 } from 'lucide-react'
import { useId, useState } from 'react'
import type { DownloadEntry } from '../../contracts/downloads-for-chrome.ts'
import { isSameChecksum } from './download-words.ts'

/** Where a file comes from, what its checksum is, and whether that is the one that somebody else names. */
export function DownloadDetails(props: { entry: DownloadEntry; onCopyAddress(): void; onRemove(): void }) {
  const { entry } = props
  const [pasted, setPasted] = useState('')
  const noteId = useId()
  const isSame = entry.sha256 === null ? null : isSameChecksum(pasted, entry.sha256)
  return (
    <div className="nx-dl__details">
      <dl>
        <dt>From</dt>
        <dd className="nx-dl__address">{entry.url}</dd>
        <dt>SHA-256</dt>
        <dd className="num nx-dl__address">
          {entry.sha256 ??
            (entry.state.kind === 'completed'
              ? 'Not computed: the page made this file'
              : 'Known when it is whole')}
        </dd>
      </dl>
      {entry.sha256 !== null && (
        <div className="row">
          <label className="nx-field grow">
            <input
              aria-label={`Checksum to compare with, ${entry.name}`}
              aria-describedby={noteId}
              placeholder="Paste the checksum that it should have"
              value={pasted}
              spellCheck={false}
              onChange={event => setPasted(event.currentTarget.value)}
            />
          </label>
          <span id={noteId} role="status" className="fs12" data-same={isSame ?? undefined}>
            {checksumWords(pasted, isSame)}
          </span>
        </div>
      )}
      <div className="row">
        <button type="button" className="nx-btn nx-btn--quiet nx-btn--s" onClick={props.onCopyAddress}>
          <Copy className="i i-s" />
          Copy address
        </button>
        <button type="button" className="nx-btn nx-btn--quiet nx-btn--s" onClick={props.onRemove}>
          <Trash2 className="i i-s" />
          Remove from this list
        </button>
      </div>
    </div>
  )
}

function checksumWords(pasted: string, isSame: boolean | null): string {
  if (pasted.trim() === '') return ''
  if (isSame === null) return 'Not a SHA-256'
  return isSame ? 'The same' : 'Not the same: another file'
}
