import { useState } from 'react'
import type { Remembered } from '../../contracts/memory.ts'
import { visitTimeText } from '../page-area/visited-sites.ts'
import { storedFacts } from './history-words.ts'

const passagesShown = 3

/** Everything that is kept of a page, down to its last sentence. */
export function StoredDetails({ stored }: { stored: Remembered }) {
  const [isWhole, setIsWhole] = useState(false)
  const now = Date.now()
  const passages = stored.read?.passages ?? []
  const shown = isWhole ? passages : passages.slice(0, passagesShown)
  return (
    <>
      <ul className="nx-stored">
        {storedFacts(stored, at => inSentence(visitTimeText(at, now))).map(fact => (
          <li key={fact}>{fact}</li>
        ))}
      </ul>
      {shown.length > 0 && (
        <ol className="nx-stored__passages" aria-label="Stored passages">
          {shown.map((passage, position) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: passages stand in their order, and may say the same
            <li key={position}>{passage.text}</li>
          ))}
        </ol>
      )}
      {passages.length > passagesShown && (
        <button
          type="button"
          className="nx-btn nx-btn--quiet nx-btn--s"
          aria-expanded={isWhole}
          onClick={() => setIsWhole(!isWhole)}
        >
          {isWhole ? 'Show fewer passages' : `Show all ${passages.length} passages`}
        </button>
      )}
      {stored.analysis !== null && (
        <details className="nx-stored__raw">
          <summary>The stored analysis</summary>
          <pre className="mono">{stored.analysis.analysisJson}</pre>
        </details>
      )}
    </>
  )
}

/** "Yesterday" in the middle of a sentence; the names of months stay. */
function inSentence(time: string): string {
  return time.slice(0, 1).toLowerCase() + time.slice(1)
}
