import { X } from 'lucide-react'

/** Sites that the person said to know. Nexus does not warn about them until one is taken out here. */
export function TrustedSites(props: { sites: readonly string[]; onSave(sites: string[]): void }) {
  const { sites, onSave } = props
  if (sites.length === 0) return null
  return (
    <div className="nx-setting nx-setting--stacked">
      <div>
        <div className="med">Sites that you know</div>
        <p>You said so when Nexus warned you. It does not warn about them again.</p>
      </div>
      <ul className="nx-tags" aria-label="Sites that you know">
        {sites.map(site => (
          <li className="nx-tag" key={site}>
            {site}
            <button
              type="button"
              className="nx-ib nx-ib--s"
              aria-label={`Warn about ${site} again`}
              title="Warn about it again"
              onClick={() => onSave(sites.filter(other => other !== site))}
            >
              <X className="i i-s" />
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
