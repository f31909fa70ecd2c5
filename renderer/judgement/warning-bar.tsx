import { CircleAlert, ShieldAlert } from 'lucide-react'
import type { TabState } from '../../contracts/browser.ts'
import { imitatedBrand, reasonWords, warningTitle } from './warning-words.ts'

export interface WarningBarProps {
  tab: TabState | null
  onLeave(): void
  onTrust(): void
}

/**
 * That the page may pretend to be another, why Nexus thinks so, and the way out. It stands above the page, where no page
 * can draw, and blocks nothing: the person decides.
 */
export function WarningBar({ tab, onLeave, onTrust }: WarningBarProps) {
  const judgement = tab?.judgement ?? null
  if (tab === null || judgement === null || judgement.level === 'none') return null
  const brand = imitatedBrand(judgement)
  return (
    <section
      className="nx-warning"
      role="alert"
      aria-label="Warning about this page"
      data-level={judgement.level}
    >
      <ShieldAlert className="i i-l" aria-hidden="true" />
      <div className="nx-warning__text">
        <h2>{warningTitle(judgement)}</h2>
        {brand !== null && (
          <dl>
            <div>
              <dt>This page</dt>
              <dd className="mono">{hostOf(tab.url)}</dd>
            </div>
            <div>
              <dt>{brand.name}</dt>
              <dd className="mono">{brand.host}</dd>
            </div>
          </dl>
        )}
        <ul>
          {judgement.reasons.map(reason => (
            <li key={reasonWords(reason)}>
              <CircleAlert className="i i-s" aria-hidden="true" />
              {reasonWords(reason)}
            </li>
          ))}
        </ul>
        <p>Judged on this device. Nothing was reported to anyone.</p>
      </div>
      <div className="nx-warning__answers">
        <button type="button" className="nx-btn nx-btn--pri" onClick={onLeave}>
          Leave this page
        </button>
        <button type="button" className="nx-btn nx-btn--quiet" onClick={onTrust}>
          I know this site
        </button>
      </div>
    </section>
  )
}

function hostOf(url: string): string {
  return URL.parse(url)?.host ?? url
}
