import { EyeOff } from 'lucide-react'
import { SearchField } from './search-field.tsx'

/** What a private tab shows before it shows a page: what being private means here, and what it does not mean. */
export function PrivateTabPage({ onGo }: { onGo(input: string): void }) {
  return (
    <div className="nx-page">
      <div className="nx-newtab nx-privatetab">
        <h1 className="nx-h1">
          <EyeOff className="i" />
          Private tab
        </h1>
        <SearchField onGo={onGo} />
        <p>
          Nothing of private tabs is kept on this computer: no history, no reading, no look, no cookie, no
          copy of a page. Together they have a session of their own, which ends when the last of them is
          closed.
        </p>
        <p className="t2">
          Files that you download and pages that you bookmark stay. The sites you visit and whoever runs the
          network see you as always.
        </p>
      </div>
    </div>
  )
}
