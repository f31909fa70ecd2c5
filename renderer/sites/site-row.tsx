import { ChevronDown, ChevronRight } from 'lucide-react'
import { useState } from 'react'
import type { SiteUse } from '../../contracts/sites.ts'
import { sizeText } from '../downloads/download-words.ts'
import { Gauge } from '../processes/gauge.tsx'
import type { BrowserLink } from '../system/browser-link.ts'
import { noticedBytes, totalBytes, useWords } from './data-words.ts'
import { SiteDetails } from './site-details.tsx'

export interface SiteRowProps {
  use: SiteUse
  link: BrowserLink
  onDone(words: string): void
}

/** One site: its name, what it keeps, and all else behind a button. */
export function SiteRow(props: SiteRowProps) {
  const { use } = props
  const [isOpen, setIsOpen] = useState(false)
  const bytes = totalBytes(use)
  const limit = use.choices.quotaBytes ?? noticedBytes
  return (
    <li>
      <button type="button" className="nx-site" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
        {isOpen ? <ChevronDown className="i i-s" /> : <ChevronRight className="i i-s" />}
        <span className="nx-site__name ell">{use.site}</span>
        {use.isOpen && <span className="nx-chip nx-chip--live">open</span>}
        <span className="nx-site__words ell">{useWords(use)}</span>
        <span className="nx-site__size num">{sizeText(bytes)}</span>
        <Gauge
          share={bytes / limit}
          label={`What ${use.site} keeps`}
          valueText={`${sizeText(bytes)}; marked above ${sizeText(limit)}`}
        />
      </button>
      {isOpen && <SiteDetails {...props} />}
    </li>
  )
}
