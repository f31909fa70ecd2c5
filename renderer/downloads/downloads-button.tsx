import { Download } from 'lucide-react'
import { countText, shareOf } from './download-words.ts'
import type { DownloadsState } from './use-downloads.ts'

/** Opens the downloads, and shows how far those that run are all together. */
export function DownloadsButton(props: { downloads: DownloadsState; isOpen: boolean; onPress(): void }) {
  const running = props.downloads.entries.filter(({ state }) => state.kind === 'running')
  const shares = running.map(entry => shareOf(entry) ?? 0)
  const share = shares.reduce((sum, one) => sum + one, 0) / Math.max(1, shares.length)
  const count = countText(props.downloads.entries)
  return (
    <button
      type="button"
      className="nx-ib nx-dlbtn"
      id="open-downloads"
      aria-label={count === '' ? 'Downloads' : `Downloads, ${count}`}
      aria-expanded={props.isOpen}
      title="Downloads (Ctrl+J)"
      onClick={props.onPress}
    >
      <Download className="i" />
      {running.length > 0 && (
        <span className="nx-dlbtn__bar" aria-hidden="true">
          <i style={{ width: `${Math.round(share * 100)}%` }} />
        </span>
      )}
    </button>
  )
}
